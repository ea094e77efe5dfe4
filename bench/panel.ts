/** How quick the window is: from a click to the screen and the disk, and from opening to the first paint. */
import { watch } from "node:fs";
import { basename, dirname } from "node:path";

import { startDemo } from "../demo/demo";
import { DEMO_ACCOUNT_ID, DEMO_GATEWAY } from "../demo/names";
import { launchPanel, withUserHome } from "../e2e/launch";
import { loadedChunks } from "../e2e/loaded-modules";
import { PanelPage } from "../e2e/panel-page";
import { buildIfNeeded } from "../scripts/build";
import type { Row } from "./table";

const CLICKS = 60;
const OPENINGS = 15;

export async function measurePanel(): Promise<readonly Row[]> {
  buildIfNeeded();
  return [...(await measureAt(12, 50)), ...(await measureAt(500, 50))];
}

async function measureAt(providers: number, limit: number): Promise<readonly Row[]> {
  const demo = await startDemo({ providersText: textWith(providers) });
  try {
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ env: demo.env, userHome });
      const ui = new PanelPage(panel.page);
      await ui.ready();
      const chunksBefore = await loadedChunks(panel.app);
      const opened = await openings(ui);
      const clicked = await clicks(ui, demo.file);
      await panel.close();
      const at = `${providers} providers:`;
      return [
        { what: `${at} click → row painted`, unit: "ms", samples: clicked.painted, limit },
        { what: `${at} click → file on disk`, unit: "ms", samples: clicked.onDisk, limit },
        {
          what: `${at} click → confirmed in the row`,
          unit: "ms",
          samples: clicked.confirmed,
          limit,
        },
        { what: `${at} page opens → section painted`, unit: "ms", samples: opened, limit: 300 },
        {
          what: `${at} AI SDK modules before a test`,
          unit: "count",
          samples: [chunksBefore.length],
          limit: 0,
        },
      ];
    });
  } finally {
    await demo.close();
  }
}

/** mux's built-in providers, and custom ones up to `count`. */
function textWith(count: number): string {
  const own = Array.from({ length: Math.max(0, count - 12) }, (_, index) => [
    `custom-${index}`,
    {
      providerType: "openai-compatible",
      displayName: `Custom ${index}`,
      baseUrl: `https://llm-${index}.example.com/v1`,
      apiKey: `demo-key-${index}`,
    },
  ]);
  const anthropic = {
    apiKey: "demo-key",
    cloudflareGateway: { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY },
  };
  return `${JSON.stringify({ anthropic, ...Object.fromEntries(own) }, null, 2)}\n`;
}

/** Reloads the page and takes, each time, the milliseconds until the providers were painted. */
async function openings(ui: PanelPage): Promise<readonly number[]> {
  // No function in here has a name: what runs in the page cannot see how tsx keeps names.
  await ui.page.addInitScript(() => {
    const painted = new Promise<number>((resolve) => {
      new MutationObserver((_records, observer) => {
        if (document.querySelector("[role=switch]") === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }).observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { painted });
  });
  const samples: number[] = [];
  for (let index = 0; index < OPENINGS; index += 1) {
    await ui.page.reload();
    samples.push(await ui.page.evaluate((): Promise<number> => Reflect.get(window, "painted")));
  }
  return samples;
}

interface Clicked {
  readonly painted: readonly number[];
  readonly onDisk: readonly number[];
  readonly confirmed: readonly number[];
}

/** Clicks a provider's switch again and again; all times are on the clock that both processes share. */
async function clicks(ui: PanelPage, file: string): Promise<Clicked> {
  const painted: number[] = [];
  const onDisk: number[] = [];
  const confirmed: number[] = [];
  for (let index = 0; index < CLICKS; index += 1) {
    const saved = nextSave(file);
    const seen = await ui.switchOf("Anthropic").evaluate(async (element) => {
      const places = [element.closest("li"), document.querySelector("[role=status]")];
      const repainted = places.map(
        (place) =>
          new Promise<number>((resolve) => {
            if (place === null) return;
            new MutationObserver((_records, observer) => {
              observer.disconnect();
              requestAnimationFrame(() => {
                setTimeout(() => resolve(performance.timeOrigin + performance.now()));
              });
            }).observe(place, {
              attributes: true,
              characterData: true,
              childList: true,
              subtree: true,
            });
          }),
      );
      const at = performance.timeOrigin + performance.now();
      if (element instanceof HTMLElement) element.click();
      const [rowAt = Number.NaN, statusAt = Number.NaN] = await Promise.all(repainted);
      return { at, rowAt, statusAt };
    });
    painted.push(seen.rowAt - seen.at);
    confirmed.push(seen.statusAt - seen.at);
    onDisk.push((await saved) - seen.at);
  }
  return { painted, onDisk, confirmed };
}

/** When the file was next renamed into place, on the shared clock. */
function nextSave(file: string): Promise<number> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(file), (_event, name) => {
      if (name !== basename(file)) return;
      resolve(performance.timeOrigin + performance.now());
      watcher.close();
    });
  });
}
