import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";

import { expect, test } from "@playwright/test";

import { ROOT } from "../../scripts/runtime";
import { TARBALL } from "./installed-package";

test("builds and packs the package", () => {
  const folder = dirname(TARBALL);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("npm", ["pack", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  expect(status, stderr).toBe(0);
});
