/** Tests what the menu refuses beyond Electron: entries that would do nothing there. */
import { expect, test } from "vitest";

import { Menu } from "./menu.mjs";

test.each([
  ["a role that Electron does not know", { role: "togglesidebar" }, "the menu role togglesidebar"],
  ["an option that is not imitated", { label: "x", accelerator: "Ctrl+X" }, "option accelerator"],
])("refuses %s", (_, entry, message) => {
  expect(() => Menu.buildFromTemplate([entry])).toThrow(`does not imitate`);
  expect(() => Menu.buildFromTemplate([entry])).toThrow(message);
});

test("knows roles in any case", () => {
  expect(Menu.buildFromTemplate([{ role: "toggleDevTools" }]).items[0]?.role).toBe(
    "toggledevtools",
  );
});
