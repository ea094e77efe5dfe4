/** What React draws in the built page for an action, told by React itself. */
import { join } from "node:path";

import type { Page } from "playwright";

export interface Drawn {
  readonly commits: number;
  /** Names of the rows in which a component ran, each once. */
  readonly rows: readonly string[];
}

/** What comes of an action comes within this: the longest is a question for the tests' results. */
const AFTERWARDS_MS = 400;

/** Loads the page anew, and counts from then on. */
export async function countDrawing(page: Page): Promise<void> {
  await page.addInitScript({ path: join(__dirname, "drawing-hook.js") });
  await page.reload();
}

/** Resolves once as many rows are there as there are providers, and React has nothing left to do. */
export async function waitForRows(page: Page, providers: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.getElementsByClassName("cfgw-card").length >= count,
    providers,
  );
}

/** What is drawn from the start of `act` until a while after its end. */
export async function drawnBy(page: Page, act: () => Promise<void>): Promise<Drawn> {
  await quiet(page);
  await page.evaluate(() => {
    const drawn = Reflect.get(window, "drawn");
    drawn.commits = 0;
    drawn.rows.clear();
  });
  await act();
  await quiet(page);
  return page.evaluate(() => {
    const { commits, rows } = Reflect.get(window, "drawn");
    return { commits, rows: [...rows] };
  });
}

/** Resolves once nothing was committed for a while. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(async (ms) => {
    const drawn = Reflect.get(window, "drawn");
    for (let before = -1; before !== drawn.commits;) {
      before = drawn.commits;
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
    }
  }, AFTERWARDS_MS);
}
