import fs, { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { readVersion } from "./read-file";
import { saveFile } from "./save-file";

const { rename } = fs;
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rename-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  fs.rename = rename;
  syncBuiltinESMExports();
  await rm(directory, { recursive: true });
});

test("a program without the lock that saves right after is noticed and left alone", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  fs.rename = async (from, to) => {
    await rename(from, to);
    await writeFile(file, "theirs");
  };
  syncBuiltinESMExports();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
  expect(saved).toMatchObject({ success: false, error: { code: "file_overwritten" } });
  expect(await readFile(file, "utf8")).toBe("theirs");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("a rename that fails leaves the old file, and no temporary one", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  fs.rename = async () => {
    throw Object.assign(new Error("EIO"), { code: "EIO" });
  };
  syncBuiltinESMExports();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("ours"));
  expect(saved).toMatchObject({ success: false, error: { code: "file_unwritable" } });
  expect(await readFile(file, "utf8")).toBe("old");
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});
