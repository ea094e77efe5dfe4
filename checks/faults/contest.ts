/** Scenario: four programs update one file at the same time, while others are killed with the lock. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { parse } from "jsonc-parser";

import type { Count, CountDone } from "./orders";
import { Program } from "./program";
import type { ProgramName } from "./programs";
import { ACCOUNT } from "./sample";
import { randomFrom, timed, type Scenario } from "./scenario";

const INCREMENTS = 1000;
const CRASHES = 5;
/** Increments of the control run, in which mux takes no lock. */
const CONTROL = 200;
const PATIENCE_MS = 5000;
const PLAYERS: readonly { readonly program: ProgramName; readonly provider: string }[] = [
  { program: "store-program", provider: "anthropic" },
  { program: "store-program", provider: "openai" },
  { program: "mux-program", provider: "google" },
  { program: "mux-program", provider: "xai" },
];

export const contestScenario: Scenario = {
  name: "two programs, one file",
  run: async ({ long, seed, programs }) => {
    const failures: string[] = [];
    const game = await play(programs, seed, { increments: INCREMENTS, lock: true });
    game.done.forEach(({ error, longestMs }, index) => {
      const who = `${PLAYERS[index]?.program} ${index + 1}`;
      if (error !== null) failures.push(`${who}: ${error}`);
      if (longestMs > PATIENCE_MS) failures.push(`${who} waited for ${longestMs.toFixed(0)} ms`);
    });
    const { counts, total, crashes, litter } = game;
    if (total !== INCREMENTS) failures.push(`${INCREMENTS - total} lost: ${counts.join(" + ")}`);
    if (crashes.length < CRASHES) failures.push(`only ${crashes.length} crashes`);
    for (const after of crashes) {
      if (after > 1000) failures.push(`no program saved after a crash for ${after.toFixed(0)} ms`);
    }
    if (litter.length > 0) failures.push(`left behind: ${litter.join(", ")}`);
    const longest = game.done.map(({ longestMs }) => longestMs.toFixed(0)).join(", ");
    const after = crashes.map((pause) => pause.toFixed(0)).join(", ");
    const figures = [
      `${total} of ${INCREMENTS} increments (${counts.join(" + ")}) in ${(game.ms / 1000).toFixed(1)} s`,
      `longest wait of each program ${longest} ms`,
      `${crashes.length} processes killed with the lock, next save after ${after} ms`,
    ];
    if (long) {
      // Without the lock, updates must be lost. Otherwise this test would not prove that the lock works.
      const control = await play(programs, seed, { increments: CONTROL, lock: false });
      const broken = control.done.filter(({ error }) => error !== null).length;
      if (broken === 0)
        failures.push("no update was lost without mux's lock, so the control run failed");
      figures.push(`without mux's lock ${broken} of 4 lost an update within ${CONTROL} increments`);
    }
    return { figures: figures.join("; "), failures };
  },
};

interface Game {
  readonly done: readonly CountDone[];
  readonly counts: readonly number[];
  readonly total: number;
  /** For each crash, the time in ms until the next save. */
  readonly crashes: readonly number[];
  readonly litter: readonly string[];
  readonly ms: number;
}

async function play(
  programs: string,
  seed: number,
  { increments, lock }: { readonly increments: number; readonly lock: boolean },
): Promise<Game> {
  const directory = await mkdtemp(join(tmpdir(), "faults-contest-"));
  const file = join(directory, "providers.jsonc");
  await writeFile(file, START);
  const times = increments / PLAYERS.length;
  const players = PLAYERS.map(({ program, provider }, index) => {
    const share = { file, provider, times, pause: 10, seed: seed + index, lock };
    const order: Count = { kind: "count", ...share };
    return { order, running: new Program(programs, program) };
  });
  await Promise.all(players.map(async ({ running }) => running.ready));
  let over = !lock;
  const { answer, ms } = await timed(async () => {
    const counting = Promise.all(
      players.map(async ({ order, running }) => running.order<CountDone>(order)),
    );
    const crashing = crash(programs, file, randomFrom(seed), () => over);
    const done = await counting;
    over = true;
    return { done, crashes: await crashing };
  });
  await Promise.all(players.map(async ({ running }) => running.end()));
  const counts = countsIn(await readFile(file, "utf8"));
  const litter = (await readdir(directory)).filter((name) => name !== "providers.jsonc");
  await rm(directory, { recursive: true, maxRetries: 10 });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { ...answer, counts, total, litter, ms };
}

const START = JSON.stringify(
  {
    anthropic: {
      apiKey: "not-a-key",
      cloudflareGateway: { accountId: ACCOUNT, gatewayName: "g-0" },
    },
    openai: { apiKey: "not-a-key", cloudflareGateway: { accountId: ACCOUNT, gatewayName: "g-0" } },
    google: { apiKey: "not-a-key", count: 0 },
    xai: { apiKey: "not-a-key", count: 0 },
  },
  null,
  2,
);

function countsIn(text: string): readonly number[] {
  const data: Record<string, { count?: number; cloudflareGateway?: { gatewayName: string } }> =
    parse(text);
  return PLAYERS.map(({ provider }) => {
    const { count, cloudflareGateway } = data[provider] ?? {};
    return count ?? Number(cloudflareGateway?.gatewayName.slice("g-".length));
  });
}

/** Kills processes that hold the lock; returns the time until the next save, for each. */
async function crash(
  programs: string,
  file: string,
  random: () => number,
  over: () => boolean,
): Promise<readonly number[]> {
  const pauses: number[] = [];
  while (pauses.length < CRASHES && !over()) {
    const holder = new Program(programs, "mux-program");
    await holder.ready;
    await wait(random() * 500);
    await holder.order({ kind: "hold", file });
    const before = await readFile(file);
    await holder.kill();
    const start = performance.now();
    while (!over() && (await readFile(file)).equals(before)) await wait(1);
    if (!over()) pauses.push(performance.now() - start);
  }
  return pauses;
}
