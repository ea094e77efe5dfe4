/** Takes the screenshots of a state in a theme at every width, and checks its accessibility. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright";

import { PanelPage } from "../driving/panel-page";
import type { GalleryState, GalleryStep } from "../../src/renderer/testing/gallery-state";
import { ORIGIN, servePage } from "./build-page";

/** mux's four themes, and forced colours. */
export const THEMES = ["light", "dark", "flexoki-light", "flexoki-dark", "forced-colors"] as const;
export type Theme = (typeof THEMES)[number];
export const WIDTHS = [375, 812, 1280] as const;
/** Around each width at which the layout changes. */
export const ALL_WIDTHS = [320, 375, 440, 520, 580, 660, 720, 812, 1000, 1180, 1280, 1600] as const;
const HEIGHT = 900;
/** Keeps temporary messages visible until the screenshot. */
const NO_CLOCKS = ".cfgw-undo-clock { animation: none !important }";
/** Later rows are of the same kinds, and axe takes minutes for five hundred rows. */
const REPEATED_ROWS = ".cfgw-list > li:nth-child(n + 41)";
const STEP_LIMIT_MS = 20_000;

export interface Shot {
  readonly state: string;
  readonly theme: Theme;
  readonly width: number;
  readonly png: Buffer;
  /** One line per finding; empty when there are none. */
  readonly violations: readonly string[];
}

/** The time of every screenshot, a few minutes after the sample reports. */
const NOW = new Date("2026-11-23T07:12:00.000Z");

/** Opens a new page with the files of `folder` for the duration of `use`. */
export async function withPage<T>(
  browser: Browser,
  folder: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  try {
    await servePage(context, folder);
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Brings the page to a state. Rejects when a step fails. */
export async function openState(page: Page, state: GalleryState, theme: Theme): Promise<void> {
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  // Where it is over nothing.
  await page.mouse.move(0, 0);
  await page.goto(`${ORIGIN}/page.html?state=${state.id}`);
  await showIn(page, theme);
  const ui = new PanelPage(page);
  page.setDefaultTimeout(STEP_LIMIT_MS);
  await page.locator(".cfgw").waitFor();
  await page.addStyleTag({ content: NO_CLOCKS });
  if (state.providers?.success === true && state.providers.data.providers.length > 0) {
    await ui.ready();
  }
  if (state.id.startsWith("many")) await page.locator('.cfgw-list[aria-busy="false"]').waitFor();
  for (const step of state.steps) await take(ui, step);
}

/** Changes the page's theme. */
export async function showIn(page: Page, theme: Theme): Promise<void> {
  const forced = theme === "forced-colors";
  await page.emulateMedia({ forcedColors: forced ? "active" : "none" });
  await page.evaluate(
    (name) => {
      document.documentElement.dataset["theme"] = name;
    },
    forced ? "dark" : theme,
  );
}

/** Shows the state that the page is in `width` CSS pixels wide, from its top. */
export async function showAt(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(async () => {
    await document.fonts.ready;
    window.scrollTo(0, 0);
  });
}

/** A state in a theme: its screenshot and findings at each width. */
export async function shoot(
  page: Page,
  state: GalleryState,
  theme: Theme,
): Promise<readonly Shot[]> {
  await openState(page, state, theme);
  const shots: Shot[] = [];
  for (const width of WIDTHS) {
    await showAt(page, width);
    const png = await page.screenshot({ fullPage: !state.cut, animations: "disabled" });
    shots.push({ state: state.id, theme, width, png, violations: await violationsOf(page, theme) });
  }
  return shots;
}

async function take(ui: PanelPage, step: GalleryStep): Promise<void> {
  switch (step.does) {
    case "open":
      return ui.open(step.row);
    case "menu":
      await ui.chip(step.row).click();
      return ui.page.getByRole("menu").waitFor();
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
      if (step.field !== "Segment") await ui.enterAnotherGateway(step.row);
      return ui.field(step.row, step.field).fill(step.text);
    case "another-gateway":
      return ui
        .details(step.row)
        .getByRole("combobox", { name: "Gateway", exact: true })
        .selectOption("another")
        .then(() => undefined);
    case "enter":
      return ui.newGateway.getByLabel(step.field).fill(step.text);
    case "press":
      await ui.page.getByRole("button", { name: step.button, exact: true }).click();
      if (step.shows !== undefined) await ui.page.getByText(step.shows).last().waitFor();
      return;
    case "choose":
      await ui.choose(step.entry);
      await ui.page.locator(".cfgw-dialog").waitFor();
      return;
    case "api-token":
      return ui.page.getByLabel("Cloudflare API token").fill(step.text);
    case "tab":
      await ui.page.getByRole("tab", { name: step.name, exact: true }).click();
      if (step.shows !== undefined) await ui.page.getByText(step.shows).last().waitFor();
      return;
    case "see":
      return ui.page.getByText(step.text).first().waitFor();
    case "mirror":
      return ui.page.getByRole("switch", { name: "Make it work in today’s mux" }).click();
    case "filter":
      return ui.page.getByRole("searchbox", { name: "Filter providers" }).fill(step.text);
    default:
      return step satisfies never;
  }
}

async function violationsOf(page: Page, theme: Theme): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
    .exclude(REPEATED_ROWS)
    .options({ resultTypes: ["violations"] });
  // With forced colours, the browser paints other colours than it reports.
  if (theme === "forced-colors") axe.disableRules("color-contrast");
  const { violations } = await axe.analyze();
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
