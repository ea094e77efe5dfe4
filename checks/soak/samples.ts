/** Samples the resources of both processes after each round and checks that they do not grow. */
import { setTimeout as wait } from "node:timers/promises";

import type { CDPSession } from "playwright";

import type { Check } from "./check";
import { heapOfMain, type Heap } from "./heap";
import { differenceOf, holdingsOfMain, sizeOfPage, type Holdings, type PageSize } from "./measure";
import type { Setup } from "./setup";

/** Allowed growth. Without a leak, the minimum of three samples varies by about half as much. */
const MAX_GROWTH = {
  main: 0.05,
  page: 0.1,
  /** As for nodes: an element that Playwright holds keeps its listeners. */
  listeners: 0.5,
  /** Playwright keeps the element of a wait that timed out: a closed row with a report is 177 nodes. */
  nodes: 0.5,
} as const;
/** The fraction of samples that is ignored while caches fill and code is compiled. */
const WARM_UP = 0.2;
/**
 * The number of samples at each end, of which the minimum counts. Temporary memory, such as
 * Playwright's while it waits for an element, only raises a sample; a leak raises all of them.
 */
const SIDE = 3;
const MAX_LOOKS = 10;
/** Idle keep-alive connections close within this time. */
const SETTLED_MS = 10_000;

export class Samples {
  readonly #setup: Setup;
  readonly #devtools: CDPSession;
  readonly #main: Heap[] = [];
  readonly #fresh: PageSize[] = [];
  readonly #old: PageSize[] = [];
  #holdings: Holdings | null = null;
  /** Null until measured. */
  #difference: string | null = null;

  private constructor(setup: Setup, devtools: CDPSession) {
    this.#setup = setup;
    this.#devtools = devtools;
  }

  static async of(setup: Setup): Promise<Samples> {
    const { page } = setup.panel;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    return new Samples(setup, devtools);
  }

  /** Takes a sample and returns its summary. `fresh`: the page was reloaded since the last sample. */
  async take({ fresh }: { readonly fresh: boolean }): Promise<string> {
    const main = await heapOfMain(this.#setup.panel.app);
    const page = await sizeOfPage(this.#devtools);
    this.#main.push(main);
    (fresh ? this.#fresh : this.#old).push(page);
    const now = await this.#atRest();
    this.#holdings ??= now;
    const which = fresh ? "fresh page" : "the same page";
    const held = differenceOf(this.#holdings, now) || "handles unchanged";
    return `main ${both(main)}, ${which} ${both(page.heap)} (${page.nodes} nodes, ${page.listeners} listeners), ${held}`;
  }

  /** How many samples are of a page that was not reloaded. */
  get ofSamePage(): number {
    return this.#old.length;
  }

  /** Measures until two consecutive results agree, to exclude short-lived resources. */
  async #atRest(): Promise<Holdings> {
    const { app } = this.#setup.panel;
    let last = await holdingsOfMain(app);
    for (let looks = 1; looks < MAX_LOOKS; looks++) {
      await wait(100);
      const now = await holdingsOfMain(app);
      if (differenceOf(last, now) === "") break;
      last = now;
    }
    return last;
  }

  /** Measures the handles a last time, after idle connections have closed. */
  async settle(): Promise<void> {
    for (const start = performance.now(); ; await wait(500)) {
      const now = await holdingsOfMain(this.#setup.panel.app);
      this.#difference = differenceOf(this.#holdings ?? {}, now);
      if (this.#difference === "" || performance.now() - start > SETTLED_MS) return;
    }
  }

  checks(): readonly Check[] {
    const heaps = (pages: readonly PageSize[]) => pages.map(({ heap }) => heap);
    const nodes = this.#old.map((page) => page.nodes);
    const listeners = this.#old.map((page) => page.listeners);
    const difference = this.#difference ?? "not measured";
    return [
      together("memory of the main process", [heapGrowth("data", this.#main, MAX_GROWTH.main)]),
      together("memory of the page", [
        heapGrowth("data of fresh pages", heaps(this.#fresh), MAX_GROWTH.page),
        heapGrowth("data of the same page", heaps(this.#old), MAX_GROWTH.page),
        growth({ what: "its nodes", samples: nodes, show: String, most: MAX_GROWTH.nodes }),
        growth({
          what: "its listeners",
          samples: listeners,
          show: String,
          most: MAX_GROWTH.listeners,
        }),
      ]),
      {
        name: "handles, watchers and listeners of the main process",
        figures: difference === "" ? figuresOf(this.#holdings ?? {}) : "",
        failures: difference === "" ? [] : [difference],
      },
    ];
  }
}

interface Growth {
  readonly figures: string;
  readonly isTooMuch: boolean;
}

function heapGrowth(what: string, heaps: readonly Heap[], most: number): Growth {
  const samples = heaps.map(({ data }) => data);
  return growth({ what, samples, show: mb, most });
}

interface Grown {
  readonly what: string;
  readonly samples: readonly number[];
  readonly show: (value: number) => string;
  readonly most: number;
}

function growth({ what, samples, show, most }: Grown): Growth {
  const warming = Math.min(Math.ceil(samples.length * WARM_UP), samples.length - 2);
  const warm = samples.slice(Math.max(0, warming));
  const side = Math.min(SIDE, Math.floor(warm.length / 2));
  const [before, after] = [Math.min(...warm.slice(0, side)), Math.min(...warm.slice(-side))];
  const grown = after / before - 1;
  return {
    figures: `${what} ${show(before)} → ${show(after)} (${(100 * grown).toFixed(1)} %, ${samples.length} samples)`,
    // Written so that NaN (too few samples) fails.
    isTooMuch: !(grown <= most),
  };
}

function together(name: string, growths: readonly Growth[]): Check {
  return {
    name,
    figures: growths.map(({ figures }) => figures).join("; "),
    failures: growths.filter(({ isTooMuch }) => isTooMuch).map(({ figures }) => figures),
  };
}

function figuresOf(holdings: Holdings): string {
  const sumOf = (kind: RegExp) =>
    Object.entries(holdings)
      .filter(([name]) => kind.test(name))
      .reduce((sum, [, count]) => sum + count, 0);
  return `${sumOf(/^handle /)} handles (${sumOf(/^handle fs_event/)} watchers), ${sumOf(/^open /)} open files (${sumOf(/^inotify/)} inotify watches), ${sumOf(/^listener /)} listeners, as at the start`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function both({ data, code }: Heap): string {
  return `${mb(data)} and ${mb(code)} of code`;
}
