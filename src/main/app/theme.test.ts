import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { rememberedMirror } from "../config/remembered-mirror";
import { chooseTheme, openThemeSettings, rememberedTheme, type ThemeTarget } from "./theme";
import { removeDirectory } from "../text/testing/remove-directory";

const warnings: string[] = [];
const log = { info: () => undefined, warn: (message: string) => void warnings.push(message) };

let directory: string;
let settingsFile: string;
beforeEach(async () => {
  warnings.length = 0;
  directory = await mkdtemp(join(tmpdir(), "theme-"));
  settingsFile = join(directory, "profile", "settings.json");
});
afterEach(async () => {
  await removeDirectory(directory);
});

const settings = () => openThemeSettings(settingsFile, log);

function mirrorOf(name: string) {
  const providersFile = `/home/${name}/.mux/providers.jsonc`;
  return rememberedMirror({ settingsFile, providersFile, mirror: true, log });
}

test("uses the system theme until one is chosen, and the chosen one after a restart", async () => {
  const target: ThemeTarget = { themeSource: "light" };
  expect(await rememberedTheme(settings())).toBe("system");

  await chooseTheme(target, "dark", settings(), log);
  expect(target.themeSource).toBe("dark");
  expect(await rememberedTheme(settings())).toBe("dark");
});

test("keeps the theme and the mirror settings when both change at the same time", async () => {
  const target: ThemeTarget = { themeSource: "system" };
  const themes = settings();
  const saved = await Promise.all([
    mirrorOf("ana").change(false),
    chooseTheme(target, "light", themes, log),
    mirrorOf("bo").change(false),
    chooseTheme(target, "dark", themes, log),
  ]);
  expect(saved.every(({ success }) => success)).toBe(true);
  expect(await mirrorOf("ana").isOn()).toBe(false);
  expect(await mirrorOf("bo").isOn()).toBe(false);
  expect(await mirrorOf("cleo").isOn()).toBe(true);
  expect(await rememberedTheme(settings())).toBe("dark");
});

test("reads and keeps the other settings when the file has no theme", async () => {
  const homes = [{ file: "/home/ana/.mux/providers.jsonc", mirror: false }];
  settingsFile = join(directory, "settings.json");
  await writeFile(settingsFile, JSON.stringify({ version: 1, homes }));
  const target: ThemeTarget = { themeSource: "dark" };
  expect(await rememberedTheme(settings())).toBe("system");
  await chooseTheme(target, "light", settings(), log);
  expect(JSON.parse(await readFile(settingsFile, "utf8"))).toEqual({
    version: 1,
    homes,
    theme: "light",
  });
});

test("uses the system theme and keeps other settings when the theme is unknown", async () => {
  const homes = [{ file: "/home/ana/.mux/providers.jsonc", mirror: false }];
  settingsFile = join(directory, "settings.json");
  await writeFile(settingsFile, JSON.stringify({ version: 1, homes, theme: "sepia" }));
  expect(await rememberedTheme(settings())).toBe("system");
  expect(await mirrorOf("ana").isOn()).toBe(false);
  expect(warnings).toEqual([]);
});

test("writes a new file with the members that version 0.1.0 expects", async () => {
  await chooseTheme({ themeSource: "system" }, "dark", settings(), log);
  expect(JSON.parse(await readFile(settingsFile, "utf8"))).toEqual({
    version: 1,
    homes: [],
    theme: "dark",
  });
});

test("applies the theme and logs a warning when it cannot be saved", async () => {
  await writeFile(join(directory, "profile"), "a file in place of the folder");
  const target: ThemeTarget = { themeSource: "system" };
  expect(await chooseTheme(target, "dark", settings(), log)).toMatchObject({ success: false });
  expect(target.themeSource).toBe("dark");
  expect(warnings).toHaveLength(1);
});
