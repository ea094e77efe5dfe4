/** Finds the installed Chromium, starts it with a temporary profile, and ends it with the app. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { DevTools } from "./devtools.mjs";

/** The first window's page until the app loads one. (`about:blank` would open the home page.) */
export const START_PAGE = "data:text/html,";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const USUAL_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The path of a Chromium or Chrome: `CHROMIUM_PATH`, else the first of the usual names on `PATH`, else the usual
 * places of macOS and Windows. Undefined when there is none.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env) {
  if (env["CHROMIUM_PATH"]) return env["CHROMIUM_PATH"];
  const directories = (env["PATH"] ?? "").split(path.delimiter).filter((entry) => entry !== "");
  return NAMES.flatMap((name) => directories.map((directory) => path.join(directory, name)))
    .concat(USUAL_PLACES)
    .find((candidate) => fs.existsSync(candidate));
}

/**
 * The command line. Chromium itself must not use a network, show prompts or touch the user's profile.
 *
 * @param {{ profile: string, headless: boolean, isSandboxed: boolean, port: string | undefined }} options
 */
function chromiumArguments({ profile, headless, isSandboxed, port }) {
  return [
    `--user-data-dir=${profile}`,
    "--remote-debugging-pipe",
    ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
    ...(headless ? ["--headless=new", "--disable-gpu"] : []),
    ...(isSandboxed ? [] : ["--no-sandbox"]),
    "--no-proxy-server",
    // The app's scheme needs no DNS, and no other host may be resolved.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--disable-breakpad",
    "--disable-search-engine-choice-screen",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-session-crashed-bubble",
    "--hide-crash-restore-bubble",
    "--no-default-browser-check",
    "--no-first-run",
    // Hides the warning bar about these flags, because the window is not used for browsing.
    "--test-type",
    "--no-pings",
    // As in Electron, a page's window.close() closes its window.
    "--blink-settings=allowScriptsToCloseWindows=true",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--force-color-profile=srgb",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding,AutofillServerCommunication,HttpsUpgrades",
    // Electron's default size. A window without a size may never show its page.
    "--window-size=800,600",
    `--app=${START_PAGE}`,
  ];
}

/**
 * Starts Chromium with one empty app window.
 *
 * Chromium exits when its pipe closes, whatever ended this process. A shell that waits for it then removes
 * the profile. On a normal exit, {@link kill} does both.
 *
 * @param {{ executable: string, headless: boolean, isSandboxed: boolean, port: string | undefined, logging: boolean }} options
 *   port: the value of `--remote-debugging-port`, if the launcher asked for one
 */
export function startChromium({ executable, headless, isSandboxed, port, logging }) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "chromium-electron-"));
  const command = [executable, ...chromiumArguments({ profile, headless, isSandboxed, port })];
  const posix = process.platform !== "win32";
  const [file = executable, ...args] = posix
    ? ["/bin/sh", "-c", '"$@"; rm -rf -- "$0"', profile, ...command]
    : command;
  const child = spawn(file, args, {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    detached: posix,
  });
  const [, , stderr, input, output] = child.stdio;
  const devtools = new DevTools(
    /** @type {import("node:stream").Writable} */ (input),
    /** @type {import("node:stream").Readable} */ (output),
  );

  /** @type {Promise<string>} */
  const endpoint = new Promise((resolve) => {
    let text = "";
    stderr?.on("data", (chunk) => {
      if (logging) process.stderr.write(chunk);
      if (text === "found") return;
      text += chunk;
      const [, found] = /^DevTools listening on (ws:\/\/\S+)$/m.exec(text) ?? [];
      if (found === undefined) return;
      text = "found";
      resolve(found);
    });
  });
  /** @type {Promise<string>} how it ended */
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(`exit ${code ?? signal}`));
  });

  let killed = false;
  function kill() {
    if (killed) return;
    killed = true;
    try {
      if (child.pid !== undefined) process.kill(posix ? -child.pid : child.pid, "SIGKILL");
    } catch {
      // It has already exited.
    }
    try {
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    } catch {
      // On a busy computer, a killed process may still write briefly.
      const later = ["-c", 'sleep 2; rm -rf -- "$0"', profile];
      if (posix) spawn("/bin/sh", later, { stdio: "ignore", detached: true }).unref();
    }
  }

  return { devtools, endpoint, ended, kill, pid: child.pid };
}
