/** Finds the program that opens the app's window: Electron, or otherwise an installed Chromium. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { electronExecutable, electronVersion, installElectronOnce } from "./electron-binary";
import { canSandbox } from "./linux-sandbox";

export const ROOT = join(__dirname, "..");

const ELECTRON = join(ROOT, "node_modules/electron");
const MARKS = join(ROOT, "node_modules/.cache");
const STAND_IN = join(ROOT, "tools/chromium-electron/electron");
const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export interface Runtime {
  readonly kind: "electron" | "chromium";
  /** The program and its version, as shown to the user. */
  readonly name: string;
  readonly executable: string;
  /** Arguments before the app's own. */
  readonly args: readonly string[];
  /** Whether Chromium's sandbox is on; `root` and `refused`: why it is not. */
  readonly sandbox: "on" | "root" | "refused";
}

/** The installed runtime, or null. Installs nothing. */
export function installedRuntime(): Runtime | null {
  const electron = electronExecutable(ELECTRON, process.env, process.platform);
  return electron === null ? chromiumRuntime() : electronRuntime(electron);
}

/** The stand-in for Electron with the installed Chromium, or null without Chromium. */
export function chromiumRuntime(): Runtime | null {
  const chromium = installedChromium();
  if (chromium === null) return null;
  const name = `${versionOf(chromium)} through tools/chromium-electron`;
  return { kind: "chromium", name, executable: STAND_IN, ...sandboxed(isRoot() ? "root" : "on") };
}

function electronRuntime(executable: string): Runtime {
  const refused = process.platform === "linux" && !isRoot() && !canSandbox(executable);
  const sandbox = isRoot() ? "root" : refused ? "refused" : "on";
  const name = `Electron ${electronVersion(ELECTRON)}`;
  return { kind: "electron", name, executable, ...sandboxed(sandbox) };
}

/** On Linux, Chromium ends at once when it cannot start its sandbox, or when root does not switch it off. */
function sandboxed(sandbox: Runtime["sandbox"]): Pick<Runtime, "args" | "sandbox"> {
  return { sandbox, args: sandbox === "on" ? [] : ["--no-sandbox"] };
}

/**
 * The installed runtime. If there is none, installs Electron's binary with its own installer (tried
 * once), or else Debian's Chromium with apt. Null, after two lines of advice, when both fail.
 */
export function ensureRuntime(say: (line: string) => void): Runtime | null {
  if (electronExecutable(ELECTRON, process.env, process.platform) === null) {
    installElectronOnce(ELECTRON, MARKS, say);
  }
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

/** Whether a window can be shown. An empty variable names no display. */
export function hasDisplay(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform !== "linux" || Boolean(env["DISPLAY"]) || Boolean(env["WAYLAND_DISPLAY"]);
}

/** `env` for a child that must start as Electron: some terminals, as in VS Code, set the variable. */
export function electronEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  return rest;
}

/** Whether only a shell can start the program: on Windows, npm and npx are scripts. */
export function needsShell(program: string, platform: NodeJS.Platform): boolean {
  return platform === "win32" && (program === "npm" || program === "npx");
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
