/** Opens the built app with Playwright on a home of its own, on whichever runtime is installed. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { _electron, type ElectronApplication, type Page } from "playwright";

import { installedRuntime, ROOT } from "../../scripts/runtime";

export interface LaunchedPanel {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Every line that the main process has written so far. */
  readonly log: () => readonly string[];
  /** What the page said was wrong: uncaught errors and console errors. */
  readonly complaints: readonly string[];
  /** As a person closes it; hangs when something typed keeps the window open. */
  readonly close: () => Promise<void>;
  /** Whatever is typed in it. */
  readonly end: () => Promise<void>;
}

export interface LaunchOptions {
  /** The folder of the app; absent: this one. */
  readonly app?: string;
  /** Added to a bare environment; nothing of the caller's own comes along. */
  readonly env: Readonly<Record<string, string>>;
  /** Stands for the person's home directory; made and removed by the caller. */
  readonly userHome: string;
  readonly colorScheme?: "light" | "dark";
  /**
   * The file that the panel's mirror is switched off for, as a person would have done before; absent:
   * the window's usual, which is on.
   */
  readonly withoutMirror?: string;
}

/** A directory that stands for a person's home, for as long as `use` runs. */
export async function withUserHome<T>(use: (userHome: string) => Promise<T>): Promise<T> {
  const userHome = await mkdtemp(join(tmpdir(), "mux-settings-user-"));
  try {
    return await use(userHome);
  } finally {
    await rm(userHome, { recursive: true, force: true });
  }
}

export async function launchPanel(options: LaunchOptions): Promise<LaunchedPanel> {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error("Neither Electron nor Chromium is installed.");
  const profile = join(options.userHome, "profile");
  if (options.withoutMirror !== undefined) await switchMirrorOff(profile, options.withoutMirror);
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [...runtime.args, `--user-data-dir=${profile}`, options.app ?? ROOT],
    cwd: options.userHome,
    env: { ...bareEnvironment(options.userHome), ...options.env },
    colorScheme: options.colorScheme ?? "dark",
  });
  const lines: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on("data", (chunk: Buffer) => lines.push(...String(chunk).split("\n")));
  }
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const end = async (): Promise<void> => {
    // A window that holds unsaved text would ask before it closes.
    if (!page.isClosed()) {
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

/** What a program needs to run at all; no key, no proxy and no mux setting of this computer. */
export function bareEnvironment(userHome: string): Record<string, string> {
  const kept = ["PATH", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "LANG", "CHROMIUM_PATH"];
  const bare: Record<string, string> = {
    HOME: userHome,
    XDG_CONFIG_HOME: join(userHome, "config"),
  };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) bare[name] = value;
  }
  return bare;
}
