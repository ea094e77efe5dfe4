import { EventEmitter, once } from "node:events";

import { expect, test } from "vitest";

import { showWhenPainted } from "./show-window";

/** A window without a page. */
class BareWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  readonly calls: string[] = [];
  isDestroyed = () => false;
  isVisible = () => this.calls.includes("show");
  reload = () => {
    this.calls.push("reload");
    this.emit("reload");
  };
  maximize = () => void this.calls.push("maximize");
  show = () => {
    this.calls.push("show");
    this.emit("show");
  };
}

const LONG_MS = 60_000;

function open(limitMs: number) {
  const window = new BareWindow();
  const crashes: Error[] = [];
  const onCrash = (error: Error) => void crashes.push(error);
  showWhenPainted(window, { maximized: true, limitMs, onCrash });
  return { window, crashes };
}

const crash = ({ webContents }: BareWindow) =>
  webContents.emit("render-process-gone", {}, { reason: "crashed" });

test("shows the window once when the page is painted", () => {
  const { window } = open(LONG_MS);
  expect(window.calls).toEqual([]);
  window.emit("ready-to-show");
  expect(window.calls).toEqual(["maximize", "show"]);
});

test("shows the window when the page is never painted", async () => {
  const { window, crashes } = open(1);
  await once(window, "show");
  expect(window.calls).toEqual(["maximize", "show"]);
  expect(crashes).toEqual([]);
});

// Electron's docs/api/web-contents.md: both are emitted whether or not the window is shown.
test.each(["did-finish-load", "did-fail-load"])(
  "shows the window at %s when ready-to-show is never emitted, as on Wayland",
  (event) => {
    const { window } = open(LONG_MS);
    window.webContents.emit(event);
    expect(window.calls).toEqual(["maximize", "show"]);
    window.emit("ready-to-show");
    expect(window.calls).toEqual(["maximize", "show"]);
  },
);

test("reports a crash when the window is hidden", () => {
  const { window, crashes } = open(LONG_MS);
  crash(window);
  expect(crashes.map(({ name }) => name)).toEqual(["PageCrash"]);
  expect(window.calls).toEqual([]);
  window.emit("closed");
});

test("reloads the page when it crashes in a visible window, and reports a second crash", async () => {
  const { window, crashes } = open(LONG_MS);
  window.emit("ready-to-show");
  const reloaded = once(window, "reload");
  crash(window);
  await reloaded;
  expect(crashes).toEqual([]);
  crash(window);
  expect(crashes).toHaveLength(1);
});

// Electron's shell/browser/native_window_mac.mm, `IsVisible`: false while minimized or covered.
test("reloads the page of a minimized window when it crashes on macOS", async () => {
  const { window, crashes } = open(LONG_MS);
  window.emit("ready-to-show");
  window.isVisible = () => false;
  const reloaded = once(window, "reload");
  crash(window);
  await reloaded;
  expect(crashes).toEqual([]);
});

test("leaves a window minimized when the page finishes loading later", () => {
  const { window } = open(LONG_MS);
  window.emit("ready-to-show");
  window.isVisible = () => false;
  window.webContents.emit("did-finish-load");
  expect(window.calls).toEqual(["maximize", "show"]);
});

test("ignores the end of the page's process when the window is closed", () => {
  const { window, crashes } = open(LONG_MS);
  window.isDestroyed = () => true;
  crash(window);
  expect(crashes).toEqual([]);
  window.emit("closed");
});
