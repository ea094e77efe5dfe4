/** The section looks as in the pictures that are kept; `npm run gallery -- --update` takes new ones. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base } from "@playwright/test";
import { chromium, type Browser } from "playwright";

import { installedChromium } from "../../scripts/runtime";
import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { buildPage } from "./build-page";
import { pictureName } from "./index-page";
import { openState, showAt, withPage, type Theme } from "./shot";

/** States without anything that moves or counts: one of each kind of thing that the section shows. */
const STATES = [
  "first-start",
  "some-routed",
  "form-wrong",
  "conflict",
  "remembered",
  "verdict-gateway",
  "culprit-provider",
  "long-texts",
] as const;

const LOOKS: readonly { readonly theme: Theme; readonly width: number }[] = [
  { theme: "dark", width: 812 },
  { theme: "light", width: 375 },
];

interface Gallery {
  readonly browser: Browser;
  readonly folder: string;
}

const test = base.extend<object, { readonly gallery: Gallery }>({
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
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});

for (const id of STATES) {
  for (const { theme, width } of LOOKS) {
    const name = pictureName(id, theme, width);
    test(`${name} is as it was`, async ({ gallery }) => {
      const state = GALLERY_STATES.find((each) => each.id === id);
      if (state === undefined) throw new Error(`There is no state ${id}.`);
      await withPage(gallery.browser, gallery.folder, async (page) => {
        await openState(page, state, theme);
        await showAt(page, width);
        // As high as a window: what is below it is of the same kinds. In a list, a name keeps its dots.
        await expect(page).toHaveScreenshot([name]);
      });
    });
  }
}
