/**
 * For tests that need no window of their own, which is what most of a test's time goes into: a worker
 * keeps one open, and each test begins on a fresh page over a fresh file. Only what the main process
 * remembers, results of tests and steps to undo, is still there from the test before.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { test as base, expect } from "@playwright/test";
import type { Page } from "playwright";

import { startDemo, type Demo } from "../demo/demo";
import { ROOT } from "../scripts/runtime";
import { watchHomes, type Panel } from "./fixture";
import { launchPanel, withUserHome, type LaunchedPanel } from "../checks/driving/launch";
import { PanelPage } from "../checks/driving/panel-page";

const SAMPLE = join(ROOT, "demo/sample-home/providers.jsonc");

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface SharedWindow {
  readonly demo: Demo;
  readonly userHome: string;
  readonly launched: LaunchedPanel;
  /** Of the page, as it was opened. */
  readonly size: Size;
}

interface Fixtures {
  /** The providers.jsonc to start with: undefined for the sample's, null for none. */
  readonly providersText: string | null | undefined;
  /** Whether the page may complain on its console (a refused navigation, say). */
  readonly mayComplain: boolean;
  readonly demo: Demo;
  readonly panel: Panel;
  readonly ui: PanelPage;
}

export const test = base.extend<Fixtures, { readonly window: SharedWindow }>({
  providersText: [undefined, { option: true }],
  mayComplain: [false, { option: true }],

  window: [
    async ({}, use) => {
      const demo = await startDemo();
      await withUserHome(async (userHome) => {
        const launched = await launchPanel({ env: demo.env, userHome, withoutMirror: demo.file });
        await use(await sharedWindow(demo, userHome, launched));
        await launched.end();
      });
      await demo.close();
    },
    { scope: "worker" },
  ],

  demo: async ({ window, providersText }, use) => {
    await resetDemo(window.demo, providersText);
    const untouched = await watchHomes(window.userHome);
    await use(window.demo);
    await untouched();
  },

  panel: async ({ window, demo, mayComplain }, use) => {
    const { launched } = window;
    await freshPage(window);
    const [lines, complaints] = [launched.log().length, launched.complaints.length];
    const ui = new PanelPage(launched.page);
    await expect(launched.page.locator(".cfgw-intro")).toContainText(demo.file);
    await ui.ready();
    await use({
      ...launched,
      log: () => launched.log().slice(lines),
      get complaints() {
        return launched.complaints.slice(complaints);
      },
      ui,
    });
    if (!mayComplain) expect(launched.complaints.slice(complaints)).toEqual([]);
  },

  ui: async ({ panel }, use) => {
    await use(panel.ui);
  },
});

export { expect };

/** A window that was just opened, once it shows the file. Unlike the product's, it never stays over unsaved text. */
export async function sharedWindow(
  demo: Demo,
  userHome: string,
  launched: LaunchedPanel,
): Promise<SharedWindow> {
  await new PanelPage(launched.page).ready();
  await launched.app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.on("will-prevent-unload", (event) => event.preventDefault());
    }
  });
  return { demo, userHome, launched, size: await sizeOf(launched.page) };
}

/** The servers do the usual, nothing was asked of them, and the file has that text. */
export async function resetDemo(demo: Demo, text: string | null | undefined): Promise<void> {
  demo.cloudflare.calm();
  demo.providers.calm();
  await demo.network.up();
  // Away with whatever mode or kind of file a test has made of it.
  await rm(demo.file, { recursive: true, force: true });
  if (text === null) return;
  await writeFile(demo.file, text ?? (await readFile(SAMPLE, "utf8")), { mode: 0o600 });
}

/** The page as a start of the app shows it. What runs in it, or is typed and not saved, is given up first. */
export async function freshPage({ demo, launched, size }: SharedWindow): Promise<void> {
  const { page } = launched;
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: null });
  const now = await sizeOf(page);
  if (now.width !== size.width || now.height !== size.height) await page.setViewportSize(size);
  await page.reload();
  demo.clearRequests();
}

/** Of what the page has for itself, in CSS pixels. */
function sizeOf(page: Page): Promise<Size> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
}
