import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { lazySchema, type Parsed } from "../text/schema";
import { openJsonFile, readJsonFile } from "./json-file";
import { asNobodyUntil } from "./testing/as-nobody";
import { IS_POSIX, PRIVATE_DIRECTORY, PRIVATE_FILE } from "./testing/posix";
import { removeDirectory } from "../text/testing/remove-directory";

const SCHEMA = lazySchema((z) => z.object({ version: z.literal(1), count: z.int() }));
type Counter = Parsed<typeof SCHEMA>;
const EMPTY: Counter = { version: 1, count: 0 };
const PROGRAM = join(import.meta.dirname, "testing/json-counter.ts");

let directory: string;
let file: string;
const warnings: string[] = [];
const log = { info: () => undefined, warn: (message: string) => void warnings.push(message) };

const open = (path: string | null = file) =>
  openJsonFile<Counter>({ file: path, schema: SCHEMA, empty: () => EMPTY, log });
const addOne = (before: Counter): Counter => ({ ...before, count: before.count + 1 });
const onDisk = async (): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));

function start(order: string): ChildProcess {
  return fork(PROGRAM, [file, order], { execArgv: ["--import", "tsx"] });
}

beforeEach(async () => {
  warnings.length = 0;
  directory = await mkdtemp(join(tmpdir(), "json-file-"));
  file = join(directory, "counter.json");
});

afterEach(async () => {
  await removeDirectory(directory);
});

describe("reading", () => {
  test("returns the empty value and creates nothing without a file", async () => {
    expect(await open().read()).toEqual(EMPTY);
    expect(await readdir(directory)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test.each(["", "{", "null", "[]", '{"version":2,"count":5}', '{"version":1,"count":"5"}'])(
    "returns the empty value and logs once when the file contains %j",
    async (text) => {
      await writeFile(file, text);
      const counter = open();
      expect(await counter.read()).toEqual(EMPTY);
      expect(await counter.read()).toEqual(EMPTY);
      expect(warnings).toHaveLength(1);
      expect(await readFile(file, "utf8")).toBe(text);
    },
  );

  test("returns the empty value and logs once when the path is a directory", async () => {
    await mkdir(file);
    const counter = open();
    expect(await counter.read()).toEqual(EMPTY);
    expect(await counter.read()).toEqual(EMPTY);
    expect(warnings).toHaveLength(1);
  });

  test("returns the new value when another program has saved the file", async () => {
    const counter = open();
    await counter.change(addOne);
    expect(await counter.read()).toEqual({ version: 1, count: 1 });
    await open().change(addOne);
    expect(await counter.read()).toEqual({ version: 1, count: 2 });
    await rm(file);
    expect(await counter.read()).toEqual(EMPTY);
  });

  test("returns the empty value when another program's file does not match", async () => {
    await writeFile(file, '{"count": 3}');
    const format = lazySchema((z) => z.object({ count: z.int() }));
    expect(await readJsonFile(file, format, () => ({ count: 0 }))).toEqual({ count: 3 });
    await writeFile(file, "not JSON");
    expect(await readJsonFile(file, format, () => ({ count: 0 }))).toEqual({ count: 0 });
  });
});

describe("a change", () => {
  test("creates a private file and directory when there are none", async () => {
    file = join(directory, "profile", "counter.json");
    expect(await open().change(addOne)).toEqual({ success: true, data: { version: 1, count: 1 } });
    expect((await stat(file)).mode & 0o777).toBe(PRIVATE_FILE);
    expect((await stat(dirname(file))).mode & 0o777).toBe(PRIVATE_DIRECTORY);
    expect(await readdir(dirname(file))).toEqual(["counter.json"]);
  });

  test("keeps a member when the schema does not know it", async () => {
    await writeFile(file, '{"version":1,"later":{"a":[1]},"count":1,"__proto__":{"b":2}}');
    await open().change(addOne);
    expect(await readFile(file, "utf8")).toBe(
      `${JSON.stringify(JSON.parse('{"version":1,"count":2,"later":{"a":[1]},"__proto__":{"b":2}}'), null, 2)}\n`,
    );
  });

  test("removes a member that the schema knows when the new value lacks it", async () => {
    const schema = lazySchema((z) =>
      z.object({ version: z.literal(1), name: z.string().optional() }),
    );
    await writeFile(file, '{"version":1,"name":"a","other":1}');
    const named = openJsonFile<Parsed<typeof schema>>({
      file,
      schema,
      empty: () => ({ version: 1 }),
    });
    await named.change(() => ({ version: 1 }));
    expect(await onDisk()).toEqual({ version: 1, other: 1 });
  });

  test("keeps the other members when its own part is invalid", async () => {
    await writeFile(file, '{"version":1,"count":"many","other":[1]}');
    await open().change(addOne);
    expect(await onDisk()).toEqual({ version: 1, count: 1, other: [1] });
  });

  test.each(["", "{", "null", '{"version":2,"other":1}'])(
    "replaces the file when it contains %j",
    async (text) => {
      await writeFile(file, text);
      expect(await open().change(addOne)).toMatchObject({ success: true });
      expect(await onDisk()).toEqual({ version: 1, count: 1 });
    },
  );

  test("writes nothing when the value stays the same", async () => {
    await open().change(addOne);
    const { ino } = await stat(file);
    expect(await open().change((before) => before)).toMatchObject({ success: true });
    expect((await stat(file)).ino).toBe(ino);
  });

  test("keeps the order of the calls when they overlap", async () => {
    const counter = open();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        counter.change((before) => ({ ...before, count: before.count * 10 + (index % 10) })),
      ),
    );
    expect(await onDisk()).toEqual({ version: 1, count: 123456789 });
  });

  test("keeps the value in memory when the path is null", async () => {
    const counter = open(null);
    await Promise.all([counter.change(addOne), counter.change(addOne)]);
    expect(await counter.read()).toEqual({ version: 1, count: 2 });
    expect(await open(null).read()).toEqual(EMPTY);
  });
});

describe("a change that cannot be saved", () => {
  test.runIf(IS_POSIX)(
    "fails and leaves the file unchanged when the directory is read-only",
    async () => {
      await writeFile(file, '{"version":1,"count":7}', { mode: 0o644 });
      await chmod(directory, 0o555);
      const refused = await asNobodyUntil(async () => open().change(addOne));
      await chmod(directory, 0o755);
      expect(refused).toMatchObject({ success: false, error: { code: "file_permission" } });
      expect(await onDisk()).toEqual({ version: 1, count: 7 });
      expect(await readdir(directory)).toEqual(["counter.json"]);
    },
  );

  test("fails, but does not block the next change, when its directory is a file", async () => {
    await writeFile(join(directory, "profile"), "");
    file = join(directory, "profile", "counter.json");
    const counter = open();
    expect(await counter.change(addOne)).toMatchObject({ success: false });
    await rm(join(directory, "profile"));
    expect(await counter.change(addOne)).toMatchObject({ success: true, data: { count: 1 } });
  });
});

describe("several processes", () => {
  test("lose no update when they count at the same time", async () => {
    const children = [start("60"), start("60")];
    const codes = await Promise.all(children.map(async (child) => once(child, "exit")));
    expect(codes).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(await onDisk()).toEqual({ version: 1, count: 120 });
    expect(await readdir(directory)).toEqual(["counter.json"]);
  });

  test("continue at once when one is killed while it holds the lock", async () => {
    await open().change(addOne);
    const child = start("hold");
    await once(child, "message");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await readdir(directory)).toContain("counter.json.lock");
    const started = performance.now();
    expect(await open().change(addOne)).toMatchObject({ success: true, data: { count: 2 } });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await readdir(directory)).toEqual(["counter.json"]);
  });
});
