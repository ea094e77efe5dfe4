/** Tests the state of `app` without a window. */
import { expect, test } from "vitest";

import { App } from "./app.mjs";

function createApp(switches = new Map<string, string>()) {
  const found = { name: "first", version: "1.0.0", appPath: "/", isSandboxed: true };
  return new App({ ...found, switches, windows: () => [] });
}

// Electron's shell/common/electron_paths.cc: Chromium computes a path once.
test("keeps userData when the name changes after its first use", () => {
  const app = createApp();
  app.setName("second");
  const used = app.getPath("userData");
  app.setName("third");

  expect(used).toMatch(/second$/);
  expect(app.getPath("userData")).toBe(used);
});

test("removes --no-sandbox from the command line when the sandbox is enforced", () => {
  const app = createApp(new Map([["no-sandbox", ""]]));
  app.enableSandbox();

  expect(app.commandLine.hasSwitch("no-sandbox")).toBe(false);
});
