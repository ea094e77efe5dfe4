import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import { withLock } from "./lock";
import { IS_POSIX } from "./testing/posix";
import { removeDirectory } from "../text/testing/remove-directory";

const OWNER = `owner-${"0".repeat(32)}`;
let directory: string;
let file: string;
let lock: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lock-"));
  file = join(directory, "providers.jsonc");
  lock = `${file}.lock`;
});

afterEach(async () => {
  await removeDirectory(directory);
});

/** Creates a lock as its holder, or a program that died, would leave it. */
async function hold(content: string, ageSeconds = 0): Promise<void> {
  await mkdir(lock);
  await writeFile(join(lock, OWNER), content);
  const then = new Date(Date.now() - ageSeconds * 1000);
  await utimes(join(lock, OWNER), then, then);
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

const work = async () => success(await readdir(directory));

describe("during the work", () => {
  test("the lock is a directory with one owner file that contains the process ID", async () => {
    const seen = await withLock(file, async () => {
      const entries = await readdir(lock);
      return success([entries, await readFile(join(lock, entries[0] ?? ""), "utf8")] as const);
    });
    expect(seen).toEqual({ success: true, data: [[expect.any(String)], String(process.pid)] });
    expect(seen.success && seen.data[0][0]).toMatch(/^owner-[0-9a-f]{32}$/);
  });

  test("the directory contains only the lock", async () => {
    expect(await withLock(file, work)).toEqual({ success: true, data: ["providers.jsonc.lock"] });
  });

  test("runs one piece of work at a time when eight want the lock", async () => {
    let inside = 0;
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withLock(file, async () => {
          seen.push(++inside);
          await readdir(directory);
          inside--;
          return success(null);
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 8 }, () => 1));
  });
});

describe("after the work", () => {
  test("leaves nothing in the directory", async () => {
    await withLock(file, work);
    expect(await readdir(directory)).toEqual([]);
  });

  test("leaves nothing in the directory when the work fails", async () => {
    const failed = await withLock(file, async () => failure("undo_nothing"));
    expect(failed).toMatchObject({ success: false, error: { code: "undo_nothing" } });
    await expect(withLock(file, () => Promise.reject(new Error("oops")))).rejects.toThrow("oops");
    expect(await readdir(directory)).toEqual([]);
  });

  test("keeps the lock when another process has taken it since", async () => {
    await withLock(file, async () => {
      await removeDirectory(lock);
      await hold(String(process.pid));
      return success(null);
    });
    expect(await readdir(lock)).toEqual([OWNER]);
  });
});

describe("an abandoned lock", () => {
  test("is taken at once when its process is dead", async () => {
    await hold(String(await deadProcess()));
    const started = performance.now();
    expect(await withLock(file, work)).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await readdir(directory)).toEqual([]);
  });

  test("is taken at once when it is empty", async () => {
    await mkdir(lock);
    expect(await withLock(file, work)).toMatchObject({ success: true });
  });

  test.each(["", "nobody", "0", "-1", "12abc"])(
    "is taken after 10 s when its process ID is %j",
    async (content) => {
      await hold(content, 11);
      expect(await withLock(file, work)).toMatchObject({ success: true });
    },
  );

  test("is removed when it is a stage older than 10 s", async () => {
    const old = new Date(Date.now() - 11_000);
    await mkdir(`${lock}.stage-0123456789abcdef`);
    await utimes(`${lock}.stage-0123456789abcdef`, old, old);
    await mkdir(`${lock}.stage-fedcba9876543210`);
    await mkdir(`${file}.coder-login.lock`);
    await withLock(file, work);
    expect(await readdir(directory)).toEqual([
      "providers.jsonc.coder-login.lock",
      "providers.jsonc.lock.stage-fedcba9876543210",
    ]);
  });
});

describe("a held lock", () => {
  test("is reported with the process ID after 5 s when its process is alive", async () => {
    await hold(String(process.ppid), 3600);
    const started = performance.now();
    const refused = await withLock(file, work);
    expect(refused).toMatchObject({ success: false, error: { code: "lock_held" } });
    const message = refused.success ? "" : refused.error.message;
    expect(message).toContain(`(process ${process.ppid})`);
    expect(message).toContain(`delete the folder ${lock}`);
    expect(performance.now() - started).toBeGreaterThanOrEqual(5000);
    expect(performance.now() - started).toBeLessThan(7000);
    expect(await readdir(directory)).toEqual(["providers.jsonc.lock"]);
    expect(await readdir(lock)).toEqual([OWNER]);
  });

  test("is taken when its holder releases it", async () => {
    await hold("not a number yet");
    const taken = withLock(file, work);
    await rm(join(lock, OWNER));
    expect(await taken).toMatchObject({ success: true });
  });
});

describe("an unexpected entry in the lock", () => {
  type Entry = readonly [string, string, (path: string) => Promise<unknown>];
  const POSIX_ENTRIES: readonly Entry[] = [
    ["a pipe", OWNER, (path) => once(spawn("mkfifo", [path]), "exit")],
    ["a link to a file without an end", OWNER, (path) => symlink("/dev/zero", path)],
  ];
  const entries: readonly Entry[] = [
    ...(IS_POSIX ? POSIX_ENTRIES : []),
    ["a link", OWNER, (path) => symlink(process.execPath, path)],
    ["a directory", OWNER, (path) => mkdir(path)],
    ["another program's file", "notes.txt", (path) => writeFile(path, "1")],
    ["a file whose name is too long", `${OWNER}0`, (path) => writeFile(path, "4194303")],
  ];

  test.each(entries)("is kept and reported at once when it is %s", async (_what, name, make) => {
    await mkdir(lock);
    await make(join(lock, name));
    const old = new Date(Date.now() - 60_000);
    await lutimes(join(lock, name), old, old);
    const started = performance.now();
    const refused = await withLock(file, work);
    expect(refused).toMatchObject({ success: false, error: { code: "lock_blocked" } });
    expect(!refused.success && refused.error.message).toContain(lock);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await readdir(lock)).toEqual([name]);
  });

  test("is kept when it is in an old stage", async () => {
    const stages = ["0123456789abcdef", "fedcba9876543210", "not-ours"].map(
      (end) => `${lock}.stage-${end}`,
    );
    const old = new Date(Date.now() - 60_000);
    for (const stage of stages) {
      await mkdir(stage);
      await writeFile(join(stage, OWNER), "4194303");
    }
    await writeFile(join(stages[1] ?? "", "notes.txt"), "mine");
    for (const stage of stages) await utimes(stage, old, old);
    expect(await withLock(file, work)).toMatchObject({ success: true });
    expect((await readdir(directory)).sort()).toEqual([
      "providers.jsonc.lock.stage-fedcba9876543210",
      "providers.jsonc.lock.stage-not-ours",
    ]);
    expect(await readdir(stages[1] ?? "")).toEqual(["notes.txt"]);
  });

  test("does not delay the work when it is a huge owner file", async () => {
    await mkdir(lock);
    await writeFile(join(lock, OWNER), " ".repeat(20_000_000));
    const old = new Date(Date.now() - 60_000);
    await utimes(join(lock, OWNER), old, old);
    expect(await withLock(file, work)).toMatchObject({ success: true });
  });
});

test.each(["file", "link"] as const)(
  "fails at once and keeps the entry when the lock is a %s",
  async (kind) => {
    await (kind === "file" ? writeFile(lock, "") : symlink(directory, lock, "junction"));
    const refused = await withLock(file, work);
    expect(refused).toMatchObject({ success: false, error: { code: "lock_is_file" } });
    expect(!refused.success && refused.error.message).toContain("providers.jsonc.lock is a file");
    expect(await readdir(directory)).toEqual(["providers.jsonc.lock"]);
  },
);

test("fails when the directory does not exist", async () => {
  const refused = await withLock(join(directory, "none", "providers.jsonc"), work);
  expect(refused).toMatchObject({ success: false, error: { code: "file_unwritable" } });
});
