/** The preload script of the page's checks. */
"use strict";

const { contextBridge, ipcRenderer } = require("electron");

/** @param {string} name */
function tryRequire(name) {
  try {
    require(name);
    return "found";
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

contextBridge.exposeInMainWorld("api", {
  ask: (/** @type {string} */ channel, /** @type {unknown} */ value) =>
    ipcRenderer.invoke(channel, value),
  onNews: (/** @type {(value: unknown) => void} */ listener) => {
    const forward = (/** @type {unknown} */ _event, /** @type {unknown} */ value) =>
      listener(value);
    ipcRenderer.on("news", forward);
    return () => ipcRenderer.off("news", forward);
  },
  facts: {
    fs: tryRequire("fs"),
    sandboxed: process.sandboxed,
    isolated: process.contextIsolated,
    type: process.type,
  },
});
