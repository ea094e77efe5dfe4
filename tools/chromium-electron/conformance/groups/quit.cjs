/** Closing and quitting, with a page that prevents them. */
"use strict";

const { app, BrowserWindow } = require("electron");
const { answer, emits } = require("../answer.cjs");

/** @type {string[]} */
const events = [];
for (const name of /** @type {const} */ (["before-quit", "window-all-closed", "will-quit"])) {
  app.on(/** @type {"will-quit"} */ (name), () => void events.push(name));
}

async function open(guarded = true) {
  const window = new BrowserWindow({ show: false });
  window.on("close", () => void events.push("close"));
  window.on("closed", () => void events.push("closed"));
  await window.loadURL("data:text/html,<h1>page</h1>");
  const guard =
    "addEventListener('beforeunload', (event) => { if (!window.mayLeave) event.preventDefault(); }); 1";
  if (guarded) await window.webContents.executeJavaScript(guard, true);
  return window;
}

async function run() {
  await app.whenReady();
  const window = await open();
  await answer("unload-prevented", async () => {
    events.length = 0;
    const prevented = emits(window.webContents, "will-prevent-unload");
    window.close();
    return [await prevented, window.isDestroyed(), events];
  });
  await answer("quit-prevented", async () => {
    events.length = 0;
    const prevented = emits(window.webContents, "will-prevent-unload");
    app.quit();
    return [await prevented, window.isDestroyed(), events];
  });
  await answer("page-closes-window", async () => {
    events.length = 0;
    const closed = emits(app, "window-all-closed");
    void window.webContents
      .executeJavaScript("window.mayLeave = true; window.close(); 1", true)
      .catch(() => {});
    await closed;
    return events;
  });
  const second = await open(false);
  await answer("close-prevented", async () => {
    events.length = 0;
    second.once("close", (event) => event.preventDefault());
    app.quit();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return [second.isDestroyed(), events];
  });
  events.length = 0;
  app.once("will-quit", (event) => {
    event.preventDefault();
    setImmediate(() => app.quit());
  });
  app.on("quit", (_event, code) => {
    void answer("quit-order", () => [...events, `quit ${code}`]);
  });
  app.quit();
}

void run();
