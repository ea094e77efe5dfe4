import { mkdir, mkdtemp, rename, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { watchFile, type FileWatch } from "./watch-file";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;
let watching: FileWatch;
let notified: () => void;
let calls: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "watch-"));
  file = join(directory, "home", "providers.jsonc");
  await mkdir(dirname(file));
  await writeFile(file, "one");
  await delayOf(async () => {
    watching = watchFile(file, () => {
      calls++;
      notified();
    });
  });
  calls = 0;
});

afterEach(async () => {
  watching.close();
  await removeDirectory(directory);
});

/** The time in milliseconds until the watch reports the change that `act` makes. */
async function delayOf(act: () => Promise<unknown>): Promise<number> {
  const heard = new Promise<void>((resolve) => {
    notified = resolve;
  });
  const started = performance.now();
  await act();
  await heard;
  return performance.now() - started;
}

async function renameInto(text: string): Promise<void> {
  await writeFile(`${file}.tmp`, text);
  await rename(`${file}.tmp`, file);
}

test.each([
  ["written in place", () => writeFile(file, "two")],
  ["replaced by a rename", () => renameInto("two")],
  ["deleted", () => unlink(file)],
  ["moved away with its directory", () => rename(dirname(file), join(directory, "elsewhere"))],
])("reports the change within a second when the file is %s", async (_name, act) => {
  expect(await delayOf(act)).toBeLessThan(1000);
});

test("reports each of many changes when the file is replaced in between", async () => {
  for (const text of ["two", "three", "four"]) {
    expect(await delayOf(() => renameInto(text))).toBeLessThan(1000);
    expect(await delayOf(() => writeFile(file, `${text}!`))).toBeLessThan(1000);
    expect(await delayOf(() => unlink(file))).toBeLessThan(1000);
    expect(await delayOf(() => writeFile(file, text))).toBeLessThan(1000);
  }
});

test("watches the new directory when the old one is replaced", async () => {
  const next = join(directory, "next");
  await mkdir(next);
  await writeFile(join(next, "providers.jsonc"), "two");
  await delayOf(async () => {
    await rename(dirname(file), join(directory, "old"));
    await rename(next, dirname(file));
  });
  expect(await delayOf(() => writeFile(file, "three"))).toBeLessThan(1000);
});

test("reports the change when a symlink or its target changes", async () => {
  await mkdir(join(directory, "a"));
  await mkdir(join(directory, "b"));
  await writeFile(join(directory, "a", "mux.jsonc"), "a");
  await writeFile(join(directory, "b", "mux.jsonc"), "b");
  await delayOf(async () => {
    await unlink(file);
    await symlink("../a/mux.jsonc", file);
  });
  expect(await delayOf(() => writeFile(join(directory, "a", "mux.jsonc"), "a2"))).toBeLessThan(
    1000,
  );
  expect(
    await delayOf(async () => {
      await symlink("../b/mux.jsonc", `${file}.tmp`);
      await rename(`${file}.tmp`, file);
    }),
  ).toBeLessThan(1000);
  expect(await delayOf(() => writeFile(join(directory, "b", "mux.jsonc"), "b2"))).toBeLessThan(
    1000,
  );
});

test("watches the directory when it is created later", async () => {
  watching.close();
  const later = join(directory, "later", "providers.jsonc");
  await delayOf(async () => {
    watching = watchFile(later, () => notified());
  });
  const delay = await delayOf(async () => {
    await mkdir(dirname(later));
    await writeFile(later, "{}");
  });
  expect(delay).toBeLessThan(1000);
});

test("reports one change when an editor empties and then writes the file", async () => {
  await delayOf(async () => {
    await writeFile(file, "");
    await writeFile(file, "two");
  });
  expect(calls).toBe(1);
});

test("reports nothing when the watch is closed", async () => {
  await delayOf(() => writeFile(file, "two"));
  watching.close();
  const before = calls;
  // A second watch reports the change, so the first one would have had time to do so.
  await delayOf(async () => {
    watching = watchFile(file, () => notified());
  });
  await delayOf(() => writeFile(file, "three"));
  expect(calls).toBe(before);
});
