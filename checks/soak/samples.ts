/** What both processes hold in each quiet moment, and whether it grows. */
import { setTimeout as wait } from "node:timers/promises";

import type { CDPSession } from "playwright";

import type { Guarantee } from "./guarantee";
import { heapOfMain, type Heap } from "./heap";
import { differenceOf, holdingsOfMain, sizeOfPage, type Holdings, type PageSize } from "./measure";
import type { Stage } from "./stage";

/** By so much it may grow; without a leak the least of three wanders by about half of that. */
const MOST_GROWTH = {
  main: 0.05,
  page: 0.1,
  listeners: 0.1,
  /** Some 430 come for minutes and go again; what Playwright holds is among them. */
  nodes: 0.5,
} as const;
/** The part of the samples that comes before anything is compared: caches fill, code is compiled. */
const WARMING = 0.2;
/**
 * Of samples at the beginning and at the end, of which the least counts: what is held for a moment, as
 * by Playwright while it waits for an element, only adds to it, and what piles up is in all of them.
 */
const SIDE = 3;
const MOST_LOOKS = 10;
/** Connections that are kept open for the next request go by themselves within so long. */
const SETTLED_MS = 10_000;

export class Samples {
  readonly #stage: Stage;
  readonly #devtools: CDPSession;
  readonly #main: Heap[] = [];
  readonly #fresh: PageSize[] = [];
  readonly #old: PageSize[] = [];
  #holdings: Holdings | null = null;
  /** Null until it was measured. */
  #difference: string | null = null;

  private constructor(stage: Stage, devtools: CDPSession) {
    this.#stage = stage;
    this.#devtools = devtools;
  }

  static async of(stage: Stage): Promise<Samples> {
    const { page } = stage.panel;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    return new Samples(stage, devtools);
  }

  /** `fresh`: the page was loaded just now, and is not the one of the last sample. Answers a line about it. */
  async take({ fresh }: { readonly fresh: boolean }): Promise<string> {
    const main = await heapOfMain(this.#stage.panel.app);
    const page = await sizeOfPage(this.#devtools);
    this.#main.push(main);
    (fresh ? this.#fresh : this.#old).push(page);
    const now = await this.#atRest();
    this.#holdings ??= now;
    const which = fresh ? "fresh page" : "the same page";
    const held = differenceOf(this.#holdings, now) || "handles as before";
    return `main ${both(main)}, ${which} ${both(page.heap)} (${page.nodes} nodes, ${page.listeners} listeners), ${held}`;
  }

  /** How often it was the page of the last sample. */
  get ofSamePage(): number {
    return this.#old.length;
  }

  /** The same at two looks, one after the other: what is there for a moment is not meant. */
  async #atRest(): Promise<Holdings> {
    const { app } = this.#stage.panel;
    let last = await holdingsOfMain(app);
    for (let looks = 1; looks < MOST_LOOKS; looks++) {
      await wait(100);
      const now = await holdingsOfMain(app);
      if (differenceOf(last, now) === "") break;
      last = now;
    }
    return last;
  }

  /** The last look at handles, once what goes by itself has gone. */
  async settle(): Promise<void> {
    for (const start = performance.now(); ; await wait(500)) {
      const now = await holdingsOfMain(this.#stage.panel.app);
      this.#difference = differenceOf(this.#holdings ?? {}, now);
      if (this.#difference === "" || performance.now() - start > SETTLED_MS) return;
    }
  }

  guarantees(): readonly Guarantee[] {
    const heaps = (pages: readonly PageSize[]) => pages.map(({ heap }) => heap);
    const nodes = this.#old.map((page) => page.nodes);
    const listeners = this.#old.map((page) => page.listeners);
    const difference = this.#difference ?? "not measured";
    return [
      together("memory of the main process", [heapGrowth("data", this.#main, MOST_GROWTH.main)]),
      together("memory of the page", [
        heapGrowth("data of fresh pages", heaps(this.#fresh), MOST_GROWTH.page),
        heapGrowth("data of the same page", heaps(this.#old), MOST_GROWTH.page),
        growth({ what: "its nodes", samples: nodes, show: String, most: MOST_GROWTH.nodes }),
        growth({
          what: "its listeners",
          samples: listeners,
          show: String,
          most: MOST_GROWTH.listeners,
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
  const warming = Math.min(Math.ceil(samples.length * WARMING), samples.length - 2);
  const warm = samples.slice(Math.max(0, warming));
  const side = Math.min(SIDE, Math.floor(warm.length / 2));
  const [before, after] = [Math.min(...warm.slice(0, side)), Math.min(...warm.slice(-side))];
  const grown = after / before - 1;
  return {
    figures: `${what} ${show(before)} → ${show(after)} (${(100 * grown).toFixed(1)} %, ${samples.length} samples)`,
    // Too few samples are no proof.
    isTooMuch: !(grown <= most),
  };
}

function together(name: string, growths: readonly Growth[]): Guarantee {
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
  return `${sumOf(/^handle /)} handles (${sumOf(/^handle fs_event/)} watchers), ${sumOf(/^open /)} open files (${sumOf(/^inotify/)} inotify watches), ${sumOf(/^listener /)} listeners, as at the beginning`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function both({ data, code }: Heap): string {
  return `${mb(data)} and ${mb(code)} of code`;
}
