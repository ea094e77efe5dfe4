import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

const ROOT = join(__dirname, "..");
const FOLDERS = ["src", "e2e", "checks", "scripts", "demo", "tools"];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    join(folder, file),
  ),
).filter((file) => /\.m?ts$|\.[cm]js$/.test(file) && !file.includes("node_modules"));

/** From the call to the end of its options. */
const REMOVAL = /\brm(?:Sync)?\([^;{}]*\{ recursive: true[^}]*\}/g;

it("retries whenever a directory is removed, because Windows keeps files open for a moment", () => {
  const removals = FILES.flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(REMOVAL)].map(([call]) => ({ file, call })),
  );
  expect(removals.length).toBeGreaterThan(50);
  expect(removals.filter(({ call }) => !call.includes("maxRetries"))).toEqual([]);
});
