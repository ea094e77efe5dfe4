/** Builds the three bundles if a source is newer than they are. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./runtime";

const BUILT = ["main/index.cjs", "preload/index.cjs", "renderer/index.html"].map((file) =>
  join(ROOT, "out", file),
);
const SOURCES = [
  "src",
  "docs/guide.md",
  "scripts/guide.ts",
  "electron.vite.config.ts",
  "package-lock.json",
];

/** Throws when the build fails. The compiler has printed the reason by then. */
export function buildIfNeeded(say: (line: string) => void = () => undefined): void {
  if (!isStale()) return;
  say("Building the app, because its sources are newer. This takes a few seconds …");
  const { status } = spawnSync("npx", ["electron-vite", "build", "--logLevel", "warn"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0)
    throw new Error("The build failed. Run `npm run build` to see the full output.");
}

function isStale(): boolean {
  if (!BUILT.every((file) => existsSync(file))) return true;
  const built = Math.min(...BUILT.map((file) => statSync(file).mtimeMs));
  return SOURCES.some((source) => newestUnder(join(ROOT, source)) > built);
}

function newestUnder(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const children = readdirSync(path).map((name) => newestUnder(join(path, name)));
  return Math.max(mtimeMs, ...children);
}

if (require.main === module) buildIfNeeded();
