/** A window: hidden, shown, moved, maximized, closed. */
"use strict";

const { app, BrowserWindow } = require("electron");
const { answer, emits, thrownBy } = require("../answer.cjs");

const PAGE = "data:text/html,<title>page</title><h1 style='font-size:99px'>hello</h1>";

async function run() {
  await app.whenReady();
  app.on("window-all-closed", () => {});
  const window = new BrowserWindow({ show: false, width: 500, height: 400, minWidth: 300 });
  const { webContents } = window;
  const painted = emits(window, "ready-to-show", 10_000);
  const loaded = emits(webContents, "did-finish-load", 10_000);
  await window.loadURL(PAGE);
  await answer("hidden", () => [window.isVisible(), BrowserWindow.getAllWindows().length]);
  await answer("loads-hidden", () => loaded);
  await answer("paints-hidden", () => painted);
  await answer("focus-hidden", () => {
    window.focus();
    return window.isVisible();
  });
  await answer("show", async () => {
    const shown = emits(window, "show");
    window.show();
    return [await shown, window.isVisible()];
  });
  await answer("hide", async () => {
    const hidden = emits(window, "hide");
    window.hide();
    return [await hidden, window.isVisible()];
  });
  window.show();
  await answer("size", () => {
    const { width, height } = window.getBounds();
    return [width, height];
  });
  await answer("minimum-size", () => {
    window.setBounds({ width: 100, height: 350 });
    return window.getBounds().width;
  });
  await answer("normal-bounds", async () => {
    const before = window.getNormalBounds();
    const maximized = emits(window, "maximize");
    window.maximize();
    // A display server without a window manager maximizes nothing.
    if (!(await maximized)) return "kept";
    const { width, height } = window.getNormalBounds();
    const isKept = width === before.width && height === before.height;
    const isLarger = window.getBounds().width > before.width;
    return isKept && isLarger ? "kept" : "changed";
  });
  await answer("window-of-contents", () => [
    BrowserWindow.fromWebContents(webContents) === window,
    BrowserWindow.fromId(window.id) === window,
  ]);
  await answer("url", () => webContents.getURL().startsWith("data:text/html"));
  await answer("title", async () => {
    const { title } = JSON.parse(
      await webContents.executeJavaScript("JSON.stringify({ title: document.title })"),
    );
    return title;
  });
  await answer("load-error", async () => {
    const failed = emits(webContents, "did-fail-load");
    /** @type {any} */
    const error = await window
      .loadURL("http://127.0.0.1:1/")
      .catch((/** @type {unknown} */ reason) => reason);
    return [
      await failed,
      typeof error?.code,
      typeof error?.errno,
      error?.message?.includes("loading 'http://127.0.0.1:1/'"),
    ];
  });
  await answer("close-events", async () => {
    /** @type {string[]} */
    const events = [];
    window.on("close", () => void events.push("close"));
    window.on("closed", () => void events.push("closed"));
    webContents.on("destroyed", () => void events.push("destroyed"));
    const closed = emits(window, "closed", 10_000);
    await window.loadURL(PAGE);
    window.close();
    await closed;
    return events.filter((event) => event !== "destroyed");
  });
  await answer("destroyed", () => [
    window.isDestroyed(),
    thrownBy(() => window.isVisible()),
    typeof window.id,
  ]);
  await answer("no-windows", () => BrowserWindow.getAllWindows().length);
  await answer("destroy-emits-closed-only", async () => {
    const other = new BrowserWindow({ show: false });
    /** @type {string[]} */
    const events = [];
    other.on("close", () => void events.push("close"));
    other.on("closed", () => void events.push("closed"));
    other.destroy();
    return events;
  });
  app.exit(0);
}

void run();
