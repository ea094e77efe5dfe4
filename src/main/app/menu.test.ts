import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, test } from "vitest";

import { mayOpenExternally } from "./addresses";
import { HELP_LINKS, menuTemplate, type MenuOptions } from "./menu";
import { aboutPanel } from "./menu-about";

const PLATFORMS = ["darwin", "win32", "linux"] as const;

function template(changes: Partial<MenuOptions> = {}) {
  return menuTemplate({
    platform: "linux",
    appName: "mux Settings",
    theme: "system",
    development: false,
    chooseTheme: () => undefined,
    openLink: () => undefined,
    revealFile: () => undefined,
    openFile: () => undefined,
    ...changes,
  });
}

/** Every entry, each followed by those of its submenu. */
function everyEntry(entries: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return entries.flatMap((entry) => [
    entry,
    ...(Array.isArray(entry.submenu) ? everyEntry(entry.submenu) : []),
  ]);
}

const roles = (changes: Partial<MenuOptions>) =>
  everyEntry(template(changes)).flatMap(({ role }) => role ?? []);

function press(entries: MenuItemConstructorOptions[], label: string): void {
  const entry = everyEntry(entries).find((each) => each.label === label);
  // The entries use none of Electron's arguments.
  const click: unknown = entry?.click;
  if (typeof click !== "function") throw new Error(`${label} does nothing.`);
  Reflect.apply(click, undefined, []);
}

describe("the application menu", () => {
  test.each(PLATFORMS)(
    "has editing, zoom, window, About and Quit entries once on %s",
    (platform) => {
      const found = roles({ platform });
      for (const role of [
        "editMenu",
        "resetZoom",
        "zoomIn",
        "zoomOut",
        "togglefullscreen",
        "windowMenu",
        "help",
        "about",
        "quit",
      ]) {
        expect(found.filter((each) => each === role)).toEqual([role]);
      }
    },
  );

  test("starts with an app menu with About, Services, Hide and Quit on macOS", () => {
    const [first] = template({ platform: "darwin" });
    expect(first?.label).toBe("mux Settings");
    const inFirst = everyEntry(first ? [first] : []).flatMap(({ role }) => role ?? []);
    expect(inFirst).toEqual(["about", "services", "hide", "hideOthers", "unhide", "quit"]);
  });

  test.each(["win32", "linux"] as const)(
    "starts with File and has no macOS roles on %s",
    (platform) => {
      expect(template({ platform })[0]?.label).toBe("&File");
      expect(roles({ platform })).not.toContain("services");
      expect(roles({ platform })).not.toContain("hide");
    },
  );

  test.each(["system", "light", "dark"] as const)(
    "checks the %s entry when that theme is active",
    (theme) => {
      const checked = everyEntry(template({ theme })).filter((entry) => entry.checked);
      expect(checked.map(({ id }) => id)).toEqual([`theme-${theme}`]);
    },
  );

  test("passes on the theme when one is chosen", () => {
    const chosen: string[] = [];
    const entries = template({ chooseTheme: (choice) => void chosen.push(choice) });
    for (const label of ["Dark", "Light", "System"]) press(entries, label);
    expect(chosen).toEqual(["dark", "light", "system"]);
  });

  test("reveals or opens the file when its entry is chosen", () => {
    const done: string[] = [];
    const entries = template({
      revealFile: () => void done.push("shown"),
      openFile: () => void done.push("opened"),
    });
    press(entries, "Show providers.jsonc");
    expect(done).toEqual(["shown"]);
    press(entries, "Open providers.jsonc");
    expect(done).toEqual(["shown", "opened"]);
  });

  test("opens only Cloudflare pages that may leave the app", () => {
    const opened: string[] = [];
    const entries = template({ openLink: (url) => void opened.push(url) });
    for (const { label } of HELP_LINKS) press(entries, label);
    expect(opened).toEqual(HELP_LINKS.map(({ url }) => url));
    expect(opened.filter((url) => !mayOpenExternally(url))).toEqual([]);
  });

  test("has developer tools only in development", () => {
    expect(roles({ development: false })).not.toContain("toggleDevTools");
    expect(roles({ development: true })).toContain("toggleDevTools");
  });
});

test.each(PLATFORMS)("lists every version in About on %s", (platform) => {
  const about = aboutPanel({
    platform,
    appName: "mux Settings",
    appVersion: "1.2.3",
    versions: { electron: "45.4.1", chrome: "144.0.1", node: "24.1.0" },
  });
  expect(about.applicationName).toBe("mux Settings");
  const shown = [about.applicationVersion, platform === "darwin" ? about.version : ""].join(" ");
  for (const version of ["1.2.3", "Electron 45.4.1", "Chromium 144.0.1", "Node.js 24.1.0"]) {
    expect(shown).toContain(version);
  }
});
