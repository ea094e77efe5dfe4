/**
 * Compares each state with its reference pictures, and checks that no part extends beyond its card.
 * `npm run gallery -- --update` takes new pictures.
 */
import { expect } from "@playwright/test";
import type { Page } from "playwright";

import { stateOf, test } from "./fixture";
import { pictureName } from "./index-page";
import { ALL_WIDTHS, openState, showAt, showIn, type Theme } from "./shot";

/** States without animations or counters, one for each kind of content. */
const PICTURED = [
  "first-start",
  "some-routed",
  "form-wrong",
  "conflict",
  "remembered",
  "verdict-gateway",
  "culprit-provider",
  "long-texts",
];
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

const LOOKS: readonly { readonly theme: Theme; readonly width: number }[] = [
  { theme: "dark", width: 812 },
  { theme: "light", width: 375 },
];

for (const id of new Set([...PICTURED, ...FITTING])) {
  const isPictured = PICTURED.includes(id);
  const isFitting = FITTING.includes(id);
  const does = [
    ...(isPictured ? ["looks like its pictures"] : []),
    ...(isFitting ? ["keeps everything inside its cards"] : []),
  ];
  test(`${id} ${does.join(" and ")}`, async ({ galleryPage: page }) => {
    await openState(page, stateOf(id), "dark");
    for (const { theme, width } of isPictured ? LOOKS : []) {
      await showIn(page, theme);
      await showAt(page, width);
      // The first screen is enough: the rest has the same kinds of content. The name is in a list, because
      // Playwright would replace its dots otherwise.
      await expect.soft(page).toHaveScreenshot([pictureName(id, theme, width)]);
    }
    for (const width of isFitting ? ALL_WIDTHS : []) {
      await showAt(page, width);
      expect.soft(await stickingOut(page), `${width}`).toEqual([]);
    }
  });
}

/** Visible parts that extend beyond the edge of their card, notice or pane. */
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
