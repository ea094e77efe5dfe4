/** The behaviour of Electron that the app relies on, with its source in Electron's documentation or code. */

/**
 * @typedef {object} Check
 * @property {string} id
 * @property {string} says what Electron does
 * @property {string} source in github.com/electron/electron, or an issue's number
 * @property {unknown} expected what the group's script observes
 */

const APP = "docs/api/app.md";
const WINDOW = "docs/api/browser-window.md";
const CONTENTS = "docs/api/web-contents.md";
const MENU = "lib/browser/api/menu.ts";
const SAFE = "docs/api/safe-storage.md";
const IPC = "docs/api/ipc-main.md";
const BRIDGE = "docs/api/context-bridge.md";
const SESSION = "docs/api/session.md";

/**
 * @param {string} id
 * @param {string} says
 * @param {string} source
 * @param {unknown} expected
 * @returns {Check}
 */
function check(id, says, source, expected) {
  return { id, says, source, expected };
}

/** By the script in groups/ that observes them, in its order. */
export const CHECKS = {
  start: [
    check(
      "main-module",
      "process.mainModule is undefined",
      "default_app/main.ts, #40501",
      "undefined",
    ),
    check("process-type", 'process.type is "browser"', "docs/api/process.md", "browser"),
    check("not-packaged", "a script is not a packaged app", APP, [false, true]),
    check("node-version", "the main process runs on Node 24 or later", "DEPS", true),
    check("argv", "process.argv has all switches and arguments", "docs/api/process.md", [
      true,
      "last",
    ]),
    check("switches", "app.commandLine reads the switches", "docs/api/command-line.md", [
      true,
      false,
      "given",
    ]),
    check("preloaded-module", "-r loads a module before the app", "default_app/main.ts", "object"),
    check("not-ready", "isReady() is false at first", APP, false),
    check(
      "window-before-ready",
      "a window before ready throws",
      WINDOW,
      "Cannot create BrowserWindow before app is ready",
    ),
    check(
      "screen-before-ready",
      "screen before ready throws",
      "docs/api/screen.md",
      "The 'screen' module can't be used before the app 'ready' event",
    ),
    check(
      "session-before-ready",
      "the session before ready throws",
      SESSION,
      "Session can only be received when app is ready",
    ),
    check("safe-storage-before-ready", "safeStorage is unavailable before ready", SAFE, [
      false,
      false,
      "safeStorage cannot be used before app is ready",
    ]),
    check(
      "error-box-before-ready",
      "an error box before ready does not wait on Linux",
      "docs/api/dialog.md",
      "returned",
    ),
    check("name", "setName changes the name", APP, "Conformance App"),
    check(
      "user-data-kept",
      "a later setName does not move userData",
      "shell/common/electron_paths.cc",
      true,
    ),
    check("ready", "isReady() is true after whenReady()", APP, true),
    check("unknown-scheme", "no application opens an unknown scheme on Linux", APP, ""),
    check(
      "sandbox-after-ready",
      "enableSandbox after ready throws",
      APP,
      "app.enableSandbox() can only be called before app is ready",
    ),
    check(
      "scheme-after-ready",
      "privileged schemes after ready throw",
      "docs/api/protocol.md",
      "protocol.registerSchemesAsPrivileged should be called before app is ready",
    ),
    check("displays", "there is a display with a work area", "docs/api/screen.md", [
      true,
      true,
      true,
    ]),
    check("handle-twice", "a second handler of a scheme throws", "docs/api/protocol.md", true),
    check("safe-storage", "asynchronous encryption can be reversed", SAFE, [true, false, "secret"]),
    check("safe-storage-backend", "the backend has a documented name", SAFE, "known"),
    check("exit-code", "app.exit ends the process with its code", APP, "asked"),
  ],
  menu: [
    check(
      "menu-application",
      "the application menu is the one that was set",
      "docs/api/menu.md",
      true,
    ),
    check("menu-by-id", "items are found by id in submenus, else null", "docs/api/menu.md", [
      "Link",
      null,
    ]),
    check("menu-radio-moves", "clicking a radio item moves its group's mark first", MENU, [
      [false, true, true],
      "two true",
    ]),
    check("menu-radio-stays", "clicking it again keeps the mark", MENU, [false, true, true]),
    check(
      "menu-click",
      "click() calls the item's function",
      "lib/browser/api/menu-item.ts",
      "link",
    ),
    check("menu-role-submenu", "the role editMenu fills its menu", "docs/api/menu-item.md", true),
    check("menu-role-label", "a role has a default label", "docs/api/menu-item.md", "Edit"),
    check(
      "menu-unknown-type",
      "an unknown type throws",
      "lib/browser/api/menu-item.ts",
      "Unknown menu item type: toggle",
    ),
    check(
      "menu-empty-item",
      "an item without label, role and type throws",
      MENU,
      "Invalid template for MenuItem: must have at least one of label, role or type",
    ),
    check(
      "menu-not-an-array",
      "a template that is not an array throws",
      MENU,
      "Invalid template for Menu: Menu template must be an array",
    ),
    check("menu-separators", "separators at the edges and doubled ones are dropped", MENU, 3),
    check(
      "menu-role-before-click",
      "a role replaces the item's own click",
      "lib/browser/api/menu-item.ts",
      "quit only",
    ),
  ],
  window: [
    check("hidden", "show: false hides a window, which still counts", WINDOW, [false, 1]),
    check("loads-hidden", "a hidden window emits did-finish-load", CONTENTS, true),
    check(
      "paints-hidden",
      "a hidden window emits ready-to-show (not always on Wayland)",
      `${WINDOW}, #48859`,
      true,
    ),
    check(
      "focus-hidden",
      "focus() does not show a hidden window",
      "shell/browser/native_window_views.cc",
      false,
    ),
    check("show", "show() emits show", WINDOW, [true, true]),
    check("hide", "hide() emits hide", WINDOW, [true, false]),
    check("size", "the window has the given size", WINDOW, [500, 400]),
    check("minimum-size", "a window is never smaller than its minimum", WINDOW, 300),
    check(
      "normal-bounds",
      "getNormalBounds() ignores that the window is maximized",
      WINDOW,
      "kept",
    ),
    check("window-of-contents", "windows are found by contents and id", WINDOW, [true, true]),
    check("url", "getURL() is the loaded URL", CONTENTS, true),
    check("title", "executeJavaScript returns its result", CONTENTS, "page"),
    check(
      "load-error",
      "a failed load rejects with code and errno, and emits did-fail-load",
      CONTENTS,
      [true, "string", "number", true],
    ),
    check("close-events", "close() emits close and closed", WINDOW, ["close", "closed"]),
    check("destroyed", "a method of a closed window throws", WINDOW, [
      true,
      "Object has been destroyed",
      "number",
    ]),
    check("no-windows", "a closed window is not listed", WINDOW, 0),
    check("destroy-emits-closed-only", "destroy() emits closed alone", WINDOW, ["closed"]),
  ],
  page: [
    check(
      "scheme-page",
      "a handled scheme serves a page and its script after the preload",
      "docs/api/protocol.md",
      ["page", "object"],
    ),
    check(
      "policy-inline",
      "the response's policy blocks inline code",
      "docs/tutorial/security.md",
      null,
    ),
    check("secure-context", "a secure scheme is a secure context", "docs/api/protocol.md", true),
    check("local-storage", "a standard scheme has localStorage", "docs/api/protocol.md", "1"),
    check(
      "contents-url",
      "getURL() has the app's scheme, query and fragment",
      CONTENTS,
      "app://panel/index.html?x=1#top",
    ),
    check(
      "fetch-own-scheme",
      "fetch() of a scheme without supportFetchAPI fails",
      "docs/api/structures/custom-scheme.md",
      "TypeError",
    ),
    check(
      "fetch-network",
      "the policy blocks fetch() of a network URL",
      "docs/tutorial/security.md",
      "TypeError",
    ),
    check("no-node", "the page has no Node and no Electron", "docs/tutorial/context-isolation.md", [
      "undefined",
      "undefined",
      "undefined",
      "undefined",
    ]),
    check(
      "preload-sandbox",
      "a sandboxed preload cannot load Node's modules",
      "docs/tutorial/sandbox.md",
      { fs: "module not found: fs", sandboxed: true, isolated: true, type: "renderer" },
    ),
    check("bridge-frozen", "the exposed API is frozen and stays", BRIDGE, [true, true, false]),
    check("invoke", "invoke clones its value in both directions", IPC, [[1, null], 5]),
    check(
      "invoke-error",
      "a handler's error reaches the page as text",
      IPC,
      "Error: Error invoking remote method 'throw': TypeError: no such thing",
    ),
    check(
      "invoke-unhandled",
      "a channel without a handler rejects",
      IPC,
      "Error: Error invoking remote method 'unhandled': Error: No handler registered for 'unhandled'",
    ),
    check("sender-frame", "an event has its live frame", "docs/api/web-frame-main.md", [
      "app://panel/index.html?x=1#top",
      "app://panel",
      null,
      false,
      true,
    ]),
    check("send-to-page", "webContents.send reaches the preload's listener", CONTENTS, {
      value: 1,
    }),
    check(
      "send-uncloneable",
      "a function cannot be sent",
      CONTENTS,
      "Failed to serialize arguments",
    ),
    check("window-open", "a denied window.open returns null and opens nothing", CONTENTS, [
      true,
      ["https://example.com/opened"],
      1,
    ]),
    check("will-navigate", "a prevented navigation stays on the page", CONTENTS, [
      ["https://example.com/away"],
      true,
    ]),
    check("permission-query", "the check handler decides a permission's state", SESSION, [
      "denied",
      "denied",
      "denied",
      "granted",
    ]),
    check("permission-origin", "the check handler gets the contents and the origin", SESSION, true),
    check("permission-each-use", "a permission handler is called at each use", SESSION, [
      true,
      true,
    ]),
    check(
      "sender-frame-gone",
      "senderFrame is null or throws after a navigation",
      "docs/api/structures/ipc-main-invoke-event.md",
      ["app://panel/index.html?x=1#top", "gone"],
    ),
    check(
      "crash",
      "a crash emits render-process-gone, and senderFrame is null or throws",
      CONTENTS,
      [true, "gone"],
    ),
    check("reload-after-crash", "reload() loads the page again after a crash", CONTENTS, [
      true,
      "page",
    ]),
  ],
  quit: [
    check(
      "unload-prevented",
      "a page's beforeunload keeps the window open without a dialog",
      WINDOW,
      [true, false, ["close"]],
    ),
    check("quit-prevented", "and cancels quitting", "shell/browser/browser.cc", [
      true,
      false,
      ["before-quit", "close"],
    ]),
    check(
      "page-closes-window",
      "a page's window.close() emits closed alone",
      "shell/browser/native_window.cc",
      ["closed", "window-all-closed"],
    ),
    check("close-prevented", "preventing close cancels quitting", APP, [
      false,
      ["before-quit", "close"],
    ]),
    check("quit-order", "quitting closes windows first, and will-quit can be prevented", APP, [
      "before-quit",
      "close",
      "closed",
      "will-quit",
      "before-quit",
      "will-quit",
      "quit 0",
    ]),
  ],
  instance: [
    check("first-lock", "the first process has the single-instance lock", APP, true),
    check("second-lock", "a second one does not get it", APP, false),
    check("second-instance", "the first one hears its arguments and data", APP, [
      true,
      { from: "conformance" },
    ]),
    check("lock-released", "the lock can be released", APP, false),
  ],
  "error-box": [
    check("error-box-modal", "an error box waits for a user", "docs/api/dialog.md", "waits"),
  ],
  runner: [
    check(
      "run-as-node",
      "ELECTRON_RUN_AS_NODE starts plain Node",
      "docs/api/environment-variables.md",
      "3",
    ),
    check(
      "stderr",
      "Chromium may write to stderr, and stdout has the app's lines alone",
      "docs/api/environment-variables.md",
      true,
    ),
  ],
};
