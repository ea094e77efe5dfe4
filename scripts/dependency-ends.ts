/**
 * `npm run test:ends -- oldest|newest`: runs the tests that use the AI SDK, zod and undici with the oldest
 * or the newest versions that package.json allows, in a copy of the repository. Needs npm's registry.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { ROOT } from "./runtime";

/** The tests of the code that uses these packages. */
const TESTS = ["src/main/models", "src/main/proof", "src/main/ipc", "src/main/network", "src/orpc"];

export type End = "oldest" | "newest";

/** The oldest version in a range such as `^4.3.0` or `>=4.0.0 <=4.0.68`. */
export function oldestOf(range: string): string {
  return /\d+\.\d+\.\d+/.exec(range)?.[0] ?? range;
}

/** Packages that occur more than once among those that an installed package needs, with their versions. */
export function repeatedIn(paths: readonly string[]): readonly string[] {
  const names = paths.map((path) => path.replaceAll("\\", "/").replace(/^.*node_modules\//, ""));
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].toSorted();
}

/** Installs the packed tarball into an empty folder, and answers the packages that it contains twice. */
export function repeatedInFreshInstall(folder: string): readonly string[] {
  const [tarball = ""] = npm(ROOT, "pack", "--pack-destination", folder)
    .trim()
    .split("\n")
    .slice(-1);
  npm(folder, "init", "--yes");
  npm(folder, "install", "--no-audit", "--no-fund", join(folder, tarball));
  return repeatedIn(npm(folder, "ls", "--all", "--parseable").trim().split("\n"));
}

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync("npm", args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Copies the tracked files, without the lock file's choice of versions for these packages. */
function copyRepository(folder: string): void {
  const files = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" });
  for (const file of files.trim().split("\n")) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
}

function main(end: string | undefined): number {
  if (end !== "oldest" && end !== "newest") {
    console.error("Enter “oldest” or “newest”.");
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "mux-dependency-ends-"));
  try {
    if (end === "newest") {
      const empty = join(folder, "empty");
      mkdirSync(empty);
      const repeated = repeatedInFreshInstall(empty);
      if (repeated.length > 0) {
        console.error(`Installed twice: ${repeated.join(", ")}`);
        return 1;
      }
    }
    const copy = join(folder, "copy");
    copyRepository(copy);
    const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } =
      JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const versions = Object.entries(dependencies).map(
      ([name, range]) => `${name}@${end === "oldest" ? oldestOf(range) : range}`,
    );
    npm(copy, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    npm(copy, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...versions);
    const { status } = spawnSync("npx", ["vitest", "run", ...TESTS], {
      cwd: copy,
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

if (require.main === module) process.exit(main(process.argv[2]));
