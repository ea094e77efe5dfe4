import { expect, test } from "vitest";

import { enforceSandbox } from "./sandbox";

/** An app whose `enableSandbox` removes the switch, like Electron's. */
function appWith(...switches: string[]) {
  const given = new Set(switches);
  let isEnforced = false;
  const app = {
    commandLine: { hasSwitch: (name: string) => given.has(name) },
    enableSandbox: () => {
      given.delete("no-sandbox");
      isEnforced = true;
    },
  };
  enforceSandbox(app);
  return { isEnforced, given };
}

test("enforces the sandbox when the app was started normally", () => {
  expect(appWith().isEnforced).toBe(true);
});

test("keeps --no-sandbox, which root and the AppImage need", () => {
  const { isEnforced, given } = appWith("no-sandbox");
  expect(isEnforced).toBe(false);
  expect([...given]).toEqual(["no-sandbox"]);
});
