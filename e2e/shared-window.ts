/**
 * The fixture of tests that share a window. A worker keeps it open, and each test starts with a new
 * page and file. Only the main process's test results and undo steps remain from the previous test.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect } from "@playwright/test";

import type { Demo } from "../demo/demo";
import { ROOT } from "../scripts/runtime";
import { watchHomes, type Panel } from "./fixture";
import { PanelPage } from "../checks/driving/panel-page";
import { sizeOf, test as base, type SharedWindow } from "./windows";

const SAMPLE = join(ROOT, "demo/sample-home/providers.jsonc");
const CONFIG = JSON.stringify({ routePriority: ["direct", "openrouter"] }, null, 2);

interface Fixtures {
  /** The initial providers.jsonc: undefined for the sample, null for no file. */
  readonly providersText: string | null | undefined;
  /** Added to the app's environment. */
  readonly extraEnv: Readonly<Record<string, string>>;
  /** Whether the window writes the mirror, as by default. Then mux takes the route of the settings. */
  readonly mirror: boolean;
  /** Whether console errors are expected, for example a blocked navigation. */
  readonly mayComplain: boolean;
  readonly window: SharedWindow;
  readonly demo: Demo;
  readonly panel: Panel;
  readonly ui: PanelPage;
}

export const test = base.extend<Fixtures>({
  mirror: [false, { option: true }],
  extraEnv: [{}, { option: true }],
  providersText: [undefined, { option: true }],
  mayComplain: [false, { option: true }],

  window: async ({ windowOf, mirror, extraEnv }, use) => {
    await use(await windowOf({ mirror, extraEnv }));
  },

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

/** Resets the servers, and writes mux's files. */
export async function resetDemo(demo: Demo, text: string | null | undefined): Promise<void> {
  demo.cloudflare.calm();
  demo.providers.calm();
  await demo.network.up();
  const config = join(dirname(demo.file), "config.json");
  if ((await readFile(config, "utf8")) !== CONFIG) await writeFile(config, CONFIG);
  // Removes the file first, because a test may have changed its mode or kind.
  await rm(demo.file, { recursive: true, force: true, maxRetries: 10 });
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
