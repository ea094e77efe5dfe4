/** The gallery's page in a browser, built once for all tests of a worker. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { test as base } from "@playwright/test";
import { chromium, type Browser, type Page } from "playwright";

import { installedChromium } from "../../scripts/runtime";
import type { GalleryState } from "../../src/renderer/testing/gallery-state";
import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { buildPage } from "./build-page";
import { withPage } from "./shot";

export interface Gallery {
  readonly browser: Browser;
  /** Where the built page is. */
  readonly folder: string;
}

interface WorkerFixtures {
  readonly gallery: Gallery;
  /** The page in which the tests open their states, one after another. */
  readonly galleryPage: Page;
}

export const test = base.extend<object, WorkerFixtures>({
  gallery: [
    async ({}, use) => {
      const executablePath = installedChromium();
      if (executablePath === null) throw new Error("Neither Chrome nor Chromium is installed.");
      const folder = await mkdtemp(join(tmpdir(), "mux-gallery-"));
      await buildPage(folder);
      const args = (process.env["GALLERY_BROWSER_ARGS"] ?? "").split(" ").filter(Boolean);
      const chromiumSandbox = process.getuid?.() !== 0;
      const browser = await chromium.launch({ executablePath, chromiumSandbox, args });
      await use({ browser, folder });
      await browser.close();
      await rm(folder, { recursive: true, maxRetries: 10 });
    },
    { scope: "worker" },
  ],

  galleryPage: [
    async ({ gallery: { browser, folder } }, use) => {
      await withPage(browser, folder, use);
    },
    { scope: "worker" },
  ],
});

/** The state with this name. Throws if the gallery does not have it. */
export function stateOf(id: string): GalleryState {
  const state = GALLERY_STATES.find((each) => each.id === id);
  if (state === undefined) throw new Error(`The gallery has no state ${id}.`);
  return state;
}
