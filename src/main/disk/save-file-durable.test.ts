import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, open, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { readVersion } from "./read-file";
import { saveFile } from "./save-file";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "durable-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  vi.restoreAllMocks();
  await removeDirectory(directory);
});

/** Records at each fsync whether a file or a directory is synced, and the content of the file. */
async function watchSyncs(
  look: () => void = () => undefined,
): Promise<readonly (readonly [what: string, text: string | null])[]> {
  const syncs: (readonly [string, string | null])[] = [];
  const handle = await open(directory, "r");
  const prototype: typeof handle = Object.getPrototypeOf(handle);
  await handle.close();
  const sync = Reflect.get(prototype, "sync");
  vi.spyOn(prototype, "sync").mockImplementation(async function (this: typeof handle) {
    const what = (await this.stat()).isDirectory() ? "directory" : "file";
    syncs.push([what, contentOf(file)]);
    look();
    return Reflect.apply(sync, this, []);
  });
  return syncs;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

test("syncs the new bytes before the rename and the directory after it", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  const syncs = await watchSyncs();
  const saved = await saveFile(file, before.success ? before.data : null, Buffer.from("new"));
  expect(saved).toEqual({ success: true, data: "saved" });
  expect(syncs).toEqual([
    ["file", "old"],
    ["directory", "new"],
  ]);
});

test("keeps the old file until the new one is synced", async () => {
  await writeFile(file, "old");
  const before = await readVersion(file);
  const names: string[][] = [];
  const isOld = (name: string) => name.endsWith(".old");
  await watchSyncs(() => {
    const found = readdirSync(directory).sort();
    // The old file gets its second name while the new bytes are being written.
    names.push(names.length === 0 ? found.filter((name) => !isOld(name)) : found);
  });
  await saveFile(file, before.success ? before.data : null, Buffer.from("new"));
  expect(names).toEqual([
    [expect.stringMatching(/^\.providers\.jsonc\..*\.tmp$/), "providers.jsonc"],
    [expect.stringMatching(/^\.providers\.jsonc\..*\.old$/), "providers.jsonc"],
  ]);
  expect(await readdir(directory)).toEqual(["providers.jsonc"]);
});

test("syncs the directory when a file is created or removed", async () => {
  const syncs = await watchSyncs();
  await saveFile(file, null, Buffer.from("new"));
  const before = await readVersion(file);
  await saveFile(file, before.success ? before.data : null, null);
  expect(syncs).toEqual([
    ["file", null],
    ["directory", "new"],
    ["directory", null],
  ]);
  expect(await readdir(directory)).toEqual([]);
});
