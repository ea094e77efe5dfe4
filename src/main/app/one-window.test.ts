import { setImmediate } from "node:timers/promises";

import { expect, test } from "vitest";

import { keepOneWindow } from "./one-window";

/** An app that takes a turn to open its window. */
function createApp() {
  const calls: string[] = [];
  const failures: unknown[] = [];
  const window = {
    isMinimized: () => false,
    restore: () => void calls.push("restore"),
    show: () => void calls.push("show"),
    focus: () => void calls.push("focus"),
  };
  const state: { window: typeof window | undefined; hasDisplay: boolean } = {
    window: undefined,
    hasDisplay: true,
  };
  const show = keepOneWindow({
    current: () => state.window,
    open: async () => {
      calls.push("open");
      await setImmediate();
      if (!state.hasDisplay) throw new Error("no display");
      state.window = window;
    },
    onFailure: (error) => void failures.push(error),
  });
  return { calls, failures, window, state, show };
}

test("opens one window when it is asked twice in quick succession", async () => {
  const { calls, show } = createApp();
  await Promise.all([show(), show()]);
  expect(calls).toEqual(["open"]);
});

// Electron's `focus` does nothing to a hidden window (shell/browser/native_window_views.cc).
test("shows the window when it is still hidden", async () => {
  const { calls, state, window, show } = createApp();
  state.window = window;
  await show();
  expect(calls).toEqual(["show", "focus"]);
});

test("restores the window when it is minimized", async () => {
  const { calls, state, window, show } = createApp();
  state.window = { ...window, isMinimized: () => true };
  await show();
  expect(calls).toEqual(["restore", "show", "focus"]);
});

test("opens a window when the previous one was closed", async () => {
  const { calls, state, show } = createApp();
  await show();
  state.window = undefined;
  await show();
  expect(calls).toEqual(["open", "open"]);
});

test("reports a failure once and tries again at the next start", async () => {
  const { calls, failures, state, show } = createApp();
  state.hasDisplay = false;
  await Promise.all([show(), show()]);
  expect(failures).toHaveLength(1);
  await show();
  expect(calls).toEqual(["open", "open"]);
});
