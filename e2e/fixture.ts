/** The fixture of end-to-end tests with their own window: a demo, an app, and the common checks. */
import { lstat, mkdtemp, readFile, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "@playwright/test";

import { startDemo, type Demo } from "../demo/demo";
import { launchPanel, type LaunchedPanel } from "../checks/driving/launch";
import { PanelPage } from "../checks/driving/panel-page";
import { test as base } from "./windows";

export interface Panel extends LaunchedPanel {
  readonly ui: PanelPage;
}

interface Fixtures {
  /** The initial providers.jsonc: undefined for the sample, null for no file. */
  readonly providersText: string | null | undefined;
  /** Added to the app's environment. */
  readonly extraEnv: Readonly<Record<string, string>>;
  /** Whether the window writes the mirror, as by default; the documentation's block has no mirror. */
  readonly mirror: boolean;
  /** Whether console errors are expected, for example a blocked navigation. */
  readonly mayComplain: boolean;
  readonly demo: Demo;
  readonly userHome: string;
  /** Opens the app again, after the previous one was closed. */
  readonly openPanel: () => Promise<Panel>;
  readonly panel: Panel;
  readonly ui: PanelPage;
}

export const test = base.extend<Fixtures>({
  providersText: [undefined, { option: true }],
  extraEnv: [{}, { option: true }],
  mirror: [false, { option: true }],
  mayComplain: [false, { option: true }],

  demo: async ({ providersText }, use) => {
    const demo = await startDemo(providersText === undefined ? {} : { providersText });
    await use(demo);
    await demo.close();
  },

  userHome: async ({}, use) => {
    const userHome = await mkdtemp(join(tmpdir(), "mux-settings-user-"));
    const untouched = await watchHomes(userHome);
    await use(userHome);
    await untouched();
    await rm(userHome, { recursive: true, force: true, maxRetries: 10 });
  },

  openPanel: async ({ demo, userHome, extraEnv, mirror, mayComplain }, use) => {
    const opened: LaunchedPanel[] = [];
    await use(async () => {
      const launched = await launchPanel({
        env: { ...demo.env, ...extraEnv },
        userHome,
        ...(mirror ? {} : { withoutMirror: demo.file }),
      });
      opened.push(launched);
      const ui = new PanelPage(launched.page);
      // All later writes of the test go to this home.
      await expect(launched.page.locator(".cfgw-footer")).toContainText(demo.file);
      return { ...launched, ui };
    });
    await Promise.all(opened.map((launched) => launched.end()));
    if (!mayComplain) expect(opened.flatMap((launched) => launched.complaints)).toEqual([]);
  },

  panel: async ({ openPanel }, use) => {
    const panel = await openPanel();
    await panel.ui.ready();
    await use(panel);
  },

  ui: async ({ panel }, use) => {
    await use(panel.ui);
  },
});

export { expect };

/** The text of the demo's file. */
export function textOf(demo: Demo): Promise<string> {
  return readFile(demo.file, "utf8");
}

/** Call it at the end: checks that neither the real home nor the temporary user home was changed. */
export async function watchHomes(userHome: string): Promise<() => Promise<void>> {
  const before = await realHomes();
  return async () => {
    expect(await realHomes()).toEqual(before);
    expect(await exists(join(userHome, ".mux"))).toBe(false);
    expect(await exists(join(userHome, ".xum"))).toBe(false);
  };
}

async function realHomes(): Promise<readonly (number | null)[]> {
  const files = [".mux", ".xum", ".mux/providers.jsonc", ".xum/providers.jsonc"];
  return Promise.all(files.map((file) => changedAt(join(homedir(), file))));
}

async function changedAt(path: string): Promise<number | null> {
  try {
    return (await lstat(path)).mtimeMs;
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await changedAt(path)) !== null;
}
