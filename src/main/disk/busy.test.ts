/** Errors of a program that has a file open for a moment, as a virus scanner on Windows. */
import syncFs from "node:fs";
import fs, { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { success } from "../../shared/result";
import { BUSY_MS } from "./busy";
import { withLock } from "./lock";
import { readBytes, readVersion } from "./read-file";
import { saveFile } from "./save-file";
import { removeDirectory } from "../text/testing/remove-directory";

const CODES = ["EPERM", "EACCES", "EBUSY"] as const;
const { open, rename, rmdir, unlink } = fs;
const { renameSync } = syncFs;
const { platform } = process;
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "busy-"));
  file = join(directory, "providers.jsonc");
  runOn("win32");
});

afterEach(async () => {
  runOn(platform);
  Object.assign(fs, { open, rename, rmdir, unlink });
  Object.assign(syncFs, { renameSync });
  syncBuiltinESMExports();
  await removeDirectory(directory);
});

function runOn(value: NodeJS.Platform): void {
  Object.defineProperty(process, "platform", { value });
}

/** The real call, after it has failed `times` times for a path that matches. */
function failing<Call extends (path: never, ...rest: never[]) => unknown>(
  call: Call,
  code: string,
  times: number,
  matches: (path: string) => boolean = () => true,
): { readonly call: Call; readonly attempts: () => number } {
  let attempts = 0;
  const proxy = new Proxy(call, {
    apply: (target, self, given: Parameters<Call>) => {
      if (matches(String(given[0]))) {
        attempts += 1;
        if (attempts <= times) throw Object.assign(new Error(code), { code });
      }
      return Reflect.apply(target, self, given);
    },
  });
  return { call: proxy, attempts: () => attempts };
}

async function save(after: Buffer | null) {
  const before = await readVersion(file);
  return saveFile(file, before.success ? before.data : null, after);
}

describe.each(CODES)("a save while another program has the file open (%s)", (code) => {
  test("succeeds as soon as the rename does", async () => {
    await writeFile(file, "old");
    const { call, attempts } = failing(renameSync, code, 3);
    syncFs.renameSync = call;
    syncBuiltinESMExports();
    expect(await save(Buffer.from("new"))).toEqual({ success: true, data: "saved" });
    expect(attempts()).toBe(4);
    expect(await readFile(file, "utf8")).toBe("new");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("fails after 2 s with the old file when the rename never succeeds", async () => {
    await writeFile(file, "old");
    const { call, attempts } = failing(renameSync, code, Infinity);
    syncFs.renameSync = call;
    syncBuiltinESMExports();
    const started = performance.now();
    expect(await save(Buffer.from("new"))).toMatchObject({
      error: { code: code === "EBUSY" ? "file_unwritable" : "file_permission" },
    });
    expect(performance.now() - started).toBeGreaterThanOrEqual(BUSY_MS - 10);
    expect(attempts()).toBeLessThan(50);
    expect(await readFile(file, "utf8")).toBe("old");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("keeps the version that another program saves while it waits", async () => {
    await writeFile(file, "old");
    const { call } = failing(renameSync, code, 1);
    syncFs.renameSync = new Proxy(call, {
      apply: (target, self, given: Parameters<typeof renameSync>) => {
        syncFs.writeFileSync(file, "theirs");
        return Reflect.apply(target, self, given);
      },
    });
    syncBuiltinESMExports();
    expect(await save(Buffer.from("new"))).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("theirs");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("leaves no second name when that is open for a moment", async () => {
    await writeFile(file, "old");
    const { call } = failing(unlink, code, 2, (path) => path.endsWith(".old"));
    fs.unlink = call;
    syncBuiltinESMExports();
    expect(await save(Buffer.from("new"))).toEqual({ success: true, data: "saved" });
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("removes the file as soon as it is closed", async () => {
    await writeFile(file, "old");
    const { call } = failing(unlink, code, 2, (path) => path === file);
    fs.unlink = call;
    syncBuiltinESMExports();
    expect(await save(null)).toEqual({ success: true, data: "saved" });
    expect(await readdir(directory)).toEqual([]);
  });

  test("reads the file as soon as it can be opened", async () => {
    await writeFile(file, "text");
    const { call } = failing(open, code, 2, (path) => path === file);
    fs.open = call;
    syncBuiltinESMExports();
    expect(await readBytes(file)).toEqual({ success: true, data: Buffer.from("text") });
  });
});

describe.each(CODES)("a lock while another program has it open (%s)", (code) => {
  const work = async () => success("done");

  test("is taken as soon as the rename succeeds", async () => {
    const { call, attempts } = failing(rename, code, 3);
    fs.rename = call;
    syncBuiltinESMExports();
    expect(await withLock(file, work)).toEqual({ success: true, data: "done" });
    expect(attempts()).toBe(4);
    expect(await readdir(directory)).toEqual([]);
  });

  test("fails after 2 s and few attempts when the rename never succeeds", async () => {
    const { call, attempts } = failing(rename, code, Infinity);
    fs.rename = call;
    syncBuiltinESMExports();
    const started = performance.now();
    expect(await withLock(file, work)).toMatchObject({
      error: { code: code === "EBUSY" ? "file_unwritable" : "file_permission" },
    });
    expect(performance.now() - started).toBeLessThan(BUSY_MS + 1000);
    expect(attempts()).toBeLessThan(100);
    expect(await readdir(directory)).toEqual([]);
  });

  test("is released when its file or directory is open for a moment", async () => {
    const owner = failing(unlink, code, 2, (path) => path.includes("owner-"));
    const lock = failing(rmdir, code, 2);
    Object.assign(fs, { unlink: owner.call, rmdir: lock.call });
    syncBuiltinESMExports();
    expect(await withLock(file, work)).toEqual({ success: true, data: "done" });
    expect([owner.attempts(), lock.attempts()]).toEqual([3, 3]);
    expect(await readdir(directory)).toEqual([]);
  });

  test("is taken from a dead process when its file is open for a moment", async () => {
    await mkdir(`${file}.lock`);
    // No process has this ID, because it is higher than the highest of every system.
    await writeFile(join(`${file}.lock`, `owner-${"0".repeat(32)}`), "999999999");
    const { call } = failing(unlink, code, 2, (path) => path.endsWith("0".repeat(32)));
    fs.unlink = call;
    syncBuiltinESMExports();
    expect(await withLock(file, work)).toEqual({ success: true, data: "done" });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("outside Windows", () => {
  test.each(["EPERM", "EACCES"])(
    "fails at once when a save has no permission (%s)",
    async (code) => {
      runOn("linux");
      await writeFile(file, "old");
      const { call, attempts } = failing(renameSync, code, Infinity);
      syncFs.renameSync = call;
      syncBuiltinESMExports();
      expect(await save(Buffer.from("new"))).toMatchObject({ error: { code: "file_permission" } });
      expect(attempts()).toBe(1);
    },
  );

  test("fails after 2 s and few attempts when the lock's rename is not permitted", async () => {
    runOn("linux");
    const { call, attempts } = failing(rename, "EPERM", Infinity);
    fs.rename = call;
    syncBuiltinESMExports();
    expect(await withLock(file, async () => success("done"))).toMatchObject({
      error: { code: "file_permission" },
    });
    expect(attempts()).toBeLessThan(100);
  });
});
