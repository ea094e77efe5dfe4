/** Installs the packed tarball into a new project, as a host does, so that tests never use the source or `dist/`. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

import { ROOT } from "../../scripts/runtime";

export type ReactVersion = "18" | "19";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export const MANIFEST: Manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
export const TARBALL = join(ROOT, "out/package", `${MANIFEST.name}-${MANIFEST.version}.tgz`);

/** Copied instead of linked: a linked react-dom would resolve this checkout's react. */
const REACT: Readonly<Record<ReactVersion, Readonly<Record<string, string>>>> = {
  "18": { react: "react-18", "react-dom": "react-dom-18", "@types/react": "@types/react-18" },
  "19": { react: "react", "react-dom": "react-dom", "@types/react": "@types/react" },
};
const OF_HOST = [
  "@orpc/client",
  "@orpc/server",
  "ws",
  "@types/ws",
  "@types/node",
  "@types/react-dom",
  "@types/prop-types",
  "csstype",
  "electron",
  "vite",
];

/**
 * Does in `folder` the same as `npm install <tarball>`, without a network: unpacks the tarball and links
 * the dependencies that are installed here.
 */
export function installPackage(folder: string, react: ReactVersion): void {
  const modules = join(folder, "node_modules");
  const own = join(modules, MANIFEST.name);
  mkdirSync(own, { recursive: true });
  readTarball(["-xzf", "-", "--strip-components=1"], own);

  const installed: Manifest = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
  for (const name of [...Object.keys(installed.dependencies), ...OF_HOST]) link(modules, name);
  for (const [name, from] of Object.entries(REACT[react])) {
    cpSync(join(ROOT, "node_modules", from), join(modules, name), { recursive: true });
  }
  if (react === "19") link(modules, "scheduler");
}

/**
 * The output of `tar` for the tarball, which it reads from its input, because GNU tar takes `C:` in a
 * path for a host. `folder`: where it unpacks.
 */
export function readTarball(args: readonly string[], folder: string): string {
  const input = readFileSync(TARBALL);
  const { status, stdout, stderr } = spawnSync("tar", args, {
    cwd: folder,
    input,
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`The tarball could not be read: ${String(stderr)}`);
  return String(stdout);
}

function link(modules: string, name: string): void {
  const to = join(modules, name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(join(ROOT, "node_modules", name), to, "junction");
}
