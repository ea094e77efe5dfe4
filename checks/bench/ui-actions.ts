/**
 * Measures user actions in the window: opening it, clicking a switch, typing. The page and this process
 * share one clock. Functions that run in the page are anonymous, because tsx wraps named functions in a
 * helper that the page does not have.
 */
import { watch } from "node:fs";
import { basename, dirname } from "node:path";

import { DEMO_FIELDS } from "../../demo/names";
import type { PanelPage } from "../driving/panel-page";

const CLICKS = 40;
const OPENINGS = 20;
const TYPED = "a-gateway-with-a-rather-long-name-of-its-own";
const BETWEEN_KEYS_MS = 40;

/** The text of a file that makes `count` providers appear: one routed, the others built-in or custom. */
export function providersText(count: number): string {
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
    cloudflareGateway: DEMO_FIELDS,
  };
  return `${JSON.stringify({ anthropic, ...Object.fromEntries(own) }, null, 2)}\n`;
}

export interface Opened {
  /** Milliseconds from the start of the navigation until the first providers were painted. */
  readonly painted: readonly number[];
  /** Milliseconds until the last row was painted. */
  readonly inFull: readonly number[];
}

/** Measures repeated reloads of the page. */
export async function openings(
  ui: PanelPage,
  providers: number,
  times = OPENINGS,
): Promise<Opened> {
  await ui.page.addInitScript((count) => {
    const painted = new Promise<number>((resolve) => {
      new MutationObserver((_records, observer) => {
        if (document.querySelector(".cfgw-card .cfgw-switch") === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }).observe(document, { childList: true, subtree: true });
    });
    const inFull = new Promise<number>((resolve) => {
      new MutationObserver((_records, observer) => {
        if (document.getElementsByClassName("cfgw-card").length < count) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }).observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { opened: Promise.all([painted, inFull]) });
  }, providers);
  const painted: number[] = [];
  const inFull: number[] = [];
  const devtools = await ui.page.context().newCDPSession(ui.page);
  for (let index = 0; index < times; index += 1) {
    // A new window has no old page to unload, so that work is done before the reload.
    await ui.page.evaluate(() => document.body.replaceChildren());
    await devtools.send("HeapProfiler.collectGarbage");
    await ui.page.reload();
    const [first, last] = await ui.page.evaluate((): Promise<readonly [number, number]> =>
      Reflect.get(window, "opened"),
    );
    painted.push(first);
    inFull.push(last);
  }
  await devtools.detach();
  return { painted, inFull };
}

export interface Clicked {
  readonly painted: readonly number[];
  readonly onDisk: readonly number[];
}

/** Measures repeated clicks on a provider's switch. */
export async function clicks(ui: PanelPage, file: string): Promise<Clicked> {
  const painted: number[] = [];
  const onDisk: number[] = [];
  // Found once, because searching 500 rows by name would warm up the measured code.
  const toggle = await ui.switchOf("Anthropic").elementHandle();
  if (toggle === null) throw new Error("Anthropic has no switch.");
  for (let index = 0; index < CLICKS; index += 1) {
    const saved = nextSave(file);
    const seen = await toggle.evaluate(async (element) => {
      const places = [
        element.closest("li"),
        document.querySelector(".cfgw > .cfgw-hidden[role=status]"),
      ];
      const repainted = places.map(
        (place) =>
          new Promise<number>((resolve, reject) => {
            if (place === null) return reject(new Error("The page has no status element."));
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
      // The next click waits until this one has been announced.
      const [rowAt = Number.NaN] = await Promise.all(repainted);
      return { at, rowAt };
    });
    painted.push(seen.rowAt - seen.at);
    onDisk.push((await saved) - seen.at);
  }
  return { painted, onDisk };
}

/** Types into a provider's form. Returns the milliseconds from each key press to its paint. */
export async function keys(ui: PanelPage): Promise<readonly number[]> {
  await ui.open("Anthropic");
  await ui.enterAnotherGateway("Anthropic");
  const field = ui.field("Anthropic", "Gateway name");
  await field.evaluate((element) => {
    const samples: number[] = [];
    Object.assign(window, { typed: samples });
    element.addEventListener("keydown", ({ timeStamp }) => {
      requestAnimationFrame(() => {
        setTimeout(() => samples.push(performance.now() - timeStamp));
      });
    });
  });
  await field.pressSequentially(TYPED, { delay: BETWEEN_KEYS_MS });
  await ui.page.waitForFunction(
    (count) => Reflect.get(window, "typed").length >= count,
    TYPED.length,
  );
  const samples = await ui.page.evaluate((): readonly number[] => Reflect.get(window, "typed"));
  await field.press("Escape");
  return samples;
}

/** The time of the next rename into place, on the shared clock. */
export function nextSave(file: string): Promise<number> {
  return new Promise((resolve) => {
    const watcher = watch(dirname(file), (_event, name) => {
      if (name !== basename(file)) return;
      resolve(performance.timeOrigin + performance.now());
      watcher.close();
    });
  });
}
