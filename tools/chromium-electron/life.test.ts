/** Tests how the app starts and ends, and that no Chromium is left behind. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "vitest";

const ELECTRON = join(import.meta.dirname, "electron");
const APP = join(import.meta.dirname, "fixtures/app");
/** Chromium does not start as root with its sandbox. */
const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const script = (name: string) => join(import.meta.dirname, "fixtures/scripts", name);

let directory: string;
let started: ChildProcess[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "chromium-electron-life-"));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  // A killed Chromium may still write for a moment.
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Starts the imitation with its own temporary directory, where its profile can be found. */
function start(...args: string[]) {
  return startWith({}, ...SANDBOX, ...args);
}

/** As `start`, with more variables and without the switch for root. */
function startWith(env: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(ELECTRON, args, {
    env: { ...process.env, ...env, TMPDIR: directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const output = { text: "", out: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output.text += chunk;
      if (stream === child.stdout) output.out += chunk;
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
  expect(output.out.trim().split("\n")).toEqual([
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
  expect(JSON.parse(output.out)).toEqual({
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

test("writes to stderr like Chromium, so that no test depends on an empty one", async () => {
  const { output, ended } = start(script("lifecycle.cjs"));

  await ended;
  expect(output.text).toContain("ERROR:dbus/bus.cc");
  expect(output.out).not.toContain("dbus");
});

test.runIf(SANDBOX.length > 0)("refuses to start as root without --no-sandbox", async () => {
  const { output, ended } = startWith({}, script("lifecycle.cjs"));

  expect(await ended).toEqual([1, null]);
  expect(output.text).toContain("Running as root without --no-sandbox is not supported.");
});

test("ends when enableSandbox removes --no-sandbox", async () => {
  const { output, ended } = startWith({}, "--no-sandbox", script("sandbox.cjs"));

  expect(await ended).toEqual([1, null]);
  expect(output.text).toContain("app.enableSandbox() removed --no-sandbox");
});

test("waits for a user in an error box, and a signal can end it", async () => {
  const { child, output, ended } = start(script("error-box.cjs"));

  await expect.poll(() => output.text, { timeout: 15_000 }).toContain("text of the box");
  child.kill("SIGTERM");
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(output.out).not.toContain("after the box");
});

test("paints a hidden window on Wayland only when it is shown, and hides its position", async () => {
  const wayland = start("--ozone-platform=wayland", script("hidden.cjs"));
  const x11 = start(script("hidden.cjs"));

  await Promise.all([wayland.ended, x11.ended]);
  expect(x11.output.out.trim().split("\n")).toEqual([
    "ready-to-show",
    "did-finish-load",
    "60,40",
    "show",
  ]);
  expect(wayland.output.out.trim().split("\n")).toEqual([
    "did-finish-load",
    "0,0",
    "show",
    "ready-to-show",
  ]);
});

test("removes the variables that a disabled nodeOptions fuse removes", async () => {
  const extra = { NODE_EXTRA_CA_CERTS: "/none.pem", NODE_OPTIONS: "--no-warnings" };
  const kept = startWith(extra, ...SANDBOX, script("variables.cjs"));
  const removed = startWith(
    { ...extra, CHROMIUM_ELECTRON_FUSES_OFF: "nodeOptions" },
    ...SANDBOX,
    script("variables.cjs"),
  );

  await Promise.all([kept.ended, removed.ended]);
  expect(JSON.parse(kept.output.out)).toEqual(["/none.pem", "--no-warnings"]);
  expect(JSON.parse(removed.output.out)).toEqual([null, null]);
});

test("starts as plain Node with ELECTRON_RUN_AS_NODE, unless the fuse is off", async () => {
  const asNode = startWith({ ELECTRON_RUN_AS_NODE: "1" }, "-p", "typeof document");
  const fused = startWith(
    { ELECTRON_RUN_AS_NODE: "1", CHROMIUM_ELECTRON_FUSES_OFF: "runAsNode" },
    "--version",
  );

  await Promise.all([asNode.ended, fused.ended]);
  expect(asNode.output.out.trim()).toBe("undefined");
  expect(fused.output.out.trim()).toMatch(/^v\d+\.\d+\.\d+$/);
});

test("runs on the Node that CHROMIUM_ELECTRON_NODE names", async () => {
  const node = join(directory, "node24");
  writeFileSync(node, `#!/bin/sh\necho "own node: $(basename "$1")"\n`, { mode: 0o755 });
  const { output, ended } = startWith({ CHROMIUM_ELECTRON_NODE: node }, "--version");

  await ended;
  expect(output.out.trim()).toBe("own node: launch.mjs");
});
