/**
 * The windows that tests share, because opening one takes most of a test's time. Both fixtures of the
 * end-to-end tests build on this one, because a test with other worker fixtures needs another worker.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base } from "@playwright/test";
import type { Page } from "playwright";

import { launchPanel, type LaunchedPanel } from "../checks/driving/launch";
import { PanelPage } from "../checks/driving/panel-page";
import { startDemo, type Demo } from "../demo/demo";

/** The properties of a window that are fixed when it starts. */
export interface WindowKind {
  /** Whether the window writes the mirror, as by default. */
  readonly mirror: boolean;
  /** Added to the app's environment. */
  readonly extraEnv: Readonly<Record<string, string>>;
}

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

export interface WorkerFixtures {
  /** The worker's window of a kind, opened on first use. */
  readonly windowOf: (kind: WindowKind) => Promise<SharedWindow>;
}

/** How many windows a worker keeps open. */
const MOST_WINDOWS = 2;

export const test = base.extend<object, WorkerFixtures>({
  windowOf: [
    async ({}, use) => {
      /** By kind, with the last used one at the end. */
      const open = new Map<string, SharedWindow>();
      await use(async (kind) => {
        const key = JSON.stringify([kind.mirror, Object.entries(kind.extraEnv)]);
        const window = open.get(key) ?? (await openWindow(kind));
        open.delete(key);
        open.set(key, window);
        const [oldest] = open;
        if (open.size > MOST_WINDOWS && oldest !== undefined) {
          open.delete(oldest[0]);
          await closeWindow(oldest[1]);
        }
        return window;
      });
      await Promise.all([...open.values()].map(closeWindow));
    },
    { scope: "worker" },
  ],
});

async function openWindow({ mirror, extraEnv }: WindowKind): Promise<SharedWindow> {
  const demo = await startDemo();
  const userHome = await mkdtemp(join(tmpdir(), "mux-settings-user-"));
  const launched = await launchPanel({
    env: { ...demo.env, ...extraEnv },
    userHome,
    ...(mirror ? {} : { withoutMirror: demo.file }),
  });
  return sharedWindow(demo, userHome, launched);
}

async function closeWindow({ demo, userHome, launched }: SharedWindow): Promise<void> {
  await launched.end();
  await demo.close();
  await rm(userHome, { recursive: true, force: true, maxRetries: 10 });
}

/** Waits until the window shows the file. Unlike in the product, unsaved text does not keep it open. */
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

/** The page's inner size, in CSS pixels. */
export function sizeOf(page: Page): Promise<Size> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
}
