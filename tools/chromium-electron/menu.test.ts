/** Tests that the menu refuses entries that Electron accepts without any effect. */
import { expect, test } from "vitest";

import { Menu } from "./menu.mjs";

test.each([
  ["a role that Electron does not know", { role: "togglesidebar" }, "the menu role togglesidebar"],
  ["an option that is not imitated", { label: "x", accelerator: "Ctrl+X" }, "option accelerator"],
])("refuses %s", (_, entry, message) => {
  expect(() => Menu.buildFromTemplate([entry])).toThrow(`does not imitate`);
  expect(() => Menu.buildFromTemplate([entry])).toThrow(message);
});

test("accepts roles in upper and lower case", () => {
  expect(Menu.buildFromTemplate([{ role: "toggleDevTools" }]).items[0]?.role).toBe(
    "toggledevtools",
  );
});
