/** Counts the React commits and rendered rows of an action in the built page. */
import { join } from "node:path";

import type { Page } from "playwright";

export interface Rendered {
  readonly commits: number;
  /** Distinct names of the rows in which a component ran. */
  readonly rows: readonly string[];
}

/** All effects of an action occur within this time. The slowest one reloads the remembered tests. */
const SETTLE_MS = 400;

/** Installs the hook and reloads the page. */
export async function installHook(page: Page): Promise<void> {
  await page.addInitScript({ path: join(__dirname, "devtools-hook.js") });
  await page.reload();
}

/** Resolves when the page has rendered all rows. */
export async function waitForRows(page: Page): Promise<void> {
  await page.locator('.cfgw-list[aria-busy="false"]').waitFor();
}

/** Counts from the start of `act` until React has been idle for a while after its end. */
export async function renderedBy(page: Page, act: () => Promise<void>): Promise<Rendered> {
  await waitUntilIdle(page);
  await page.evaluate(() => {
    const rendered = Reflect.get(window, "rendered");
    rendered.commits = 0;
    rendered.rows.clear();
  });
  await act();
  await waitUntilIdle(page);
  return page.evaluate(() => {
    const { commits, rows } = Reflect.get(window, "rendered");
    return { commits, rows: [...rows] };
  });
}

/** Resolves when there has been no commit for a while. */
async function waitUntilIdle(page: Page): Promise<void> {
  await page.evaluate(async (ms) => {
    const rendered = Reflect.get(window, "rendered");
    for (let before = -1; before !== rendered.commits;) {
      before = rendered.commits;
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
    }
  }, SETTLE_MS);
}
