/** One state in one theme: the steps that lead to it, then at each width its picture and what is wrong with it. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";

import { PanelPage } from "../e2e/panel-page";
import type { GalleryState, GalleryStep } from "../src/renderer/testing/gallery-states";
import { ORIGIN } from "./build-page";

export const THEMES = ["light", "dark", "flexoki-light", "flexoki-dark"] as const;
export type Theme = (typeof THEMES)[number];
export const WIDTHS = [375, 812, 1280] as const;
const HEIGHT = 900;
/** Rows after these are of the same kinds, and axe takes minutes for five hundred. */
const REPEATED_ROWS = ".cfgw-list > li:nth-child(n + 41)";
const STEP_LIMIT_MS = 5_000;

export interface Shot {
  readonly state: string;
  readonly theme: Theme;
  readonly width: number;
  readonly png: Buffer;
  /** A line each; empty when all is well. */
  readonly violations: readonly string[];
}

/** Rejects when a step cannot be done: the state is then not what its name says. */
export async function shoot(
  page: Page,
  state: GalleryState,
  theme: Theme,
): Promise<readonly Shot[]> {
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  await page.goto(`${ORIGIN}/page.html?state=${state.id}&theme=${theme}`);
  const ui = new PanelPage(page);
  page.setDefaultTimeout(STEP_LIMIT_MS);
  await page.locator(".cfgw").waitFor();
  if (state.providers?.success === true && state.providers.data.providers.length > 0) {
    await ui.ready();
  }
  if (state.id.startsWith("many")) await everyRowDrawn(page, state);
  for (const step of state.steps) await take(ui, step);
  const shots: Shot[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.evaluate(async () => {
      await document.fonts.ready;
      window.scrollTo(0, 0);
    });
    const png = await page.screenshot({ fullPage: !state.cut, animations: "disabled" });
    shots.push({ state: state.id, theme, width, png, violations: await violationsOf(page) });
  }
  return shots;
}

async function take(ui: PanelPage, step: GalleryStep): Promise<void> {
  switch (step.does) {
    case "open":
      return ui.open(step.row);
    case "switch":
      return ui.switchOf(step.row).click();
    case "test": {
      const button = ui
        .row(step.row)
        .getByRole("button", { name: `Test ${step.row}`, exact: true });
      await button.click();
      return ui.report(step.row).waitFor();
    }
    case "show-last":
      return ui.badge(step.row).click();
    case "type":
      return ui.field(step.row, step.field).fill(step.text);
    case "press":
      return ui.page.getByRole("button", { name: step.button, exact: true }).click();
    case "filter":
      return ui.page.getByRole("textbox", { name: "Filter providers" }).fill(step.text);
    default:
      return step satisfies never;
  }
}

/** A long list is drawn bit by bit; what is not drawn yet cannot be checked. */
async function everyRowDrawn(page: Page, { providers }: GalleryState): Promise<void> {
  const count = providers?.success === true ? providers.data.providers.length : 0;
  await page.waitForFunction(
    (wanted) => document.querySelectorAll(".cfgw-list > li").length >= wanted,
    count,
  );
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .exclude(REPEATED_ROWS)
    .options({ resultTypes: ["violations"] })
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none][0]?.message ?? "";
      return `${id}: ${target.join(" ")} (${why})`;
    }),
  );
  const overflows = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  return overflows ? [...found, "overflow: the page scrolls sideways"] : found;
}
