import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { rememberedMirror } from "./panel-settings";
import { applyRememberedTheme, chooseTheme, type ThemeTarget } from "./theme";

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
  await rm(directory, { recursive: true, force: true });
});

function mirrorOf(name: string) {
  const providersFile = `/home/${name}/.mux/providers.jsonc`;
  return rememberedMirror({ settingsFile, providersFile, mirror: true, log });
}

test("the theme is the system's until one is chosen, which then holds at the next start", async () => {
  const target: ThemeTarget = { themeSource: "light" };
  expect(await applyRememberedTheme(target, settingsFile, log)).toBe("system");
  expect(target.themeSource).toBe("system");

  await chooseTheme(target, "dark", settingsFile, log);
  expect(target.themeSource).toBe("dark");

  const later: ThemeTarget = { themeSource: "system" };
  expect(await applyRememberedTheme(later, settingsFile, log)).toBe("dark");
  expect(later.themeSource).toBe("dark");
});

test("the theme and the mirrors are kept side by side, even when they change at once", async () => {
  const target: ThemeTarget = { themeSource: "system" };
  const saved = await Promise.all([
    mirrorOf("ana").change(false),
    chooseTheme(target, "light", settingsFile, log),
    mirrorOf("bo").change(false),
    chooseTheme(target, "dark", settingsFile, log),
  ]);
  expect(saved.every(({ success }) => success)).toBe(true);
  expect(await mirrorOf("ana").isOn()).toBe(false);
  expect(await mirrorOf("bo").isOn()).toBe(false);
  expect(await mirrorOf("cleo").isOn()).toBe(true);
  expect(await applyRememberedTheme(target, settingsFile, log)).toBe("dark");
});

test("settings of before there were themes are read, and stay", async () => {
  const homes = [{ file: "/home/ana/.mux/providers.jsonc", mirror: false }];
  settingsFile = join(directory, "settings.json");
  await writeFile(settingsFile, JSON.stringify({ version: 1, homes }));
  const target: ThemeTarget = { themeSource: "dark" };
  expect(await applyRememberedTheme(target, settingsFile, log)).toBe("system");
  await chooseTheme(target, "light", settingsFile, log);
  expect(JSON.parse(await readFile(settingsFile, "utf8"))).toEqual({
    version: 1,
    homes,
    theme: "light",
  });
});

test("a theme that this version does not know is the system's, and costs no other setting", async () => {
  const homes = [{ file: "/home/ana/.mux/providers.jsonc", mirror: false }];
  settingsFile = join(directory, "settings.json");
  await writeFile(settingsFile, JSON.stringify({ version: 1, homes, theme: "sepia" }));
  const target: ThemeTarget = { themeSource: "dark" };
  expect(await applyRememberedTheme(target, settingsFile, log)).toBe("system");
  expect(await mirrorOf("ana").isOn()).toBe(false);
  expect(warnings).toEqual([]);
});

test("a theme that cannot be remembered is shown all the same, and said", async () => {
  await writeFile(join(directory, "profile"), "a file where the folder should be");
  const target: ThemeTarget = { themeSource: "system" };
  expect(await chooseTheme(target, "dark", settingsFile, log)).toMatchObject({ success: false });
  expect(target.themeSource).toBe("dark");
  expect(warnings).toHaveLength(1);
});
