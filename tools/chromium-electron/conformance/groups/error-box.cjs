/** Shows an error box, which waits for a user. The runner ends it. */
"use strict";

const { app, dialog } = require("electron");
const { answer } = require("../answer.cjs");

async function run() {
  await app.whenReady();
  await answer("error-box-modal", () => "waits");
  dialog.showErrorBox("conformance title", "conformance text");
  await answer("error-box-modal", () => "returned");
}

void run();
