import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { muxEdit, muxTextOf } from "./mux-writer";

const { renameSync } = fs;
let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mux-writer-"));
  file = join(directory, "providers.jsonc");
  writeFileSync(file, muxTextOf({ openai: {} }));
});

afterEach(() => {
  fs.renameSync = renameSync;
  syncBuiltinESMExports();
  rmSync(directory, { recursive: true, maxRetries: 10 });
});

/** As on Windows while another program reads the file or watches the directory. */
function failRenames(code: string, times: number): void {
  let left = times;
  fs.renameSync = (...given) => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(code), { code });
    renameSync(...given);
  };
  syncBuiltinESMExports();
}

it.each(["EPERM", "EACCES", "EBUSY"])("saves after a rename has failed with %s", async (code) => {
  failRenames(code, 2);
  await muxEdit(file, true, (data) => (data["xai"] = {}));
  expect(readFileSync(file, "utf8")).toBe(muxTextOf({ openai: {}, xai: {} }));

  // Without the lock, the first rename is that of the file.
  failRenames(code, 2);
  await muxEdit(file, false, (data) => (data["google"] = {}));
  expect(readFileSync(file, "utf8")).toBe(muxTextOf({ openai: {}, xai: {}, google: {} }));
  expect(readdirSync(directory)).toEqual(["providers.jsonc"]);
});

it("rejects at once when a rename fails for another reason", async () => {
  failRenames("ENOSPC", 1);
  await expect(muxEdit(file, false, () => undefined)).rejects.toThrow("ENOSPC");
});
