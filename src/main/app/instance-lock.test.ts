import { chmod, mkdtemp, stat, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { asNobodyUntil } from "../disk/testing/as-nobody";
import { IS_POSIX, PRIVATE_DIRECTORY } from "../disk/testing/posix";
import { takeInstanceLock } from "./instance-lock";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "instance-lock-"));
});
afterEach(async () => {
  await removeDirectory(directory);
});

const take = (userData: string, isFree = true, platform: NodeJS.Platform = "linux") =>
  takeInstanceLock({ requestSingleInstanceLock: () => isFree, getPath: () => userData }, platform);

/** The lock that Chromium creates (chrome/browser/process_singleton_posix.cc). */
const lockBy = (owner: string) => symlink(owner, join(directory, "SingletonLock"));

/** More than Linux and macOS allow. */
const NO_PROCESS = 2 ** 30;

test("creates the data folder for the user alone and takes the lock", async () => {
  const folder = join(directory, "profile");
  expect(take(folder)).toBe("taken");
  expect((await stat(folder)).mode & 0o777).toBe(PRIVATE_DIRECTORY);
});

test("reports another instance when a process of this computer holds the lock", async () => {
  await lockBy(`${hostname()}-${process.pid}`);
  expect(take(directory, false)).toBe("running");
});

test("reports another instance when the computer got a new name while it ran", async () => {
  await lockBy(`old-name-${process.pid}`);
  expect(take(directory, false)).toBe("running");
});

test.each([
  ["could not be created", undefined],
  ["is held by another computer", `office-pc-${NO_PROCESS}`],
  ["cannot be understood", "nonsense"],
])("reports the lock when it %s", async (_, owner) => {
  if (owner !== undefined) await lockBy(owner);
  expect(take(directory, false)).toBe("no-lock");
});

test("reports another instance when the system is Windows, which has no lock file", () => {
  expect(take(directory, false, "win32")).toBe("running");
});

test("reports the data folder when a file is in its place or in its path", async () => {
  const file = join(directory, "file");
  await writeFile(file, "");
  expect(take(file, false)).toBe("no-folder");
  expect(take(join(file, "profile"), false)).toBe("no-folder");
});

test.runIf(IS_POSIX)("reports the data folder when it is read-only", async () => {
  await chmod(directory, 0o555);
  const result = await asNobodyUntil(async () => take(directory, false));
  await chmod(directory, 0o755);
  expect(result).toBe("no-folder");
});
