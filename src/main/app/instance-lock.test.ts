import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { asNobodyUntil } from "../disk/testing/as-nobody";
import { takeInstanceLock } from "./instance-lock";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "instance-lock-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const take = (userData: string, isFree = true) =>
  takeInstanceLock({ requestSingleInstanceLock: () => isFree, getPath: () => userData });

test("creates the data folder for the user alone and takes the lock", async () => {
  const folder = join(directory, "profile");
  expect(take(folder)).toBe("taken");
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(take(folder, false)).toBe("running");
});

test("reports the data folder when a file is in its place or in its path", async () => {
  const file = join(directory, "file");
  await writeFile(file, "");
  expect(take(file, false)).toBe("no-folder");
  expect(take(join(file, "profile"), false)).toBe("no-folder");
});

test("reports the data folder when it is read-only", async () => {
  await chmod(directory, 0o555);
  const result = await asNobodyUntil(async () => take(directory, false));
  await chmod(directory, 0o755);
  expect(result).toBe("no-folder");
});
