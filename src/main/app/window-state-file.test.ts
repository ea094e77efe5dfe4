import { mkdir, mkdtemp, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { PRIVATE_FILE } from "../disk/testing/posix";
import type { WindowState } from "./window-state";
import { readWindowState, saveWindowState } from "./window-state-file";
import { removeDirectory } from "../text/testing/remove-directory";

const STATE: WindowState = {
  version: 1,
  bounds: { x: 10, y: 20, width: 900, height: 700 },
  maximized: true,
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "window-state-"));
});
afterEach(async () => {
  await removeDirectory(directory);
});

test("reads the saved state from a file that only the user can read", async () => {
  const file = join(directory, "profile", "window.json");
  expect(await saveWindowState(file, STATE)).toMatchObject({ success: true });
  expect(await readWindowState(file)).toEqual(STATE);
  expect((await stat(file)).mode & 0o777).toBe(PRIVATE_FILE);
  await saveWindowState(file, { ...STATE, maximized: false });
  expect(await readWindowState(file)).toEqual({ ...STATE, maximized: false });
  expect(await readdir(join(directory, "profile"))).toEqual(["window.json"]);
});

test.each([["{"], ["null"], ['{"version":1}'], [JSON.stringify({ ...STATE, bounds: { x: "0" } })]])(
  "ignores and replaces the file when it contains %s",
  async (text) => {
    const file = join(directory, "window.json");
    await writeFile(file, text);
    expect(await readWindowState(file)).toBeNull();
    expect(await saveWindowState(file, STATE)).toMatchObject({ success: true });
    expect(await readWindowState(file)).toEqual(STATE);
  },
);

test("returns null when the file is missing; fails to save over a folder", async () => {
  const file = join(directory, "window.json");
  expect(await readWindowState(file)).toBeNull();
  await mkdir(file);
  expect(await readWindowState(file)).toBeNull();
  expect(await saveWindowState(file, STATE)).toMatchObject({ success: false });
});
