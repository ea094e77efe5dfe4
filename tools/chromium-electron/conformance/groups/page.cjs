/** A page on a scheme of the app, with a preload script, messages, navigation and permissions. */
"use strict";

const path = require("node:path");

const { app, BrowserWindow, ipcMain, protocol, session } = require("electron");
const { answer, emits } = require("../answer.cjs");

const HEADERS = {
  "content-type": "text/html",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
};
const HTML =
  '<title>page</title><script>window.inline = true</script><script src="script.js"></script><h1>page</h1>';

protocol.registerSchemesAsPrivileged([
  { scheme: "app", privileges: { standard: true, secure: true } },
]);

/** @param {Request} request */
function serve({ url }) {
  const { pathname } = new URL(url);
  if (pathname === "/script.js") {
    return new Response("window.ran = typeof window.api", {
      headers: { "content-type": "text/javascript" },
    });
  }
  if (pathname === "/missing") return new Response("", { status: 404 });
  return new Response(HTML, { headers: HEADERS });
}

/**
 * A frame whose document is gone is null, or throws when it is read.
 *
 * @param {Electron.IpcMainInvokeEvent | undefined} event
 */
function stateOf(event) {
  try {
    return event?.senderFrame?.url ? "alive" : "gone";
  } catch {
    return "gone";
  }
}

async function run() {
  await app.whenReady();
  /** @type {unknown[]} */
  const permissions = [];
  session.defaultSession.setPermissionCheckHandler((contents, permission, origin) => {
    permissions.push(["check", contents !== null, permission, origin]);
    return permission === "clipboard-sanitized-write";
  });
  session.defaultSession.setPermissionRequestHandler((contents, permission, allow) => {
    permissions.push(["request", contents !== null, permission]);
    allow(permission === "clipboard-sanitized-write");
  });
  protocol.handle("app", serve);
  const window = new BrowserWindow({
    webPreferences: { preload: path.join(__dirname, "preload.cjs"), sandbox: true },
  });
  const { webContents } = window;
  /** @type {string[]} */
  const opened = [];
  webContents.setWindowOpenHandler(({ url }) => {
    opened.push(url);
    return { action: "deny" };
  });
  /** @type {string[]} */
  const navigations = [];
  webContents.on("will-navigate", (event) => {
    navigations.push(event.url);
    event.preventDefault();
  });
  /** @type {Electron.IpcMainInvokeEvent | undefined} */
  let lastEvent;
  ipcMain.handle("echo", (event, value) => {
    lastEvent = event;
    return value;
  });
  ipcMain.handle("where", ({ sender, senderFrame }) => [
    senderFrame?.url,
    senderFrame?.origin,
    senderFrame?.parent ?? null,
    senderFrame?.detached,
    sender === webContents,
  ]);
  ipcMain.handle("throw", () => {
    throw new TypeError("no such thing");
  });
  await window.loadURL("app://panel/index.html?x=1#top");
  const inPage = (/** @type {string} */ code) => webContents.executeJavaScript(code, true);

  await answer("scheme-page", () => inPage("[document.title, window.ran]"));
  await answer("policy-inline", () => inPage("window.inline ?? null"));
  await answer("secure-context", () => inPage("isSecureContext"));
  await answer("local-storage", () =>
    inPage("localStorage.setItem('a', '1'), localStorage.getItem('a')"),
  );
  await answer("contents-url", () => webContents.getURL());
  await answer("fetch-own-scheme", () =>
    inPage("fetch('script.js').then(() => 'fetched', ({ name }) => name)"),
  );
  await answer("fetch-network", () =>
    inPage("fetch('https://example.com/').then(() => 'fetched', ({ name }) => name)"),
  );
  await answer("no-node", () =>
    inPage("[typeof require, typeof process, typeof module, typeof ipcRenderer]"),
  );
  await answer("preload-sandbox", () => inPage("window.api.facts"));
  await answer("bridge-frozen", () =>
    inPage(
      "[Object.isFrozen(window.api), Object.isFrozen(window.api.facts), Reflect.deleteProperty(window, 'api')]",
    ),
  );
  await answer("invoke", () =>
    inPage(
      "window.api.ask('echo', { list: [1, null], when: new Date(5) }).then(({ list, when }) => [list, when.getTime()])",
    ),
  );
  await answer("invoke-error", () => inPage("window.api.ask('throw').catch(String)"));
  await answer("invoke-unhandled", () => inPage("window.api.ask('unhandled').catch(String)"));
  await answer("sender-frame", () => inPage("window.api.ask('where')"));
  await answer("send-to-page", async () => {
    const heard = inPage(
      "new Promise((resolve) => { const stop = window.api.onNews((value) => { stop(); resolve(value); }); })",
    );
    await inPage("1");
    webContents.send("news", { value: 1 });
    return heard;
  });
  await answer("send-uncloneable", () => {
    try {
      webContents.send("news", () => {});
      return "sent";
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  });
  await answer("window-open", async () => [
    await inPage("window.open('https://example.com/opened') === null"),
    opened,
    BrowserWindow.getAllWindows().length,
  ]);
  await answer("will-navigate", async () => {
    const asked = emits(webContents, "will-navigate");
    await inPage("location.assign('https://example.com/away'); 1");
    await asked;
    return [navigations, webContents.getURL().startsWith("app://panel/")];
  });
  await answer("permission-query", () =>
    inPage(
      "Promise.all(['geolocation', 'notifications', 'clipboard-read', 'clipboard-write'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))",
    ),
  );
  await answer("permission-origin", () =>
    permissions.some(
      (call) => JSON.stringify(call) === '["check",true,"geolocation","app://panel/"]',
    ),
  );
  await answer("permission-each-use", async () => {
    const count = () => permissions.filter((call) => String(call).includes("clipboard")).length;
    window.focus();
    const before = count();
    await inPage("navigator.clipboard.writeText('one').catch(String)");
    const once = count();
    await inPage("navigator.clipboard.writeText('two').catch(String)");
    return [once > before, count() > once];
  });
  await answer("sender-frame-gone", async () => {
    await inPage("window.api.ask('echo', 1)");
    const before = lastEvent?.senderFrame?.url;
    await window.loadURL("app://panel/second.html");
    return [before, stateOf(lastEvent)];
  });
  await answer("crash", async () => {
    await inPage("window.api.ask('echo', 1)");
    const gone = new Promise((resolve) => {
      webContents.once("render-process-gone", (_event, { reason }) => resolve(reason));
    });
    webContents.forcefullyCrashRenderer();
    return [["crashed", "killed"].includes(String(await gone)), stateOf(lastEvent)];
  });
  await answer("reload-after-crash", async () => {
    const loaded = emits(webContents, "did-finish-load", 10_000);
    window.reload();
    return [await loaded, await inPage("document.title")];
  });
  app.exit(0);
}

void run();
