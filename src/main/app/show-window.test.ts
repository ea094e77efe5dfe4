import { EventEmitter, once } from "node:events";

import { expect, test } from "vitest";

import { showWhenPainted } from "./show-window";

/** A window without a page. */
class BareWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  readonly calls: string[] = [];
  isDestroyed = () => false;
  isVisible = () => this.calls.includes("show");
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

test("reports a crash when the window is hidden, and not when it is shown", () => {
  const { window, crashes } = open(LONG_MS);
  crash(window);
  expect(crashes.map(({ name }) => name)).toEqual(["PageCrash"]);
  window.emit("ready-to-show");
  crash(window);
  expect(crashes).toHaveLength(1);
  window.emit("closed");
});
