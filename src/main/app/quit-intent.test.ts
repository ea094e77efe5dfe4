import { EventEmitter } from "node:events";

import { expect, test } from "vitest";

import { endAfterQuit } from "./quit-intent";

/** Emits what Electron emits: docs/api/app.md and shell/browser/browser.cc. */
function open(platform: NodeJS.Platform) {
  const state = { quits: 0 };
  const app = Object.assign(new EventEmitter(), { quit: () => void (state.quits += 1) });
  const onWindowClosing = endAfterQuit(app, platform);
  return {
    state,
    /** Cmd+Q. The window's `close` follows in the same turn. */
    quit: () => {
      app.emit("before-quit");
      onWindowClosing();
    },
    closeButton: onWindowClosing,
    /** The page's own `window.close()` after the question emits no `close`. */
    windowGone: () => app.emit("window-all-closed"),
  };
}

test("ends the app on macOS when the user quits and then discards the unsaved text", () => {
  const { state, quit, windowGone } = open("darwin");
  quit();
  windowGone();
  expect(state.quits).toBe(1);
});

test("keeps the app on macOS when only the window is closed", () => {
  const { state, closeButton, windowGone } = open("darwin");
  closeButton();
  windowGone();
  expect(state.quits).toBe(0);
});

test("keeps the app on macOS when the user goes on editing and closes the window later", () => {
  const { state, quit, closeButton, windowGone } = open("darwin");
  quit();
  closeButton();
  windowGone();
  expect(state.quits).toBe(0);
});

test("forgets the quit on macOS when a new window is opened", () => {
  const { state, quit, closeButton, windowGone } = open("darwin");
  quit();
  windowGone();
  closeButton();
  windowGone();
  expect(state.quits).toBe(1);
});

test.each(["linux", "win32"] as const)("ends the app on %s when its window closes", (platform) => {
  const { state, closeButton, windowGone } = open(platform);
  closeButton();
  windowGone();
  expect(state.quits).toBe(1);
});
