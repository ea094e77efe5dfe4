/** Electron's `BrowserWindow`: one window of Chromium with one page. */
import { WORK_AREA } from "./desktop.mjs";
import { notImitated, PreventableEvent, strictEmitter } from "./strict.mjs";
import { WebContents } from "./web-contents.mjs";

/** @typedef {import("./electron-module.mjs").Imitation} Imitation */
/** @typedef {{ x: number, y: number, width: number, height: number }} Bounds */

const EVENTS = [
  "blur",
  "close",
  "closed",
  "focus",
  "hide",
  "maximize",
  "minimize",
  "move",
  "page-title-updated",
  "ready-to-show",
  "resize",
  "restore",
  "show",
  "unmaximize",
];

const OPTIONS = new Set([
  "height",
  "minHeight",
  "minWidth",
  "show",
  "title",
  "webPreferences",
  "width",
  "x",
  "y",
]);

/** Each preference with the supported values; undefined: any value. */
const PREFERENCES = new Map(
  /** @type {[string, readonly unknown[] | undefined][]} */ ([
    ["additionalArguments", undefined],
    ["allowRunningInsecureContent", [false]],
    ["contextIsolation", [true]],
    ["devTools", undefined],
    ["experimentalFeatures", [false]],
    ["navigateOnDragDrop", [false]],
    ["nodeIntegration", [false]],
    ["nodeIntegrationInSubFrames", [false]],
    ["nodeIntegrationInWorker", [false]],
    ["preload", undefined],
    ["safeDialogs", undefined],
    ["sandbox", [true]],
    ["spellcheck", undefined],
    ["webSecurity", [true]],
    ["webviewTag", [false]],
  ]),
);

/** @param {Record<string, unknown>} options */
function checkOptions(options) {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.has(name)) throw notImitated(`BrowserWindow's option ${name}`);
  }
  const preferences = /** @type {Record<string, unknown>} */ (options["webPreferences"] ?? {});
  for (const [name, value] of Object.entries(preferences)) {
    const honoured = PREFERENCES.get(name);
    const refused = !PREFERENCES.has(name) || (honoured !== undefined && !honoured.includes(value));
    if (refused && value !== undefined) {
      throw notImitated(`webPreferences.${name}: ${JSON.stringify(value)}`);
    }
  }
}

/**
 * @param {"width" | "height"} side
 * @param {number} length
 */
function centred(side, length) {
  return Math.max(0, Math.round((WORK_AREA[side] - length) / 2));
}

/** How long a page may take to let its window close. */
const UNRESPONSIVE_MS = 5_000;

/** @type {BrowserWindow[]} in the order of creation */
const windows = [];
let lastId = 0;
/** @type {Imitation | undefined} */
let imitation;

export class BrowserWindow extends strictEmitter("BrowserWindow", EVENTS) {
  /** @type {Bounds} */
  #bounds;
  #minimum;
  #title;
  #visible;
  #destroyed = false;
  #minimized = false;
  #maximized = false;
  #focused = false;
  /** Painted, but not reported while a window on Wayland is hidden. */
  #isPaintHeldBack = false;
  #closing = false;
  /** @type {NodeJS.Timeout | undefined} */
  #unresponsive;

  /** @param {Record<string, any>} [options] as far as `OPTIONS` goes */
  constructor(options = {}) {
    super();
    if (imitation === undefined || !imitation.isReady()) {
      throw new Error("Cannot create BrowserWindow before app is ready");
    }
    checkOptions(options);
    // Without a place, the window is centred on the display.
    const { width = 800, height = 600, title = imitation.app.getName() } = options;
    this.id = ++lastId;
    this.#minimum = { width: options["minWidth"] ?? 0, height: options["minHeight"] ?? 0 };
    const size = this.#atLeastMinimum({ width, height });
    const { x = centred("width", size.width), y = centred("height", size.height) } = options;
    this.#bounds = { x, y, ...size };
    this.#title = title;
    this.#visible = options["show"] ?? true;
    const { preload, additionalArguments = [] } = options["webPreferences"] ?? {};
    this.webContents = new WebContents(imitation, {
      size: { width: this.#bounds.width, height: this.#bounds.height },
      position:
        options["x"] === undefined && options["y"] === undefined ? undefined : { left: x, top: y },
      preload,
      additionalArguments,
    });
    this.webContents.on("-painted", () => this.#onPainted());
    this.webContents.on("-resized", () => void this.#onResized());
    this.webContents.on("-stayed", () => {
      clearTimeout(this.#unresponsive);
      this.#closing = false;
      imitation?.app.closeRefused();
    });
    this.webContents.once("destroyed", () => this.#onGone());
    windows.push(this);
    if (this.#visible) this.#focus();
    imitation.app.emit("browser-window-created", new PreventableEvent(), this);
    imitation.app.emit("web-contents-created", new PreventableEvent(), this.webContents);
  }

  /** @param {Imitation} made */
  static imitatedBy(made) {
    imitation = made;
  }

  static getAllWindows() {
    return [...windows];
  }

  /** @param {number} id */
  static fromId(id) {
    return windows.find((window) => window.id === id) ?? null;
  }

  /** @param {WebContents} contents */
  static fromWebContents(contents) {
    return windows.find((window) => window.webContents === contents) ?? null;
  }

  static getFocusedWindow() {
    return windows.find((window) => window.#focused) ?? null;
  }

  /**
   * @param {string} url
   * @param {object} [options]
   */
  loadURL(url, options) {
    return this.webContents.loadURL(url, options);
  }

  reload() {
    this.webContents.reload();
  }

  /** Asks the app (`close`) and the page (`beforeunload`), and closes if neither prevents it. */
  close() {
    if (this.#destroyed || this.#closing) return;
    const event = new PreventableEvent();
    this.emit("close", event);
    if (event.defaultPrevented) {
      imitation?.app.closeRefused();
      return;
    }
    this.#closing = true;
    this.webContents.close({ waitForBeforeUnload: true });
    // A page that neither unloads nor prevents the close is hanging.
    this.#unresponsive = setTimeout(() => this.destroy(), UNRESPONSIVE_MS);
  }

  /** Closes without a prompt; emits only `closed`. */
  destroy() {
    if (this.#destroyed) return;
    this.webContents.close();
    this.webContents.markDestroyed();
  }

  isDestroyed() {
    return this.#destroyed;
  }

  show() {
    this.#setVisible(true);
    this.focus();
  }

  hide() {
    this.#setVisible(false);
  }

  isVisible() {
    return this.#visible;
  }

  /** Does nothing to a hidden window (Electron's shell/browser/native_window_views.cc). */
  focus() {
    if (!this.#visible) return;
    this.#focus();
    this.webContents.focus();
  }

  isFocused() {
    return this.#focused;
  }

  minimize() {
    if (this.#minimized) return;
    this.#minimized = true;
    void this.#setWindowState("minimized");
    this.emit("minimize", new PreventableEvent());
  }

  isMinimized() {
    return this.#minimized;
  }

  restore() {
    if (!this.#minimized) return;
    this.#minimized = false;
    void this.#setWindowState("normal");
    this.emit("restore", new PreventableEvent());
  }

  maximize() {
    if (this.#maximized) return;
    this.#maximized = true;
    void this.#setWindowState("maximized");
    this.emit("maximize", new PreventableEvent());
  }

  unmaximize() {
    if (!this.#maximized) return;
    this.#maximized = false;
    void this.#setWindowState("normal");
    this.emit("unmaximize", new PreventableEvent());
  }

  isMaximized() {
    return this.#maximized;
  }

  isFullScreen() {
    return false;
  }

  /** @param {Partial<Bounds>} bounds */
  setBounds(bounds) {
    const before = this.#bounds;
    const { x = before.x, y = before.y, width = before.width, height = before.height } = bounds;
    this.#bounds = { x, y, ...this.#atLeastMinimum({ width, height }) };
    void this.#applyBounds();
    this.#emitChangedBounds(before);
  }

  /** A maximized window fills the display. On Wayland, an app cannot know its position. */
  getBounds() {
    if (this.#maximized) return { ...WORK_AREA };
    return imitation?.isWayland ? { ...this.#bounds, x: 0, y: 0 } : { ...this.#bounds };
  }

  /** The bounds to which a maximized or minimized window returns. */
  getNormalBounds() {
    return imitation?.isWayland ? { ...this.#bounds, x: 0, y: 0 } : { ...this.#bounds };
  }

  getContentBounds() {
    return this.getBounds();
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  setSize(width, height) {
    this.setBounds({ width, height });
  }

  getSize() {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  getContentSize() {
    return this.getSize();
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  setMinimumSize(width, height) {
    this.#minimum = { width, height };
  }

  getMinimumSize() {
    return [this.#minimum.width, this.#minimum.height];
  }

  /** @param {string} title the result of `getTitle`; the window itself shows the page's title */
  setTitle(title) {
    this.#title = title;
  }

  getTitle() {
    return this.#title;
  }

  /** @param {{ width: number, height: number }} size */
  #atLeastMinimum({ width, height }) {
    return {
      width: Math.max(width, this.#minimum.width),
      height: Math.max(height, this.#minimum.height),
    };
  }

  /** A hidden window is painted, except on Wayland (https://github.com/electron/electron/issues/48859). */
  #onPainted() {
    this.#isPaintHeldBack = Boolean(imitation?.isWayland) && !this.#visible;
    if (this.#isPaintHeldBack) return;
    process.nextTick(() => {
      if (!this.#destroyed) this.emit("ready-to-show");
    });
  }

  /** After the user resizes the window, Chromium reports the page's new size; the window's size is requested. */
  async #onResized() {
    const before = this.#bounds;
    await this.#withSession(async (session) => {
      const { bounds } = await session.send("Browser.getWindowForTarget");
      this.#frame ??= { width: bounds.width - before.width, height: bounds.height - before.height };
      const frame = this.#frame;
      if (bounds.windowState !== "normal") return;
      this.#bounds = {
        x: bounds.left,
        y: bounds.top,
        width: bounds.width - frame.width,
        height: bounds.height - frame.height,
      };
    });
    this.#emitChangedBounds(before);
  }

  /** @type {{ width: number, height: number } | undefined} what the window's frame adds to the page */
  #frame;

  /** @param {Bounds} before */
  #emitChangedBounds(before) {
    const now = this.#bounds;
    if (now.width !== before.width || now.height !== before.height) {
      this.emit("resize", new PreventableEvent());
    }
    if (now.x !== before.x || now.y !== before.y) this.emit("move", new PreventableEvent());
  }

  #applyBounds() {
    const { x, y, width, height } = this.#bounds;
    return this.#withSession(async (session) => {
      const { windowId } = await session.send("Browser.getWindowForTarget");
      await session.send("Browser.setWindowBounds", { windowId, bounds: { left: x, top: y } });
      await session.send("Browser.setContentsSize", { windowId, width, height });
    });
  }

  /** @param {"normal" | "minimized" | "maximized"} windowState */
  #setWindowState(windowState) {
    return this.#withSession(async (session) => {
      const { windowId } = await session.send("Browser.getWindowForTarget");
      await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
    });
  }

  /** @param {boolean} visible */
  #setVisible(visible) {
    if (this.#visible === visible) return;
    this.#visible = visible;
    // DevTools does not support hidden windows; without a display there is nothing to hide.
    if (imitation?.hasDisplay) void this.#setWindowState(visible ? "normal" : "minimized");
    if (!visible) this.#blur();
    this.emit(visible ? "show" : "hide", new PreventableEvent());
    if (visible && this.#isPaintHeldBack) this.#onPainted();
  }

  #blur() {
    if (!this.#focused) return;
    this.#focused = false;
    this.emit("blur", new PreventableEvent());
  }

  #focus() {
    if (this.#focused) return;
    for (const window of windows) window.#blur();
    this.#focused = true;
    this.emit("focus", new PreventableEvent());
  }

  #onGone() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    clearTimeout(this.#unresponsive);
    this.#focused = false;
    windows.splice(windows.indexOf(this), 1);
    this.emit("closed", new PreventableEvent());
    this.#refuseCalls();
    if (windows.length === 0) imitation?.allWindowsClosed();
  }

  /** A closed window has only its id and its state. */
  #refuseCalls() {
    for (const name of Object.getOwnPropertyNames(BrowserWindow.prototype)) {
      if (name === "constructor" || name === "isDestroyed" || name === "destroy") continue;
      Object.defineProperty(this, name, {
        value: () => {
          throw new TypeError("Object has been destroyed");
        },
      });
    }
  }

  /** @param {(session: import("./devtools.mjs").DevToolsSession) => Promise<unknown>} action */
  async #withSession(action) {
    try {
      await action(await this.webContents.ready());
    } catch {
      // The window was closed, so the command no longer applies.
    }
  }
}
