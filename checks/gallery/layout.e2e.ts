/** Measures what a picture shows only to an eye: heights of rows, and texts and buttons that fit. */
import { expect } from "@playwright/test";
import type { Page } from "playwright";

import { GALLERY_STATES } from "../../src/renderer/testing/gallery-states";
import { servePage, ORIGIN } from "./build-page";
import { stateOf, test } from "./fixture";
import { openState, showAt, withPage } from "./shot";

/** Around each width at which the layout changes. */
const ALL_WIDTHS = [320, 375, 440, 520, 580, 660, 720, 812, 1000, 1180, 1280, 1600] as const;
/** From this width on, a row has one line. */
const ONE_LINE_FROM = 540;
const ROW_HEIGHT = 46;
/** Each has another kind of form, card or report. */
const FITTING = [
  "environment",
  "gateways",
  "tokens-differ",
  "domain-unconfirmed",
  "long-texts",
  "foreign-host",
  "culprit-provider",
  "broken-file",
];

test("remarks are never cut off, and rows keep their height", async ({ gallery }) => {
  await withPage(gallery.browser, gallery.folder, async (page) => {
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

for (const id of FITTING) {
  test(`${id}: nothing sticks out of its card`, async ({ gallery }) => {
    await withPage(gallery.browser, gallery.folder, async (page) => {
      await openState(page, stateOf(id), "light");
      for (const width of ALL_WIDTHS) {
        await showAt(page, width);
        expect(await stickingOut(page), `${width}`).toEqual([]);
      }
    });
  });
}

test("every state is named once", () => {
  const ids = GALLERY_STATES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

/** Visible parts of a card, a notice or the pane that reach over its edge. */
function stickingOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const frames = document.querySelectorAll(
      ".cfgw-card, .cfgw-gateway, .cfgw-notice, .cfgw-strip, .cfgw-pane-content",
    );
    return [...frames].flatMap((frame) => {
      const edge = frame.getBoundingClientRect();
      return [...frame.querySelectorAll("button, input, select, p, a, label, svg")].flatMap(
        (part) => {
          const { left, right, width } = part.getBoundingClientRect();
          const isHidden = width <= 1 || part.closest(".cfgw-hidden") !== null;
          if (isHidden || (left >= edge.left - 0.5 && right <= edge.right + 0.5)) return [];
          return [
            `${part.tagName} ${part.getAttribute("class") ?? ""}: ${part.textContent?.slice(0, 40) ?? ""}`,
          ];
        },
      );
    });
  });
}
