/** Tests the window's place, menu and theme across restarts. */
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { ElectronApplication, Locator, Page } from "playwright";

import { PRIVATE_FILE } from "../src/main/disk/testing/posix";
import { expect, test } from "./fixture";

const AWAY = { x: 90_000, y: 90_000, width: 9_000, height: 9_000 };

/** Clicks an entry of the application menu. */
function chooseEntry(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const entry = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    if (!entry) throw new Error(`The menu has no entry ${wanted}.`);
    entry.click();
  }, id);
}

function checkedTheme(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(({ Menu }) =>
    ["system", "light", "dark"].filter(
      (theme) => Menu.getApplicationMenu()?.getMenuItemById(`theme-${theme}`)?.checked,
    ),
  );
}

function bounds(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

/** Makes the page follow the app's theme instead of Playwright's. Returns a function that reads the theme. */
async function followApp(page: Page): Promise<Locator> {
  await page.emulateMedia({ colorScheme: null });
  return page.locator("html");
}

// Otherwise the fixture writes its own settings before each start.
test.use({ mirror: true });

test("keeps its place, its size and the menu's theme after a restart", async ({
  openPanel,
  userHome,
}) => {
  const first = await openPanel();
  const place = { x: 60, y: 40, width: 720, height: 640 };
  await first.app.evaluate(({ BrowserWindow }, to) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(to);
  }, place);
  expect(await checkedTheme(first.app)).toEqual(["system"]);
  const html = await followApp(first.page);
  await chooseEntry(first.app, "theme-dark");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await chooseEntry(first.app, "theme-light");
  await expect(html).toHaveAttribute("data-theme", "light");
  await chooseEntry(first.app, "theme-dark");
  await expect(html).toHaveAttribute("data-theme", "dark");
  await first.close();

  const file = join(userHome, "profile/window.json");
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ bounds: place });
  expect((await stat(file)).mode & 0o777).toBe(PRIVATE_FILE);

  const second = await openPanel();
  expect(await bounds(second.app)).toEqual(place);
  expect(await checkedTheme(second.app)).toEqual(["dark"]);
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe("dark");
  // Playwright's emulation hides the page's scheme until the app sets one again.
  const again = await followApp(second.page);
  await chooseEntry(second.app, "theme-light");
  await expect(again).toHaveAttribute("data-theme", "light");
  await chooseEntry(second.app, "theme-dark");
  await expect(again).toHaveAttribute("data-theme", "dark");
});

for (const [when, text, expected] of [
  [
    "its last display is gone",
    JSON.stringify({ version: 1, bounds: AWAY, maximized: false }),
    null,
  ],
  ["window.json cannot be read", "{", { width: 1000, height: 780 }],
] as const) {
  test(`opens on an existing display when ${when}`, async ({ openPanel, userHome }) => {
    await mkdir(join(userHome, "profile"), { mode: 0o700 });
    await writeFile(join(userHome, "profile/window.json"), text);
    const { app } = await openPanel();
    const shown = await bounds(app);
    const area = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
    expect(shown).toMatchObject(expected ?? { width: area.width, height: area.height });
    expect(shown?.x).toBeLessThan(area.x + area.width);
  });
}
