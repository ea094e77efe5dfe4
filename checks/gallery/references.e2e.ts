/** The section looks as in the pictures that are kept; `npm run gallery -- --update` takes them anew. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base } from "@playwright/test";
import { chromium, type Browser } from "playwright";

import { installedChromium } from "../../scripts/runtime";
import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { buildPage } from "./build-page";
import { comparePictures } from "./compare-pictures";
import { pictureName } from "./index-page";
import { REFERENCE_FOLDER, REFERENCES } from "./references";
import { openState, pictureAt, withPage } from "./shot";

/**
 * Between what another way of drawing letters makes of a picture and what a small mistake does, as the
 * worst square of each of the 16 pictures (0 to 255): letters on whole pixels (Chromium's
 * `--disable-font-subpixel-positioning`) 16 to 24; rows 2 px further apart up to 168, 4 px up to 227;
 * no marks 58 to 124 where there are any; a grey button for a blue one 134. A card without its border
 * (9) is not told from letters.
 */
const TOLERANCE = 32;

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

for (const { state: id, theme, width } of REFERENCES) {
  const name = pictureName(id, theme, width);
  test(`${name} is as it was`, async ({ gallery }, info) => {
    const state = GALLERY_STATES.find((each) => each.id === id);
    if (state === undefined) throw new Error(`There is no state ${id}.`);
    const png = await withPage(gallery.browser, gallery.folder, async (page) => {
      await openState(page, state, theme);
      // As high as a window: what is below it is of the same kinds.
      return pictureAt(page, { ...state, cut: true }, width);
    });
    const file = join(REFERENCE_FOLDER, name);
    if (info.config.updateSnapshots === "all") {
      await mkdir(REFERENCE_FOLDER, { recursive: true });
      await writeFile(file, png);
      return;
    }
    await info.attach(name, { body: png, contentType: "image/png" });
    const difference = comparePictures(await readFile(file), png, TOLERANCE);
    if (process.env["GALLERY_FIGURES"]) console.log(name, JSON.stringify(difference));
    expect(difference).toMatchObject({ squares: 0 });
  });
}
