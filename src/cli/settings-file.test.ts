import { expect, it } from "vitest";

import { windowSettingsFile } from "./settings-file";

const XDG = { XDG_CONFIG_HOME: "/etc/mia" };
const APPDATA = { APPDATA: "D:\\Data\\Roaming" };

it.each([
  ["linux", "/home/mia", {}, "/home/mia/.config/mux Settings/settings.json"],
  ["linux", "/home/mia", XDG, "/etc/mia/mux Settings/settings.json"],
  ["linux", "/home/mia", { XDG_CONFIG_HOME: "" }, "/home/mia/.config/mux Settings/settings.json"],
  [
    "darwin",
    "/Users/mia",
    XDG,
    "/Users/mia/Library/Application Support/mux Settings/settings.json",
  ],
  ["win32", "C:\\Users\\mia", APPDATA, "D:\\Data\\Roaming\\mux Settings\\settings.json"],
  ["win32", "C:\\Users\\mia", {}, "C:\\Users\\mia\\AppData\\Roaming\\mux Settings\\settings.json"],
] as const)("finds the window's settings on %s in %s with %j", (platform, homedir, env, file) => {
  expect(windowSettingsFile({ platform, homedir, env })).toBe(file);
});
