/** Loaded before the app with `electron -r`: writes error boxes to stderr, because a test cannot close a modal one. */
"use strict";

const { dialog } = require("electron");

dialog.showErrorBox = (title, content) => process.stderr.write(`${title}\n${content}\n`);
