/** The course of a soak: rounds in which everything happens at once, with a quiet moment after each. */
import { rm, writeFile } from "node:fs/promises";

import type { Page } from "playwright";

import { bundlePrograms } from "../faults/programs";
import { Actors } from "./actors";
import { RELOAD } from "./clicks";
import type { Guarantee } from "./guarantee";
import { kept } from "./kept";
import { Quiet } from "./quiet";
import { Samples } from "./samples";
import { withStage, type Stage } from "./stage";

export interface SoakOptions {
  readonly minutes: number;
  /** Makes the same choices again; when each comes about, the machine decides. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** The part of the time in which pages are reloaded; in the rest one page lives on. */
const WITH_RELOADS = 0.3;
const LEAST_SAMPLES = 5;
/** A round is a twentieth of the whole, within these limits. */
const ROUND_MS = { least: 6000, most: 30_000 } as const;

export async function soak(options: SoakOptions): Promise<readonly Guarantee[]> {
  const programs = await bundlePrograms();
  try {
    return await withStage(async (stage) => play(stage, programs, options));
  } finally {
    await rm(programs, { recursive: true });
  }
}

async function play(
  stage: Stage,
  programs: string,
  { minutes, seed, say }: SoakOptions,
): Promise<readonly Guarantee[]> {
  const { panel, ledger, honesty } = stage;
  const actors = new Actors(stage, programs, seed);
  const quiet = new Quiet(stage);
  const samples = await Samples.of(stage);
  const broken: string[] = [];
  let isOver = false;
  panel.app.process().once("exit", () => {
    if (!isOver) broken.push("the app ended by itself");
  });

  const length = minutes * 60_000;
  const round = Math.max(ROUND_MS.least, Math.min(ROUND_MS.most, length / 20));
  const start = performance.now();
  const gone = (): number => performance.now() - start;
  const rest = async (fresh: boolean): Promise<void> => {
    await quiet.come({ fresh });
    if (fresh) actors.tally.did("click", RELOAD);
    say(`  ${(gone() / 60_000).toFixed(1)} min: ${await samples.take({ fresh })}`);
  };
  try {
    await actors.warmUp();
    await quiet.come({ fresh: true });
    await actors.testEach();
    await rest(true);
    const reloading = length * WITH_RELOADS;
    while (gone() < reloading) {
      await actors.play(round, { reloads: true });
      await rest(true);
    }
    await actors.goThroughPage();
    // On a machine that is very busy, longer: what is compared needs samples.
    while (gone() < length - round / 2 || samples.ofSamePage < LEAST_SAMPLES) {
      await actors.play(round, { reloads: false });
      await rest(false);
    }
    await rest(true);
    await samples.settle();
    await quiet.lastChange();
  } catch (error) {
    broken.push(`broken off: ${error instanceof Error ? error.stack : String(error)}`);
    broken.push(...(await lookOf(panel.page)));
  }
  const reads = await ledger.caughtUp();
  isOver = true;
  const { tally } = actors;
  return [
    {
      name: "nothing is rejected, thrown or complained of",
      figures: `${tally.timesOf("click")} clicks, ${tally.timesOf("edit")} outside edits, ${honesty.requests} requests of tests, ${tally.timesOf("click", RELOAD)} reloads, ${tally.timesOf("fault")} faults (${String(tally)})`,
      failures: [...broken, ...actors.failures, ...panel.complaints, ...unusual(panel.log())],
    },
    {
      name: "the file is whole at every instant, and only gateways change in it",
      figures: `read ${reads} times; ${ledger.own} versions by outside edits, ${ledger.others} by the app and second programs, ${ledger.missed} of them judged against an outside edit that no reading met`,
      failures: ledger.failures,
    },
    { name: "no failing call is green", figures: honesty.figures, failures: honesty.failures },
    ...quiet.guarantees(),
    ...samples.guarantees(),
  ];
}

/** Keeps what the page looked like when it was broken off; says where, or why that could not be done. */
async function lookOf(page: Page): Promise<readonly string[]> {
  try {
    await page.screenshot({ path: kept("broken-off.png"), fullPage: true });
    await writeFile(kept("broken-off.html"), await page.content());
    return [`the page is kept in ${kept("broken-off.html")}`];
  } catch (error) {
    return [`the page could not be kept: ${String(error)}`];
  }
}

/** What the main process says when all is well, line by line. */
const USUAL =
  /^mux Settings edits |Using Cloudflare AI Gateway|^\s*(?:provider|accountId|gatewayName): |^}$|Debugger|For help, see|DevTools listening/;

function unusual(log: readonly string[]): readonly string[] {
  return log.filter((line) => line.trim() !== "" && !USUAL.test(line));
}
