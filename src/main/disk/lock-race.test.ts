import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { success } from "../../shared/result";
import { withLock } from "./lock";
import { removeDirectory, removeDirectorySync } from "../text/testing/remove-directory";

/** A process ID that no system assigns. */
const DEAD = 4_194_303;

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lock-race-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  vi.restoreAllMocks();
  await removeDirectory(directory);
});

test("respects a new owner when it takes an abandoned lock that is being broken", async () => {
  const lock = `${file}.lock`;
  const newOwner = join(lock, `owner-${"b".repeat(32)}`);
  mkdirSync(lock);
  writeFileSync(join(lock, `owner-${"a".repeat(32)}`), String(DEAD));
  const kill: unknown = Reflect.get(process, "kill");
  let taken = false;
  let kept: boolean | null = null;
  vi.spyOn(process, "kill").mockImplementation((pid, signal) => {
    // The new owner arrives after the dead one was found and before the lock is removed.
    if (pid === DEAD && !taken) {
      taken = true;
      writeFileSync(newOwner, String(process.ppid));
      setTimeout(() => {
        kept = existsSync(newOwner);
        removeDirectorySync(lock);
      }, 150);
    }
    if (typeof kill === "function") Reflect.apply(kill, process, [pid, signal]);
    return true;
  });
  const worked = await withLock(file, async () => success(kept));
  expect(worked).toEqual({ success: true, data: true });
  expect(await readdir(directory)).toEqual([]);
});
