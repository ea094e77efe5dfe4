/** Opens the built app with Playwright on a temporary home, with the installed runtime. */
import { mkdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { _electron, type ElectronApplication, type Page } from "playwright";

import { installedRuntime, ROOT } from "../../scripts/runtime";

export interface LaunchedPanel {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** All output lines of the main process so far. */
  readonly log: () => readonly string[];
  /** Uncaught errors and console errors of the page. */
  readonly complaints: readonly string[];
  /** Closes the app like a user; hangs when unsaved text keeps the window open. */
  readonly close: () => Promise<void>;
  /** Closes the app even with unsaved text. */
  readonly end: () => Promise<void>;
}

export interface LaunchOptions {
  /** The app's folder; defaults to this project. */
  readonly app?: string;
  /** Chromium's switches for the window. */
  readonly switches?: readonly string[];
  /** Added to a minimal environment; the caller's own environment is not inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The user's home directory; the caller creates and removes it. */
  readonly userHome: string;
  readonly colorScheme?: "light" | "dark";
  /**
   * The file for which the panel's mirror is turned off, as by an earlier user action; absent: the
   * window's default, which is on.
   */
  readonly withoutMirror?: string;
}

/** Creates a temporary user home for the duration of `use`. */
export async function withUserHome<T>(use: (userHome: string) => Promise<T>): Promise<T> {
  const userHome = await mkdtemp(join(tmpdir(), "mux-settings-user-"));
  try {
    return await use(userHome);
  } finally {
    await rm(userHome, { recursive: true, force: true, maxRetries: 10 });
  }
}

export async function launchPanel(options: LaunchOptions): Promise<LaunchedPanel> {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error("Neither Electron nor Chromium is installed.");
  const profile = join(options.userHome, "profile");
  if (options.withoutMirror !== undefined) await switchMirrorOff(profile, options.withoutMirror);
  const app = await _electron.launch({
    executablePath: runtime.executable,
    // Otherwise Playwright switches the sandbox off on Linux.
    chromiumSandbox: runtime.sandbox === "on",
    args: [
      ...runtime.args,
      ...(options.switches ?? []),
      `--user-data-dir=${profile}`,
      options.app ?? ROOT,
    ],
    cwd: options.userHome,
    env: { ...bareEnvironment(options.userHome), ...options.env },
    colorScheme: options.colorScheme ?? "dark",
  });
  const lines: string[] = [];
  const child = app.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => lines.push(...String(chunk).split("\n")));
  }
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const end = async (): Promise<void> => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    // A window with unsaved text would ask before it closes.
    if (isRunning && !page.isClosed()) {
      await app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.destroy();
      });
    }
    await app.close();
  };
  return { app, page, log: () => lines, complaints, close: () => app.close(), end };
}

/** The panel's own settings, with the mirror off for that providers.jsonc. */
async function switchMirrorOff(profile: string, file: string): Promise<void> {
  await mkdir(profile, { recursive: true });
  const settings = { version: 1, homes: [{ file, mirror: false }] };
  await writeFile(join(profile, "settings.json"), JSON.stringify(settings));
}

/** The variables that a program needs to run, without this computer's keys, proxies or mux settings. */
export function bareEnvironment(userHome: string): Record<string, string> {
  const kept = [
    "PATH",
    "DISPLAY",
    "XAUTHORITY",
    "WAYLAND_DISPLAY",
    "LANG",
    "CHROMIUM_PATH",
    "CHROMIUM_ELECTRON_NODE",
  ];
  const bare: Record<string, string> = {
    HOME: userHome,
    // The home directory on Windows. Node adds the system's variables there for each program.
    USERPROFILE: userHome,
    XDG_CONFIG_HOME: join(userHome, "config"),
  };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) bare[name] = value;
  }
  if (process.platform === "win32") {
    // Windows can find them through USERPROFILE, and Chromium does not start without them.
    for (const name of ["Roaming", "Local"]) {
      mkdirSync(join(userHome, "AppData", name), { recursive: true });
    }
  }
  return bare;
}
