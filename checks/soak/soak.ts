/** Runs a soak: rounds with all actors at once, each followed by checks. */
import { rm, writeFile } from "node:fs/promises";

import type { Page } from "playwright";

import { bundlePrograms } from "../faults/programs";
import { Actors } from "./actors";
import { RELOAD } from "./clicks";
import type { Check } from "./check";
import { artifactPath } from "./artifacts";
import { IdleChecks } from "./idle-checks";
import { Samples } from "./samples";
import { withSetup, type Setup } from "./setup";

export interface SoakOptions {
  readonly minutes: number;
  /** Repeats the same choices; their timing depends on the machine. */
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** The fraction of the time with page reloads; after that, one page stays open. */
const WITH_RELOADS = 0.3;
const MIN_SAMPLES = 5;
/** Limits of a round, which is a twentieth of the whole time. */
const ROUND_MS = { least: 6000, most: 30_000 } as const;

export async function soak(options: SoakOptions): Promise<readonly Check[]> {
  const programs = await bundlePrograms();
  try {
    return await withSetup(async (setup) => play(setup, programs, options));
  } finally {
    await rm(programs, { recursive: true, maxRetries: 10 });
  }
}

async function play(
  setup: Setup,
  programs: string,
  { minutes, seed, say }: SoakOptions,
): Promise<readonly Check[]> {
  const { panel, fileHistory, verdictCheck } = setup;
  const actors = new Actors(setup, programs, seed);
  const idleChecks = new IdleChecks(setup);
  const samples = await Samples.of(setup);
  const broken: string[] = [];
  let isOver = false;
  panel.app.process().once("exit", () => {
    if (!isOver) broken.push("the app exited");
  });

  const length = minutes * 60_000;
  const round = Math.max(ROUND_MS.least, Math.min(ROUND_MS.most, length / 20));
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  const checkIdle = async (fresh: boolean): Promise<void> => {
    await idleChecks.run({ fresh });
    if (fresh) actors.counters.did("click", RELOAD);
    say(`  ${(elapsed() / 60_000).toFixed(1)} min: ${await samples.take({ fresh })}`);
  };
  try {
    await actors.warmUp();
    await idleChecks.run({ fresh: true });
    await actors.testEach();
    await checkIdle(true);
    const reloading = length * WITH_RELOADS;
    while (elapsed() < reloading) {
      await actors.play(round, { reloads: true });
      await checkIdle(true);
    }
    await actors.useEveryControl();
    // A very busy machine runs longer, because the comparison needs enough samples.
    while (elapsed() < length - round / 2 || samples.ofSamePage < MIN_SAMPLES) {
      await actors.play(round, { reloads: false });
      await checkIdle(false);
    }
    await checkIdle(true);
    await samples.settle();
    await idleChecks.lastChange();
  } catch (error) {
    broken.push(`aborted: ${error instanceof Error ? error.stack : String(error)}`);
    broken.push(...(await lookOf(panel.page)));
  }
  const reads = await fileHistory.catchUp();
  isOver = true;
  const { counters } = actors;
  return [
    {
      name: "no errors, rejections or console warnings",
      figures: `${counters.countOf("click")} clicks, ${counters.countOf("edit")} outside edits, ${verdictCheck.requests} test requests, ${counters.countOf("click", RELOAD)} reloads, ${counters.countOf("fault")} faults (${String(counters)})`,
      failures: [...broken, ...actors.failures, ...panel.complaints, ...unusual(panel.log())],
    },
    {
      name: "the file is always intact, and only its gateways change",
      figures: `read ${reads} times; ${fileHistory.own} outside edits, ${fileHistory.others} versions by the app and second programs, ${fileHistory.missed} checked against an outside edit that was never read`,
      failures: fileHistory.failures,
    },
    {
      name: "no failed test is shown as a success",
      figures: verdictCheck.figures,
      failures: verdictCheck.failures,
    },
    ...idleChecks.checks(),
    ...samples.checks(),
  ];
}

/** Saves the page after an abort; returns the path or the reason it could not be saved. */
async function lookOf(page: Page): Promise<readonly string[]> {
  try {
    await page.screenshot({ path: artifactPath("aborted.png"), fullPage: true });
    await writeFile(artifactPath("aborted.html"), await page.content());
    return [`the page was saved in ${artifactPath("aborted.html")}`];
  } catch (error) {
    return [`the page could not be saved: ${String(error)}`];
  }
}

/** The main process's expected log lines, and Chromium's own. */
const USUAL =
  /^\[\d+:\d{4}\/\d{6}\.\d+:[A-Z]+:|^mux Settings edits |Using Cloudflare AI Gateway|^\s*(?:provider|accountId|gatewayName): |^}$|Debugger|For help, see|DevTools listening|sandbox is off/;

function unusual(log: readonly string[]): readonly string[] {
  return log.filter((line) => line.trim() !== "" && !USUAL.test(line));
}
