/** Finds the binary of the installed `electron` package, and downloads it with the package's own installer. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Longer than 120 MB take on a slow line. */
const INSTALLER_LIMIT_MS = 15 * 60_000;

/**
 * The executable of the `electron` package in `folder`, or null if it is missing or incomplete. The rules
 * are those of the package's `install.js`: it writes `path.txt` last, so an extraction that was killed
 * leaves none, and `dist/version` must be the package's. A folder of the user's own is not checked.
 */
export function electronExecutable(
  folder: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string | null {
  const relative = executablePath(platform);
  const own = env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (own) return existing(join(own, relative));
  const isComplete =
    textOf(join(folder, "path.txt")) === relative &&
    textOf(join(folder, "dist/version"))?.replace(/^v/, "") === electronVersion(folder);
  return isComplete ? existing(join(folder, "dist", relative)) : null;
}

function existing(file: string): string | null {
  return existsSync(file) ? file : null;
}

/** The version of the `electron` package in `folder`, or an empty text. */
export function electronVersion(folder: string): string {
  const manifest: unknown = JSON.parse(textOf(join(folder, "package.json")) ?? "{}");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

/**
 * Runs the package's installer, once per version: a computer that cannot reach the download server does
 * not wait for it at every start. The installer shows its progress.
 */
export function installElectronOnce(
  folder: string,
  marks: string,
  say: (line: string) => void,
): void {
  const version = electronVersion(folder);
  const tried = join(marks, `electron-${version}-tried`);
  if (existsSync(tried)) return;
  say(`Downloading Electron ${version}, about 120 MB. This is tried once …`);
  const { status } = spawnSync(process.execPath, [join(folder, "install.js")], {
    // A person wants to see the progress, but not the stack of a failed download.
    stdio: process.stderr.isTTY ? "inherit" : "ignore",
    timeout: INSTALLER_LIMIT_MS,
  });
  const isInstalled = electronExecutable(folder, process.env, process.platform) !== null;
  if (status === 0 && isInstalled) return;
  say("The download failed. Run `npx install-electron` to try again.");
  mkdirSync(marks, { recursive: true });
  writeFileSync(tried, "Delete this file to have `npm start` try Electron's installer again.\n");
}

function executablePath(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return platform === "win32" ? "electron.exe" : "electron";
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
