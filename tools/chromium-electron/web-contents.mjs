/** Electron's `webContents`: one page in Chromium with its loading, navigation and messages. */
import { setTimeout } from "node:timers/promises";

import { START_PAGE } from "./chromium.mjs";
import { Frame, messageEvent } from "./frame.mjs";
import { injectedWorlds } from "./injected-worlds.mjs";
import { answerInvoke, receiveSend } from "./ipc-main.mjs";
import { loadError } from "./load-error.mjs";
import { servePaused } from "./page-requests.mjs";
import { notImitated, PreventableEvent, strictEmitter } from "./strict.mjs";
import { createWire } from "./world/wire.mjs";

/** @typedef {import("./electron-module.mjs").Imitation} Imitation */
/** @typedef {import("./devtools.mjs").DevToolsSession} DevToolsSession */
/** @typedef {{ width: number, height: number }} Size of the page */
/** @typedef {{ left: number, top: number }} Position of the window on the screen */
/** @typedef {{ url: string, frameName: string, features: string, disposition: string, referrer: { url: string, policy: string } }} OpenDetails */

const EVENTS = [
  "console-message",
  "destroyed",
  "did-fail-load",
  "did-finish-load",
  "did-navigate",
  "did-navigate-in-page",
  "dom-ready",
  "preload-error",
  "render-process-gone",
  "will-attach-webview",
  "will-frame-navigate",
  "will-navigate",
  "will-prevent-unload",
  "will-redirect",
  // Between this class and its window.
  "-painted",
  "-resized",
  "-stayed",
];

/** Only a development server on this computer may serve the page from the network. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const CONSOLE_LEVELS = /** @type {const} */ (["debug", "info", "warning", "error"]);

const wire = createWire();

/** @type {Map<number, WebContents>} */
const all = new Map();
let lastId = 0;

export class WebContents extends strictEmitter("webContents", EVENTS) {
  /** @type {Imitation} */
  #imitation;
  #worlds;
  /** @type {{ targetId: string, session: DevToolsSession } | undefined} */
  #target;
  /** @type {Promise<DevToolsSession>} */
  #ready;
  #destroyed = false;
  #url = "";
  #title = "";
  /** @type {string | undefined} */
  #developmentOrigin;
  #mainFrameId = "";
  /** The shown document, except Chromium's initial empty one. */
  #loader = "";
  /** @type {Frame} of the shown document; another document has another frame */
  #frame;
  /** @type {number | undefined} the preload's world in the shown document */
  #context;
  /** @type {string | undefined} the URL that this class, not the page, is loading */
  #ownNavigation;
  /** @type {string[]} navigations requested by the page, as Chromium's URLs */
  #pageNavigations = [];
  /** @type {Map<string, { resolve: () => void, reject: (error: Error) => void }>} by loader */
  #loading = new Map();
  /** @type {((details: OpenDetails) => { action: string }) | undefined} */
  #openHandler;

  /**
   * @param {Imitation} imitation
   * @param {{ size: Size, position: Position | undefined, preload: string | undefined, additionalArguments: readonly string[] }} options
   */
  constructor(imitation, { size, position, preload, additionalArguments }) {
    super();
    this.setMaxListeners(0);
    this.id = ++lastId;
    this.#imitation = imitation;
    this.#frame = new Frame(this, "", "");
    this.#worlds = injectedWorlds({
      preload,
      versions: imitation.versions,
      additionalArguments,
    });
    all.set(this.id, this);
    this.#ready = this.#attach(size, position);
    // A caller that awaits it receives the error; a closed window has no caller.
    this.#ready.catch(() => {});
    const { error } = this.#worlds;
    // Listeners are added after the constructor.
    if (error !== undefined) queueMicrotask(() => this.#preloadFailed(error));
  }

  static getAllWebContents() {
    return [...all.values()];
  }

  /** @param {number} id */
  static fromId(id) {
    return all.get(id);
  }

  /** @param {string} targetId */
  static fromDevToolsTargetId(targetId) {
    return [...all.values()].find((contents) => contents.#target?.targetId === targetId);
  }

  get mainFrame() {
    return this.#frame.exposed;
  }

  get session() {
    return this.#imitation.session;
  }

  get targetId() {
    return this.#target?.targetId;
  }

  /** The attached and prepared page, for the window it belongs to. */
  ready() {
    return this.#ready;
  }

  isDestroyed() {
    return this.#destroyed;
  }

  getURL() {
    return this.#url;
  }

  getTitle() {
    return this.#title;
  }

  getType() {
    return "window";
  }

  getProcessId() {
    return this.id;
  }

  isLoading() {
    return this.#loading.size > 0;
  }

  /**
   * Settles like Electron's: when the page has loaded, or with the load error.
   *
   * @param {string} url
   * @param {object} [options]
   * @returns {Promise<void>}
   */
  async loadURL(url, options) {
    if (options !== undefined && Object.keys(options).length > 0) {
      throw notImitated("the options of webContents.loadURL");
    }
    const session = await this.#ready;
    const to = this.#imitation.schemes.toChromium(url);
    this.#ownNavigation = to;
    const { hostname, origin } = new URL(to);
    this.#developmentOrigin = LOOPBACK.has(hostname) ? origin : undefined;
    const { errorText, loaderId } = await session.send("Page.navigate", { url: to });
    if (errorText !== undefined) {
      const error = loadError(errorText, url);
      this.emit("did-fail-load", new PreventableEvent(), error.errno, error.code, url, true);
      throw error;
    }
    if (loaderId === undefined || loaderId === this.#loadedLoader) return;
    await new Promise((resolve, reject) => {
      this.#loading.set(loaderId, { resolve: () => resolve(undefined), reject });
    });
  }

  reload() {
    void this.#do(async (session) => {
      this.#ownNavigation = this.#imitation.schemes.toChromium(this.#url);
      await session.send("Page.reload");
    });
  }

  /**
   * Sends to the preload of the shown document. Without a preload the message is lost, as in Electron.
   *
   * @param {string} channel
   * @param {...unknown} args
   */
  send(channel, ...args) {
    if (typeof channel !== "string") throw new TypeError("Missing required channel argument");
    let encoded;
    try {
      encoded = wire.encode(args);
    } catch {
      throw new Error("Failed to serialize arguments");
    }
    this.#deliver({ kind: "message", channel, args: encoded }, this.#context);
  }

  /**
   * Runs in the page's own world. Its result is what JSON can carry.
   *
   * @param {string} code
   * @param {boolean} [userGesture]
   */
  async executeJavaScript(code, userGesture = false) {
    const session = await this.#ready;
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails === undefined) return result.value;
    const { description = "Script failed to execute" } = exceptionDetails.exception ?? {};
    throw new Error(description.split("\n")[0].replace(/^Error: /, ""));
  }

  /** @param {(details: OpenDetails) => { action: string }} handler */
  setWindowOpenHandler(handler) {
    this.#openHandler = handler;
  }

  /**
   * @param {{ waitForBeforeUnload?: boolean }} [options]
   */
  close({ waitForBeforeUnload = false } = {}) {
    void this.#do(async (session) => {
      if (waitForBeforeUnload) {
        // While Chromium still closes the previous question, it ignores a close.
        await this.#questionClosed;
        await session.send("Page.close");
        return;
      }
      await session.devtools.browser.send("Target.closeTarget", { targetId: this.targetId });
    });
  }

  focus() {
    void this.#do((session) => session.send("Page.bringToFront"));
  }

  forcefullyCrashRenderer() {
    // A crashed page does not answer.
    void this.#do((session) => session.send("Page.crash"));
  }

  /** Applies `nativeTheme.themeSource` to the page. */
  applyTheme() {
    const { themeSource } = this.#imitation.theme;
    void this.#do((session) =>
      session.send("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: themeSource === "system" ? "" : themeSource },
        ],
      }),
    );
  }

  /** @type {string | undefined} */
  #loadedLoader;

  /** @type {Promise<unknown> | undefined} */
  #questionClosed;

  /**
   * @param {Size} size
   * @param {Position | undefined} position
   */
  async #attach(size, position) {
    const target = await this.#imitation.targets.claim(size);
    this.#target = target;
    const { session } = target;
    this.#listen(session);
    const worlds = this.#worlds;
    const { themeSource } = this.#imitation.theme;
    const [{ windowId }, { frameTree }] = await Promise.all([
      session.send("Browser.getWindowForTarget"),
      session.send("Page.getFrameTree"),
      session.send("Page.enable"),
      session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
      session.send("Runtime.enable"),
      session.send("Log.enable"),
      session.send("Inspector.enable"),
      session.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] }),
      session.send("Runtime.addBinding", {
        name: worlds.binding,
        executionContextName: worlds.world,
      }),
      session.send("Page.addScriptToEvaluateOnNewDocument", { source: worlds.pageScript }),
      session.send("Page.addScriptToEvaluateOnNewDocument", {
        source: worlds.preloadScript,
        worldName: worlds.world,
      }),
      session.send("Runtime.runIfWaitingForDebugger"),
    ]);
    this.#mainFrameId = frameTree.frame.id;
    await resizeContents(session, { windowId, ...size });
    if (position !== undefined) {
      await session.send("Browser.setWindowBounds", { windowId, bounds: position });
    }
    if (themeSource !== "system") this.applyTheme();
    return session;
  }

  /** @param {DevToolsSession} session */
  #listen(session) {
    const { schemes } = this.#imitation;

    session.on("Fetch.requestPaused", (paused) => {
      void servePaused(paused, {
        session,
        imitation: this.#imitation,
        mayNavigate: () => this.#mayNavigate(paused),
        developmentOrigin: this.#developmentOrigin,
      });
    });

    session.on("Page.frameRequestedNavigation", ({ frameId, url }) => {
      if (frameId === this.#mainFrameId) this.#pageNavigations.push(url);
    });
    session.on("Page.frameNavigated", ({ frame }) => {
      if (frame.parentId !== undefined || frame.url === START_PAGE) return;
      this.#loader = frame.loaderId;
      this.#url = schemes.toApp(frame.url + (frame.urlFragment ?? ""));
      this.#replaceFrame();
      this.#pageNavigations = [];
      if (frame.unreachableUrl !== undefined) return;
      void this.#imitation.requests.onDocument(this.#asking());
      this.emit("did-navigate", new PreventableEvent(), this.#url, 200, "OK");
      this.#imitation.committed(this.#url);
    });
    session.on("Page.navigatedWithinDocument", ({ frameId, url }) => {
      if (frameId !== this.#mainFrameId) return;
      this.#url = schemes.toApp(url);
      this.#frame.url = this.#url;
      this.emit("did-navigate-in-page", new PreventableEvent(), this.#url, true);
    });
    session.on("Page.lifecycleEvent", ({ frameId, loaderId, name }) => {
      if (loaderId === this.#loader && frameId === this.#mainFrameId)
        this.#lifecycle(name, loaderId);
    });
    session.on("Page.frameResized", () => this.emit("-resized"));
    session.on("Page.windowOpen", ({ url, windowName, windowFeatures }) => {
      this.#opened({
        url,
        frameName: windowName === "_blank" ? "" : windowName,
        features: windowFeatures.join(","),
      });
    });
    session.on("Page.javascriptDialogOpening", ({ type }) => this.#dialog(session, type));

    session.on("Runtime.executionContextCreated", ({ context }) => {
      const { frameId } = context.auxData ?? {};
      const isPreloads = context.name === this.#worlds.world;
      if (isPreloads && frameId === (this.#mainFrameId || frameId)) this.#context = context.id;
    });
    session.on("Runtime.executionContextsCleared", () => {
      this.#context = undefined;
    });
    session.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      if (name === this.#worlds.binding) this.#receive(JSON.parse(payload), executionContextId);
    });

    session.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) => {
      const text = args.map((/** @type {any} */ arg) =>
        String(arg.value ?? arg.description ?? arg.type),
      );
      const { lineNumber = 0, url = "" } = stackTrace?.callFrames[0] ?? {};
      const level = CONSOLE_LEVELS.find((known) => known === type) ?? "info";
      this.#console(level, text.join(" "), lineNumber + 1, schemes.toApp(url));
    });
    session.on("Runtime.exceptionThrown", ({ exceptionDetails }) => {
      const { text, exception, lineNumber, url = "" } = exceptionDetails;
      const message = exception?.description ?? text;
      this.#console("error", `Uncaught ${message}`, lineNumber + 1, schemes.toApp(url));
    });
    session.on("Log.entryAdded", ({ entry }) => {
      const level = entry.level === "verbose" ? "debug" : entry.level;
      this.#console(level, entry.text, entry.lineNumber ?? 0, schemes.toApp(entry.url ?? ""));
    });

    session.on("Inspector.targetCrashed", () => {
      this.#context = undefined;
      this.#frame.isGone = true;
      this.emit("render-process-gone", new PreventableEvent(), { reason: "crashed", exitCode: 5 });
    });
    session.on("detached", () => this.markDestroyed());
    session.devtools.on("close", () => this.markDestroyed());
  }

  /** Called by its window when it is closed before or after the page. */
  markDestroyed() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#context = undefined;
    this.#frame.isGone = true;
    all.delete(this.id);
    for (const { reject } of this.#loading.values()) {
      reject(loadError("net::ERR_FAILED", this.#url));
    }
    this.#loading.clear();
    this.emit("destroyed");
  }

  /**
   * @param {string} name
   * @param {string} loaderId
   */
  #lifecycle(name, loaderId) {
    switch (name) {
      case "DOMContentLoaded":
        this.emit("dom-ready", new PreventableEvent());
        break;
      case "firstPaint":
        this.emit("-painted");
        break;
      case "load":
        this.#loadedLoader = loaderId;
        this.emit("did-finish-load", new PreventableEvent());
        this.#loading.get(loaderId)?.resolve();
        this.#loading.delete(loaderId);
        break;
      default:
    }
  }

  /**
   * Asks the app about a navigation paused by Chromium. Only navigations by the page itself are asked about, not those
   * by `loadURL`, `reload` or a debugger.
   *
   * @param {any} paused
   */
  async #mayNavigate({ frameId, request, redirectedRequestId }) {
    const url = this.#imitation.schemes.toApp(request.url + (request.urlFragment ?? ""));
    const isMainFrame = frameId === this.#mainFrameId;
    const event = Object.assign(new PreventableEvent(), {
      url,
      isSameDocument: false,
      isMainFrame,
      frame: isMainFrame ? this.mainFrame : null,
    });
    if (redirectedRequestId !== undefined) {
      this.emit("will-redirect", event, url, false, isMainFrame);
      return !event.defaultPrevented;
    }
    if (!isMainFrame) {
      this.emit("will-frame-navigate", event);
      return !event.defaultPrevented;
    }
    const own = this.#ownNavigation?.split("#")[0];
    if (own === request.url || own === `${request.url}/` || `${own}/` === request.url) {
      this.#ownNavigation = undefined;
      return true;
    }
    // The page announced it before Chromium paused it. Another command to Chromium gives a late announcement time to
    // arrive. The page itself cannot be asked, because Chromium holds back its answers while it navigates.
    const session = await this.#ready;
    await session.devtools.browser.send("Browser.getVersion");
    const asked = this.#pageNavigations.some((from) => from.split("#")[0] === request.url);
    if (!asked) return true;
    this.emit("will-frame-navigate", event);
    if (!event.defaultPrevented) this.emit("will-navigate", event, url, false, true);
    return !event.defaultPrevented;
  }

  /**
   * @param {any} message
   * @param {number} context
   */
  #receive(message, context) {
    if (message.kind === "open") {
      this.#opened(message);
      return;
    }
    // Ignores messages of closed documents and frames without a preload.
    if (context !== this.#context) return;
    if (message.kind === "preload-error") {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      this.#preloadFailed(error);
      return;
    }
    if (message.kind === "permission") {
      void this.#answerPermission(message, context);
      return;
    }
    const event = messageEvent(this, this.#frame);
    if (message.kind === "invoke") {
      void answerInvoke(event, message).then((answer) =>
        this.#deliver({ kind: "answer", number: message.number, ...answer }, context),
      );
      return;
    }
    receiveSend(event, message);
  }

  /** Marks the frame of the previous document as gone, because the app may still hold it. */
  #replaceFrame() {
    this.#frame.isGone = true;
    const { schemes } = this.#imitation;
    this.#frame = new Frame(this, this.#url, schemes.originOf(this.#url));
  }

  /** @returns {import("./session.mjs").Asking} */
  #asking() {
    const { schemes } = this.#imitation;
    const url = this.#url;
    const chromiumOrigin = new URL(schemes.toChromium(url)).origin;
    return { contents: this, url, origin: schemes.originOf(url), chromiumOrigin };
  }

  /**
   * @param {{ how: "query" | "use", permission: string, number: number }} message
   * @param {number} context
   */
  async #answerPermission({ how, permission, number }, context) {
    const isGranted = await this.#imitation.requests.onUse(this.#asking(), how, permission);
    this.#deliver({ kind: "answer", number, result: wire.encode(isGranted) }, context);
  }

  /**
   * @param {object} message
   * @param {number | undefined} context
   */
  #deliver(message, context) {
    if (context === undefined) return;
    void this.#do((session) =>
      session.send("Runtime.callFunctionOn", {
        executionContextId: context,
        functionDeclaration: `function (message) { globalThis[${JSON.stringify(this.#worlds.receiver)}](message); }`,
        arguments: [{ value: JSON.stringify(message) }],
        silent: true,
      }),
    );
  }

  /** @param {{ url: string, frameName: string, features: string, disposition?: string }} asked */
  #opened({ url, frameName, features, disposition }) {
    const answer = this.#openHandler?.({
      url: this.#imitation.schemes.toApp(url),
      frameName,
      features,
      disposition: disposition ?? (features === "" ? "foreground-tab" : "new-window"),
      referrer: { url: this.#url, policy: "strict-origin-when-cross-origin" },
    });
    if (answer?.action !== "deny") {
      throw notImitated("a window.open that setWindowOpenHandler does not deny");
    }
  }

  /**
   * @param {DevToolsSession} session
   * @param {string} type
   */
  #dialog(session, type) {
    if (type === "beforeunload") {
      const event = new PreventableEvent();
      this.emit("will-prevent-unload", event);
      const accept = event.defaultPrevented;
      if (!accept) this.emit("-stayed");
      // A test may have handled it first.
      this.#questionClosed = session
        .send("Page.handleJavaScriptDialog", { accept })
        .then(() => session.send("Runtime.evaluate", { expression: "0" }))
        .catch(() => {});
      return;
    }
    if (this.#imitation.hasViewer) return;
    process.stderr.write(
      `chromium-electron: dismissed a page's ${type}(), because no user can see it.\n`,
    );
    session.send("Page.handleJavaScriptDialog", { accept: false }).catch(() => {});
  }

  /**
   * @param {typeof CONSOLE_LEVELS[number]} level
   * @param {string} message
   * @param {number} lineNumber
   * @param {string} sourceId
   */
  #console(level, message, lineNumber, sourceId) {
    const event = Object.assign(new PreventableEvent(), {
      level,
      message,
      lineNumber,
      sourceId,
      frame: this.mainFrame,
    });
    this.emit(
      "console-message",
      event,
      CONSOLE_LEVELS.indexOf(level),
      message,
      lineNumber,
      sourceId,
    );
    if (this.#imitation.logging) {
      const kind = level === "warning" || level === "error" ? level.toUpperCase() : "INFO";
      process.stderr.write(
        `[${process.pid}:${kind}:CONSOLE:${lineNumber}] "${message}", source: ${sourceId} (${lineNumber})\n`,
      );
    }
  }

  /** @param {Error} error */
  #preloadFailed(error) {
    const file = this.#worlds.file;
    process.stderr.write(
      `Unable to load preload script: ${file}\n${error.stack ?? error.message}\n`,
    );
    this.emit("preload-error", new PreventableEvent(), file, error);
  }

  /**
   * For Electron's commands without a result: runs when the page exists, and not after it is closed.
   *
   * @param {(session: DevToolsSession) => Promise<unknown>} action
   */
  async #do(action) {
    try {
      await action(await this.#ready);
    } catch (error) {
      if (!this.#destroyed && this.#imitation.logging) process.stderr.write(`${String(error)}\n`);
    }
  }
}

/**
 * A window that is just opening cannot be resized yet, and Chromium sends no event when it can.
 *
 * @param {DevToolsSession} session
 * @param {{ windowId: number, width: number, height: number }} size
 */
async function resizeContents(session, size) {
  for (let attempt = 1; ; attempt++) {
    try {
      await session.send("Browser.setContentsSize", size);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await setTimeout(20);
    }
  }
}
