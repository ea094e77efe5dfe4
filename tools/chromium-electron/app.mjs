/** Electron's `app`: the application's life cycle, names and directories. */
import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";

import { takeInstanceLock } from "./instance-lock.mjs";
import { notImitated, PreventableEvent, strict, strictEmitter } from "./strict.mjs";

const EVENTS = [
  "activate",
  "before-quit",
  "browser-window-created",
  "open-file",
  "open-url",
  "quit",
  "ready",
  "second-instance",
  "web-contents-created",
  "will-finish-launching",
  "will-quit",
  "window-all-closed",
];

/** @typedef {import("./browser-window.mjs").BrowserWindow} BrowserWindow */

export class App extends strictEmitter("app", EVENTS) {
  isPackaged = false;
  /** Electron has a dock only on macOS; this tool has none. */
  dock = undefined;
  #name;
  #version;
  #appPath;
  #isReady = false;
  /** @type {(value: void) => void} */
  #resolveReady = () => {};
  #whenReady = /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      this.#resolveReady = resolve;
    })
  );
  /** @type {Map<string, string>} set, or computed at their first use: Chromium keeps both */
  #paths = new Map();
  /** @type {Map<string, string>} */
  #switches;
  #isSandboxed;
  /** @type {{ release: () => void } | undefined} */
  #lock;
  #quitting = false;
  #ended = false;
  /** @type {() => BrowserWindow[]} */
  #windows;

  /**
   * @param {{ name: string, version: string, appPath: string, switches: Map<string, string>, isSandboxed: boolean, windows: () => BrowserWindow[] }} options
   */
  constructor({ name, version, appPath, switches, isSandboxed, windows }) {
    super();
    this.#name = name;
    this.#version = version;
    this.#appPath = appPath;
    this.#windows = windows;
    this.#switches = switches;
    this.#isSandboxed = isSandboxed;
    const switched = switches.get("user-data-dir");
    if (switched) this.setPath("userData", path.resolve(switched));
    this.commandLine = strict("app.commandLine", {
      /**
       * @param {string} key
       * @param {string} [value]
       */
      appendSwitch: (key, value = "") => void switches.set(key, value),
      /** @param {string} key */
      hasSwitch: (key) => switches.has(key),
      /** @param {string} key */
      getSwitchValue: (key) => switches.get(key) ?? "",
      /** @param {string} key */
      removeSwitch: (key) => void switches.delete(key),
    });
  }

  /**
   * The program that opens URLs of a scheme, or "". Electron asks the desktop's library for its name
   * (shell/browser/browser_linux.cc). This asks `xdg-mime`, which knows the desktop file.
   *
   * @param {string} url with its scheme's separator, as in `vscode://`
   */
  getApplicationNameForProtocol(url) {
    const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase();
    if (scheme === undefined || process.platform !== "linux") return "";
    const query = ["query", "default", `x-scheme-handler/${scheme}`];
    const { status, stdout } = spawnSync("xdg-mime", query, { encoding: "utf8" });
    return status === 0 ? stdout.trim() : "";
  }

  get name() {
    return this.#name;
  }

  set name(name) {
    this.#name = name;
  }

  whenReady() {
    return this.#whenReady;
  }

  isReady() {
    return this.#isReady;
  }

  /** Called by the launcher when Chromium responds. */
  becomeReady() {
    this.#isReady = true;
    this.emit("will-finish-launching");
    this.emit("ready", new PreventableEvent(), {});
    this.#resolveReady();
  }

  /** Emits `before-quit`, each window's `close`, `will-quit` and `quit`, then exits. Each can be prevented. */
  quit() {
    if (this.#quitting || this.#ended) return;
    const event = new PreventableEvent();
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    const open = this.#windows();
    if (open.length === 0) {
      this.#finish();
      return;
    }
    for (const window of open) window.close();
  }

  /** Called by a window that prevented its close, which also cancels quitting. */
  closeRefused() {
    this.#quitting = false;
  }

  /** Exits immediately, without `before-quit`, `will-quit` or prompts. */
  exit(exitCode = 0) {
    for (const window of this.#windows()) window.destroy();
    this.#end(exitCode);
  }

  /** Called when the last window has closed. */
  allWindowsClosed() {
    if (this.#quitting) {
      this.#finish();
      return;
    }
    if (this.listenerCount("window-all-closed") > 0) this.emit("window-all-closed");
    else this.quit();
  }

  #finish() {
    const event = new PreventableEvent();
    this.emit("will-quit", event);
    this.#quitting = false;
    if (!event.defaultPrevented) this.#end(0);
  }

  /** @param {number} exitCode */
  #end(exitCode) {
    if (this.#ended) return;
    this.#ended = true;
    this.emit("quit", new PreventableEvent(), exitCode);
    this.releaseSingleInstanceLock();
    // The caller's current task still finishes, as in Electron.
    setImmediate(() => process.exit(exitCode));
  }

  relaunch() {
    throw notImitated("app.relaunch");
  }

  /** @param {unknown} [additionalData] */
  requestSingleInstanceLock(additionalData) {
    if (this.#lock !== undefined) return true;
    const arrival = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    this.#lock = takeInstanceLock(this.getPath("userData"), arrival, (later) => {
      this.emit(
        "second-instance",
        new PreventableEvent(),
        later.argv,
        later.workingDirectory,
        later.additionalData,
      );
    });
    return this.#lock !== undefined;
  }

  hasSingleInstanceLock() {
    return this.#lock !== undefined;
  }

  releaseSingleInstanceLock() {
    this.#lock?.release();
    this.#lock = undefined;
  }

  getName() {
    return this.#name;
  }

  /** @param {string} name */
  setName(name) {
    this.#name = name;
  }

  getVersion() {
    return this.#version;
  }

  getAppPath() {
    return this.#appPath;
  }

  getLocale() {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getSystemLocale() {
    return this.getLocale();
  }

  getPreferredSystemLanguages() {
    return [this.getLocale()];
  }

  /**
   * @param {string} name
   * @returns {string}
   */
  getPath(name) {
    const kept = this.#paths.get(name) ?? this.#computePath(name);
    this.#paths.set(name, kept);
    return kept;
  }

  /**
   * @param {string} name
   * @returns {string}
   */
  #computePath(name) {
    switch (name) {
      case "home":
        return os.homedir();
      case "appData":
        return appData();
      case "userData":
      case "sessionData":
        return path.join(this.getPath("appData"), this.#name);
      case "logs":
        return path.join(this.getPath("userData"), "logs");
      case "temp":
        return os.tmpdir();
      case "exe":
        return path.join(import.meta.dirname, "electron");
      default:
        throw notImitated(`app.getPath("${name}")`);
    }
  }

  /**
   * @param {string} name
   * @param {string} directory
   */
  setPath(name, directory) {
    if (!path.isAbsolute(directory)) throw new Error("Path must be absolute");
    this.#paths.set(name, directory);
  }

  /**
   * Removes `--no-sandbox`, as Electron does (shell/browser/api/electron_api_app.cc). Chromium then aborts where it
   * cannot start its sandbox.
   */
  enableSandbox() {
    if (this.#isReady) {
      throw new Error("app.enableSandbox() can only be called before app is ready");
    }
    this.#switches.delete("no-sandbox");
    if (this.#isSandboxed) return;
    process.stderr.write(
      "chromium-electron: app.enableSandbox() removed --no-sandbox, without which Chromium does not start here.\n",
    );
    process.exit(1);
  }

  /** @param {string} _id */
  setAppUserModelId(_id) {}

  /** @param {object} _options */
  setAboutPanelOptions(_options) {}

  showAboutPanel() {
    process.stderr.write(`chromium-electron: ${this.#name} ${this.#version}\n`);
  }

  focus() {
    this.#windows()[0]?.focus();
  }
}

function appData() {
  const home = os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library", "Application Support");
  if (process.platform === "win32") {
    return process.env["APPDATA"] ?? path.join(home, "AppData", "Roaming");
  }
  return process.env["XDG_CONFIG_HOME"] || path.join(home, ".config");
}
