import syncFs, { ftruncateSync, writeFileSync } from "node:fs";
import fs, { mkdtemp, open, readdir, readFile, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { readVersion } from "./read-file";
import { saveFile } from "./save-file";
import { removeDirectory } from "../text/testing/remove-directory";

const { link, unlink } = fs;
const { renameSync, statSync } = syncFs;
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rename-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  Object.assign(fs, { link, unlink });
  Object.assign(syncFs, { renameSync, statSync });
  syncBuiltinESMExports();
  await removeDirectory(directory);
});

test("keeps the version of a program that saves right after the rename", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  syncFs.renameSync = (from, to) => {
    renameSync(from, to);
    writeFileSync(file, "theirs");
  };
  syncBuiltinESMExports();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
  expect(saved).toMatchObject({ success: false, error: { code: "file_overwritten" } });
  expect(await readFile(file, "utf8")).toBe("theirs");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("keeps the version of a program that renames right before the last check", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  let looks = 0;
  const look = new Proxy(statSync, {
    apply: (original, self, given) => {
      if (given[0] === file && ++looks === 1) {
        writeFileSync(`${file}.theirs`, "theirs");
        renameSync(`${file}.theirs`, file);
      }
      const found: unknown = Reflect.apply(original, self, given);
      return found;
    },
  });
  Object.assign(syncFs, { statSync: look });
  syncBuiltinESMExports();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
  expect(looks).toBe(1);
  expect(saved).toEqual({ success: true, data: "changed" });
  expect(await readFile(file, "utf8")).toBe("theirs");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("keeps the old file and no temporary one when the rename fails", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  syncFs.renameSync = () => {
    throw Object.assign(new Error("EIO"), { code: "EIO" });
  };
  syncBuiltinESMExports();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
  expect(saved).toMatchObject({ success: false, error: { code: "file_unwritable" } });
  expect(await readFile(file, "utf8")).toBe("old");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

describe("when an editor writes to the old file after the rename", () => {
  test("restores the editor's file", async () => {
    await writeFile(file, "old");
    const before = await readVersion(file);
    const editor = await open(file, "r+");
    syncFs.renameSync = (from, to) => {
      renameSync(from, to);
      ftruncateSync(editor.fd, 0);
    };
    syncBuiltinESMExports();
    const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
    expect(saved).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("");
    await editor.writeFile("theirs");
    await editor.close();
    expect(await readFile(file, "utf8")).toBe("theirs");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("restores the editor's file when the save removed it", async () => {
    await writeFile(file, "old");
    const before = await readVersion(file);
    const editor = await open(file, "r+");
    fs.unlink = async (path) => {
      await unlink(path);
      if (path === file) await editor.writeFile("theirs");
    };
    syncBuiltinESMExports();
    const saved = await saveFile(file, before.success ? before.data : null, null);
    await editor.close();
    expect(saved).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("theirs");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });

  test("keeps the editor's later version when it was saved under the name", async () => {
    await writeFile(file, "old");
    const before = await readVersion(file);
    const editor = await open(file, "r+");
    syncFs.renameSync = (from, to) => {
      renameSync(from, to);
      ftruncateSync(editor.fd, 0);
      writeFileSync(file, "theirs, saved later");
    };
    syncBuiltinESMExports();
    const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
    await editor.close();
    expect(saved).toEqual({ success: true, data: "changed" });
    expect(await readFile(file, "utf8")).toBe("theirs, saved later");
    expect(await readdir(directory)).toEqual(["providers.jsonc"]);
  });
});

test("keeps the other file when one is created at the last moment", async () => {
  fs.link = async (from, to) => {
    await writeFile(file, "theirs");
    await link(from, to);
  };
  syncBuiltinESMExports();
  const saved = await saveFile(file, null, Buffer.from("ours"));
  expect(saved).toEqual({ success: true, data: "changed" });
  expect(await readFile(file, "utf8")).toBe("theirs");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("saves when the disk does not support hard links", async () => {
  fs.link = async () => {
    throw Object.assign(new Error("EPERM"), { code: "EPERM" });
  };
  syncBuiltinESMExports();
  expect(await saveFile(file, null, Buffer.from("one"))).toEqual({ success: true, data: "saved" });
  const before = await readVersion(file);
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("two"));
  expect(saved).toEqual({ success: true, data: "saved" });
  expect(await readFile(file, "utf8")).toBe("two");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});
