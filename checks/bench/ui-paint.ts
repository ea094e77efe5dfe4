/** Measures the first paint of the section against an empty React page, in turn in the same window. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import react from "@vitejs/plugin-react";
import type { Page } from "playwright";
import { build } from "vite";

import { startDemo } from "../../demo/demo";
import { buildIfNeeded } from "../../scripts/build";
import { ROOT } from "../../scripts/runtime";
import { launchPanel, withUserHome } from "../driving/launch";
import { PanelPage } from "../driving/panel-page";
import { percentile, type Row } from "./table";
import { providersText } from "./ui-actions";

const ROUNDS = 25;
/** The first loads of a window, which are slower for both pages. */
const WARM_UP = 3;
const EMPTY_PAGE = "empty-page/index.html";

/** `limitMs`: how long after the empty page the section may be painted. */
export async function measurePaint(providers: number, limitMs: number): Promise<readonly Row[]> {
  buildIfNeeded();
  const app = await mkdtemp(join(tmpdir(), "bench-paint-"));
  const demo = await startDemo({ providersText: providersText(providers) });
  try {
    await buildApp(app);
    return await withUserHome(async (userHome) => {
      const panel = await launchPanel({ app, env: demo.env, userHome });
      await new PanelPage(panel.page).ready();
      const { section, empty } = await inTurn(panel.page);
      await panel.end();
      const usual = percentile(empty, 0.5);
      return [
        {
          what: `${providers} providers: section painted after an empty page would be`,
          unit: "ms",
          samples: section.map((time) => time - usual),
          medianLimit: limitMs,
          limit: null,
        },
        {
          what: `${providers} providers: section painted`,
          unit: "ms",
          samples: section,
          peer: { name: "empty React page", samples: empty },
          limit: null,
        },
      ];
    });
  } finally {
    await demo.close();
    await rm(app, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A copy of the built app with the empty page beside its own. */
async function buildApp(folder: string): Promise<void> {
  await cp(join(ROOT, "out"), join(folder, "out"), {
    recursive: true,
    filter: (path) => !path.includes("/out/") || /\/out\/(?:main|preload|renderer)\b/.test(path),
  });
  for (const file of ["index.js", "package.json"]) await cp(join(ROOT, file), join(folder, file));
  await build({
    configFile: false,
    root: join(ROOT, "checks/bench/empty-page"),
    base: "./",
    plugins: [react()],
    logLevel: "warn",
    build: { outDir: join(folder, "out/renderer/empty-page"), modulePreload: false },
  });
}

/** Loads both pages in turn. Returns the milliseconds from each navigation to the paint. */
async function inTurn(
  page: Page,
): Promise<{ readonly section: readonly number[]; readonly empty: readonly number[] }> {
  await page.addInitScript(() => {
    const painted = new Promise<number>((resolve) => {
      new MutationObserver((_records, observer) => {
        if (document.querySelector(".cfgw-card .cfgw-switch, .ready") === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      }).observe(document, { childList: true, subtree: true });
    });
    Object.assign(window, { painted });
  });
  const own = page.url();
  const other = new URL(EMPTY_PAGE, own).href;
  const devtools = await page.context().newCDPSession(page);
  const load = async (address: string): Promise<number> => {
    await page.evaluate(() => document.body.replaceChildren());
    await devtools.send("HeapProfiler.collectGarbage");
    await page.goto(address);
    return page.evaluate((): Promise<number> => Reflect.get(window, "painted"));
  };
  const section: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const times = [await load(other), await load(own)] as const;
    if (round < WARM_UP) continue;
    empty.push(times[0]);
    section.push(times[1]);
  }
  await devtools.detach();
  return { section, empty };
}
