/** Tests how the app starts and ends, and that no Chromium is left behind. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "vitest";

const ELECTRON = join(import.meta.dirname, "electron");
const APP = join(import.meta.dirname, "fixtures/app");
const script = (name: string) => join(import.meta.dirname, "fixtures/scripts", name);

let directory: string;
let started: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "chromium-electron-life-"));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the imitation with its own temporary directory, where its profile can be found. */
function start(...args: string[]) {
  const child = spawn(ELECTRON, args, {
    env: { ...process.env, TMPDIR: directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output.text += chunk;
    });
  }
  return { child, output, ended: once(child, "close") };
}

/** The profiles that Chromium uses or left behind. */
function profiles(): string[] {
  return readdirSync(directory).filter((name) => name.startsWith("chromium-electron-"));
}

/** Processes with our temporary directory on their command line. */
function survivors(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(directory);
      } catch {
        return false;
      }
    });
}

const hasProc = process.platform === "linux";

test("emits events in Electron's order when windows open and close and the app quits", async () => {
  const { output, ended } = start(script("lifecycle.cjs"));

  expect(await ended).toEqual([0, null]);
  const oneWindow = ["ready-to-show", "close", "closed", "window-all-closed"];
  expect(output.text.trim().split("\n")).toEqual([
    "Error: Cannot create BrowserWindow before app is ready",
    ...oneWindow,
    ...oneWindow,
    // Its will-quit listener prevents the first quit.
    "before-quit",
    "will-quit",
    "before-quit",
    "will-quit",
    "quit 0",
  ]);
  expect(profiles()).toEqual([]);
});

test("refuses missing or forbidden members by name, and exits with the given code", async () => {
  const { output, ended } = start(script("refusals.cjs"));

  expect(await ended).toEqual([3, null]);
  const notImitated = (name: string) =>
    expect.stringContaining(`chromium-electron does not imitate ${name}`);
  expect(JSON.parse(output.text)).toEqual({
    autoUpdater: notImitated("electron.autoUpdater"),
    dock: "nothing happened",
    clearRecentDocuments: notImitated("app.clearRecentDocuments"),
    event: notImitated('app\'s event "certificate-error"'),
    nodeIntegration: notImitated("webPreferences.nodeIntegration: true"),
    kiosk: notImitated("BrowserWindow's option kiosk"),
    secondHandler: "Attempted to register a second handler for 'once'",
    lateScheme: "protocol.registerSchemesAsPrivileged should be called before app is ready",
    popup: notImitated("Menu.popup"),
  });
});

test("reports load and close failures with Electron's messages, and keeps sizes", async () => {
  const { output, ended } = start(script("loading.cjs"));

  expect(await ended).toEqual([0, null]);
  const told = output.text.split("\n").find((line) => line.startsWith("[["));
  expect(JSON.parse(told ?? "")).toEqual([
    ["preload-error", "bad-preload.cjs", "no preload today", "4"],
    ["loaded", "app://panel/"],
    ["will-redirect", "app://panel/landed"],
    ["moved", "app://panel/landed"],
    ["did-fail-load", -2, "ERR_FAILED"],
    ["error", "ERR_FAILED (-2) loading 'app://panel/error'"],
    ["did-fail-load", -20, "ERR_BLOCKED_BY_CLIENT"],
    ["elsewhere", "ERR_BLOCKED_BY_CLIENT (-20) loading 'https://example.com/'"],
    ["size", { x: 40, y: 50, width: 640, height: 480 }, [640, 480]],
    ["resized", { x: 40, y: 50, width: 320, height: 300 }, [320, 300]],
    ["kept", false],
    ["destroyed", true, 0],
  ]);
  expect(output.text).toContain("refused to fetch https://example.com/");
});

test("exits with the message and an error code on an uncaught error in the main process", async () => {
  const { output, ended } = start(script("crash.cjs"));

  expect(await ended).toEqual([1, null]);
  expect(output.text).toContain("the main process fails");
  expect(profiles()).toEqual([]);
});

test("refuses a second instance and notifies the first one", async () => {
  const userData = `--user-data-dir=${join(directory, "user-data")}`;
  const first = start(APP, userData, "--remote-debugging-port=0");
  await expect.poll(() => first.output.text, { timeout: 15_000 }).toContain("DevTools listening");

  const second = start(APP, userData, "hello");

  expect(await second.ended).toEqual([0, null]);
  expect(second.output.text).toContain("second instance");
  first.child.kill("SIGTERM");
  expect(await first.ended).toEqual([0, null]);
  expect(first.output.text).toContain("heard of hello");
});

test.runIf(hasProc)("leaves no Chromium and no profile when the app is killed", async () => {
  const { child, output } = start(APP, "--remote-debugging-port=0");
  await expect.poll(() => output.text, { timeout: 15_000 }).toContain("DevTools listening");
  expect(profiles()).toHaveLength(1);

  child.kill("SIGKILL");

  await expect.poll(survivors, { timeout: 10_000 }).toEqual([]);
  await expect.poll(profiles, { timeout: 5_000 }).toEqual([]);
});

test.runIf(hasProc)("ends as if its windows were closed when Chromium dies", async () => {
  const { output, ended } = start(APP, "--remote-debugging-port=0");
  await expect.poll(() => output.text, { timeout: 15_000 }).toContain("DevTools listening");

  const browsers = survivors().filter((pid) => {
    const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return line.includes("--remote-debugging-pipe") && !line.startsWith("/bin/sh");
  });
  for (const pid of browsers) process.kill(Number(pid), "SIGKILL");

  expect(await ended).toEqual([0, null]);
});
