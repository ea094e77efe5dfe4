/**
 * Measures how long many providers take to be routed at once, from the click until the page shows it.
 * Functions that run in the page are anonymous, as in ui-actions.ts.
 */
import { DEMO_FIELDS } from "../../demo/names";
import { startDemo } from "../../demo/demo";
import { launchPanel, withUserHome } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { buildIfNeeded } from "../../scripts/build";
import type { Row } from "./table";
import { nextSave, openings } from "./ui-actions";

const RUNS = 8;
/** Not counted: the first one is compiled. */
const WARM_UP = 1;
/** Opening renders every row once; this action renders each for the click and for the result. */
const RATIO = 1.5;

/** The text of a file with one routed provider and `count` others that can be routed at once. */
function readyText(count: number): string {
  const others = Array.from({ length: count }, (_, index) => [
    `custom-${index}`,
    {
      providerType: "openai-compatible",
      displayName: `Custom ${index}`,
      baseUrl: "https://api.groq.com/openai/v1",
      apiKey: `demo-key-${index}`,
    },
  ]);
  const anthropic = { apiKey: "demo-key", cloudflareGateway: DEMO_FIELDS };
  return `${JSON.stringify({ anthropic, ...Object.fromEntries(others) }, null, 2)}\n`;
}

/**
 * One action routes all, and one Undo takes them back, in turn. Every row changes, so opening the page,
 * which renders every row too, is the peer.
 */
export async function measureRouteAll(count: number): Promise<readonly Row[]> {
  buildIfNeeded();
  const demo = await startDemo({ providersText: readyText(count) });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await ui.ready();
      const { inFull } = await openings(ui, count + 1, RUNS);
      const peer = { name: "opening the page", samples: inFull };
      await ui.ready();
      const painted: number[] = [];
      const onDisk: number[] = [];
      for (let run = 0; run < WARM_UP + RUNS; run += 1) {
        const measured = await routeAll(ui, demo.file, count);
        if (run >= WARM_UP) {
          painted.push(measured.painted);
          onDisk.push(measured.onDisk);
        }
      }
      await panel.end();
      return [
        { ...rowOf(count, "click → every row painted", painted), ratioLimit: RATIO, peer },
        rowOf(count, "click → file on disk", onDisk),
      ];
    });
  } finally {
    await demo.close();
  }
}

function rowOf(count: number, what: string, samples: readonly number[]): Row {
  return { what: `${count} providers routed at once: ${what}`, unit: "ms", samples, limit: null };
}

async function routeAll(ui: PanelPage, file: string, count: number) {
  // Found without accessible names, which take seconds to compute for 500 rows.
  await ui.page.locator(".cfgw-strip-menu").click();
  await ui.page.locator('[role="menuitem"]', { hasText: /^Route/ }).click();
  const button = ui.page.locator('[role="alertdialog"] button', { hasText: /^Route/ });
  const saved = nextSave(file);
  const seen = await button.evaluate(async (element, all) => {
    const shown = new Promise<number>((resolve) => {
      new MutationObserver((_records, observer) => {
        const on = document.querySelectorAll('.cfgw-card [role="switch"][aria-checked="true"]');
        if (on.length < all) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          setTimeout(() => resolve(performance.timeOrigin + performance.now()));
        });
      }).observe(document.body, { attributes: true, childList: true, subtree: true });
    });
    const at = performance.timeOrigin + performance.now();
    if (element instanceof HTMLElement) element.click();
    return { at, shown: await shown };
  }, count + 1);
  const onDisk = (await saved) - seen.at;
  await ui.page.locator(".cfgw-undo button").first().waitFor();
  // By keyboard, because a slow page may hide the message with the button by now.
  await ui.page.keyboard.press("ControlOrMeta+z");
  await ui.page
    .locator('.cfgw-card [role="switch"][aria-checked="true"]')
    .nth(1)
    .waitFor({ state: "detached" });
  return { painted: seen.shown - seen.at, onDisk };
}
