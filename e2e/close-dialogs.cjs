/** Loaded before the app with `electron -r`: writes error boxes to stderr, because a test cannot close a modal one. */
"use strict";

const { app, dialog } = require("electron");

dialog.showErrorBox = (title, content) => {
  // Electron then writes to stderr itself, and shows no box (docs/api/dialog.md).
  const isHidden = process.platform === "linux" && !app.isReady();
  process.stderr.write(`${isHidden ? "No error box: " : "Error box: "}${title}\n${content}\n`);
};
