/**
 * The fixture of tests that share a window, because opening one takes most of a test's time. A worker
 * keeps it open, and each test starts with a new page and file. Only the main process's test results
 * and undo steps remain from the previous test.
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
  /** The page's initial size. */
  readonly size: Size;
}

interface Fixtures {
  /** The initial providers.jsonc: undefined for the sample, null for no file. */
  readonly providersText: string | null | undefined;
  /** Whether console errors are expected, for example a blocked navigation. */
  readonly mayComplain: boolean;
  readonly demo: Demo;
  readonly panel: Panel;
  readonly ui: PanelPage;
}

interface WorkerFixtures {
  /** Whether the window writes the mirror, as by default. Then mux takes the route of the settings. */
  readonly mirror: boolean;
  readonly window: SharedWindow;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  mirror: [false, { option: true, scope: "worker" }],
  providersText: [undefined, { option: true }],
  mayComplain: [false, { option: true }],

  window: [
    async ({ mirror }, use) => {
      const demo = await startDemo();
      await withUserHome(async (userHome) => {
        const launched = await launchPanel({
          env: demo.env,
          userHome,
          ...(mirror ? {} : { withoutMirror: demo.file }),
        });
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
    await expect(launched.page.locator(".cfgw-footer")).toContainText(demo.file);
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

/** Opens a window and waits until it shows the file. Unlike in the product, unsaved text does not keep it open. */
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

/** Resets the servers and their recorded requests, and writes the file. */
export async function resetDemo(demo: Demo, text: string | null | undefined): Promise<void> {
  demo.cloudflare.calm();
  demo.providers.calm();
  await demo.network.up();
  // Removes the file first, because a test may have changed its mode or kind.
  await rm(demo.file, { recursive: true, force: true });
  if (text === null) return;
  await writeFile(demo.file, text ?? (await readFile(SAMPLE, "utf8")), { mode: 0o600 });
}

/** Reloads the page. Stops its tests and discards unsaved text first. */
export async function freshPage({ demo, launched, size }: SharedWindow): Promise<void> {
  const { page } = launched;
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: null });
  const now = await sizeOf(page);
  if (now.width !== size.width || now.height !== size.height) await page.setViewportSize(size);
  await page.reload();
  demo.clearRequests();
}

/** The page's inner size, in CSS pixels. */
function sizeOf(page: Page): Promise<Size> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
}
