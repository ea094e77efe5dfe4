/** Finds the program that opens the app's window: Electron, or otherwise an installed Chromium. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

export const ROOT = join(__dirname, "..");

const ELECTRON = join(ROOT, "node_modules/electron");
const TRIED = join(ROOT, "node_modules/.cache/electron-installer-tried");
const STAND_IN = join(ROOT, "tools/chromium-electron/electron");
const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export interface Runtime {
  readonly kind: "electron" | "chromium";
  /** The program and its version, as shown to the user. */
  readonly name: string;
  readonly executable: string;
  /** Arguments before the app's own. */
  readonly args: readonly string[];
}

/** The installed runtime, or null. Installs nothing. */
export function installedRuntime(): Runtime | null {
  const electron = installedElectron();
  if (electron !== null) {
    return {
      kind: "electron",
      name: `Electron ${electronVersion()}`,
      executable: electron,
      // On Linux, Chromium does not start as root with its sandbox.
      args: isRoot() ? ["--no-sandbox"] : [],
    };
  }
  const chromium = installedChromium();
  if (chromium === null) return null;
  return {
    kind: "chromium",
    name: `${versionOf(chromium)} through tools/chromium-electron`,
    executable: STAND_IN,
    args: [],
  };
}

/**
 * The installed runtime. If there is none, installs Electron's binary with its own installer (tried
 * once), or else Debian's Chromium with apt. Null, after two lines of advice, when both fail.
 */
export function ensureRuntime(say: (line: string) => void): Runtime | null {
  if (installedElectron() === null) tryElectronInstaller(say);
  if (installedRuntime() === null) tryApt(say);
  const runtime = installedRuntime();
  if (runtime === null) {
    say(
      "No window can be opened, because neither Electron's binary nor Chrome or Chromium is installed.",
    );
    say("Run `npx install-electron` with access to github.com, or install Chromium.");
  }
  return runtime;
}

function installedElectron(): string | null {
  const pathFile = join(ELECTRON, "path.txt");
  const relative = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : "electron";
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(ELECTRON, "dist");
  const executable = join(folder, relative);
  return existsSync(executable) ? executable : null;
}

/** The Chromium or Chrome from `CHROMIUM_PATH`, `PATH` or the default place, or null. */
export function installedChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named && isExecutable(named)) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push(
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  );
  return candidates.find(isExecutable) ?? null;
}

function tryElectronInstaller(say: (line: string) => void): void {
  if (existsSync(TRIED)) return;
  say("Electron's binary is not installed. Trying its installer once …");
  const { status } = spawnSync(process.execPath, [join(ELECTRON, "install.js")], {
    stdio: "ignore",
    timeout: 5 * 60_000,
  });
  if (status === 0 && installedElectron() !== null) return;
  say("The download failed. Run `npx install-electron` to try again.");
  mkdirSync(join(TRIED, ".."), { recursive: true });
  writeFileSync(TRIED, "Delete this file to have `npm start` try Electron's installer again.\n");
}

function tryApt(say: (line: string) => void): void {
  if (!isRoot() || !existsSync("/usr/bin/apt-get")) return;
  say("Installing Debian's chromium with apt …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "chromium"]]) {
    const { status } = spawnSync("apt-get", ["--quiet", ...args], { stdio: "ignore", env });
    if (status !== 0) return say(`apt-get ${args[0]} failed.`);
  }
}

function versionOf(chromium: string): string {
  const { stdout } = spawnSync(chromium, ["--version"], { encoding: "utf8" });
  return /^[A-Za-z ]*[\d.]+/.exec(stdout ?? "")?.[0].trim() ?? "Chromium";
}

function electronVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(ELECTRON, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRoot(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}
