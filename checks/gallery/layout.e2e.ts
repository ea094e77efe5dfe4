/** Measures the heights of rows, their remarks and their buttons. */
import { expect } from "@playwright/test";

import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { servePage, ORIGIN } from "./build-page";
import { stateOf, test } from "./fixture";
import { ALL_WIDTHS, openState, showAt } from "./shot";

/** From this width on, a row has one line. */
const ONE_LINE_FROM = 540;
const ROW_HEIGHT = 46;
test("remarks are never cut off, and rows keep their height", async ({ galleryPage: page }) => {
  await openState(page, { ...stateOf("today-direct"), steps: [] }, "dark");
  for (const width of ALL_WIDTHS) {
    await showAt(page, width);
    const remarks = page.locator(".cfgw-remark");
    expect(await remarks.allTextContents()).toEqual(Array(3).fill("today’s mux goes direct"));
    for (const remark of await remarks.all()) {
      expect(await remark.evaluate((it) => it.scrollWidth - it.clientWidth), `${width}`).toBe(0);
    }
    if (width < ONE_LINE_FROM) continue;
    const heights = await page
      .locator(".cfgw-card")
      .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().height));
    expect([...new Set(heights)], `${width}`).toEqual([ROW_HEIGHT]);
  }
});

test("a row has a Test button instead of its drawing on a touch screen", async ({ gallery }) => {
  for (const hasTouch of [true, false]) {
    const context = await gallery.browser.newContext({ hasTouch, isMobile: hasTouch });
    await servePage(context, gallery.folder);
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/page.html?state=some-routed&theme=dark`);
    const row = page.getByRole("listitem", { name: "OpenAI" });
    await expect(row.locator(".cfgw-test-button")).toHaveCSS("opacity", hasTouch ? "1" : "0");
    await expect(row.locator(".cfgw-path")).toHaveCSS(
      "visibility",
      hasTouch ? "hidden" : "visible",
    );
    await context.close();
  }
});

test("every state has a name of its own", () => {
  const ids = GALLERY_STATES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});
