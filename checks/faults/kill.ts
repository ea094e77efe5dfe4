/** Scenario: a writer is killed at a random instant. The file must be intact and the next writer must succeed. */
import { readdirSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Change } from "../../src/main/config/edit";
import { applyChange } from "../../src/main/config/testing/edit-text";
import { openProvidersStore } from "../../src/main/config/store";
import { countOf, EFFORT } from "../../src/shared/testing/counts";
import { muxEdit } from "./mux-writer";
import type { Step, StepsDone } from "./orders";
import { Program } from "./program";
import { ACCOUNT, sampleText } from "./sample";
import { randomFrom, timed, type Scenario } from "./scenario";

/** Programs started in advance, so that a kill does not wait for Node to start. */
const AHEAD = 3;
/** Factors by which the kill window of a layout grows after an early kill and shrinks after a late one. */
const GROW = 1.03;
const SHRINK = 0.88;
/** Maximum time of the next writer, in ms. */
const MAX_WRITER_MS = 1000;
const NAME = "providers.jsonc";

interface Layout {
  readonly name: string;
  /** Null for a missing file. */
  readonly text: string | null;
  readonly linked: boolean;
  readonly steps: readonly Step[];
}

const on = (gatewayName: string, provider = "openai"): Step => ({
  kind: "enable",
  provider,
  accountId: ACCOUNT,
  gatewayName,
});

const LAYOUTS: readonly Layout[] = [
  { name: "2 kB", text: sampleText(2000), linked: false, steps: [on("g-1")] },
  {
    name: "behind a symlink",
    text: sampleText(10_000),
    linked: true,
    steps: [on("g-1", "anthropic")],
  },
  {
    name: "no file yet",
    text: null,
    linked: false,
    steps: [on("g-1"), { kind: "undo" }, on("g-2")],
  },
  { name: "60 kB", text: sampleText(60_000), linked: false, steps: [on("g-1")] },
  {
    name: "several changes",
    text: sampleText(4000),
    linked: false,
    steps: [
      on("g-1"),
      { kind: "disable", provider: "openai" },
      { kind: "undo" },
      { kind: "forget", provider: "openai" },
    ],
  },
];

/** The phase that a killed writer had reached, as shown by the files it left. */
const PHASES = [
  "before the lock",
  "taking the lock",
  "locked",
  "writing the new file",
  "renamed, still locked",
  "releasing",
  "between changes",
  "after",
] as const;
type Phase = (typeof PHASES)[number];

/** The fraction of kills that waits for the temporary file. The others come at any time. */
const AIMED = 0.5;
/** Maximum delay in ms after the temporary file appears: write, fsync, rename, fsync. */
const MAX_AIMED_DELAY_MS = 3;
const TIMEOUT_MS = 1000;

export const killScenario: Scenario = {
  name: "a writer is killed",
  run: async ({ long, seed, programs }) => {
    const rounds = countOf("kills", long ? "long" : EFFORT);
    const random = randomFrom(seed);
    const failures: string[] = [];
    const hits = new Map<Phase, number>();
    const pool = new ProgramPool(programs);
    let kept = 0;
    let slowest = 0;
    let stages = 0;
    let temporaries = 0;
    const measured = new Map<Layout, number>();
    const samples = long ? 7 : 3;
    for (const layout of LAYOUTS) measured.set(layout, await windowOf(layout, pool, samples));
    const windows = new Map(measured);
    for (let round = 0; round < rounds; round++) {
      const layout = LAYOUTS[round % LAYOUTS.length];
      if (layout === undefined) break;
      const home = await makeHome(layout);
      const program = await pool.take();
      const window = windows.get(layout) ?? 0;
      const aimed = random() < AIMED;
      const delay = random() * (aimed ? MAX_AIMED_DELAY_MS : window);
      program.send({ kind: "steps", file: home.file, steps: layout.steps });
      if (aimed) spin(TIMEOUT_MS, () => readdirSync(home.directory).some(isTemporary));
      spin(delay, () => false);
      await program.kill();
      pool.fill();

      const left = await inspect(home);
      const phase = phaseOf(layout, left);
      const moved = window * (phase === "after" ? SHRINK : GROW);
      if (!aimed) windows.set(layout, Math.min(moved, 3 * (measured.get(layout) ?? 0)));
      hits.set(phase, (hits.get(phase) ?? 0) + 1);
      stages += left.stages.length;
      temporaries += left.temporaries;
      if (sameVersion(left.bytes, versionsOf(layout)[0])) kept++;
      const wrong = await verify(layout, home, left, round);
      slowest = Math.max(slowest, wrong.ms);
      for (const what of wrong.failures) {
        failures.push(`kill ${round} (${layout.name}, ${phase}, ${delay.toFixed(2)} ms): ${what}`);
      }
      if (wrong.failures.length === 0) await rm(home.root, { recursive: true, maxRetries: 10 });
      if ((round + 1) % 500 === 0) console.log(`  ${round + 1} of ${rounds} kills`);
    }
    await pool.close();
    const met = PHASES.map((phase) => `${phase} ${hits.get(phase) ?? 0}`).join(", ");
    return {
      figures: `${rounds} kills, ${kept} kept the old file, ${rounds - kept} a new one; ${met}; left behind and cleaned up: ${stages} lock stages, ${temporaries} temporary files; slowest next writer ${slowest.toFixed(0)} ms`,
      failures,
    };
  },
};

/** A pool of idle programs. They start while a result is checked, not during a change. */
class ProgramPool {
  readonly #programs: string;
  #waiting: readonly Program[] = [];

  constructor(programs: string) {
    this.#programs = programs;
    this.fill();
  }

  fill(): void {
    while (this.#waiting.length < AHEAD) {
      this.#waiting = [...this.#waiting, new Program(this.#programs, "store-program")];
    }
  }

  async take(): Promise<Program> {
    const [program = new Program(this.#programs, "store-program"), ...rest] = this.#waiting;
    this.#waiting = rest;
    await program.ready;
    return program;
  }

  async close(): Promise<void> {
    await Promise.all(this.#waiting.map(async (program) => program.kill()));
  }
}

interface Home {
  readonly root: string;
  /** The path that mux uses. */
  readonly file: string;
  /** The directory of the bytes, which differs when the file is a symlink. */
  readonly directory: string;
}

async function makeHome({ text, linked }: Layout): Promise<Home> {
  const root = await mkdtemp(join(tmpdir(), "faults-kill-"));
  const home = join(root, "home");
  const file = join(home, NAME);
  await mkdir(home);
  if (!linked) {
    if (text !== null) await writeFile(file, text);
    return { root, file, directory: home };
  }
  const directory = join(root, "dotfiles");
  await mkdir(directory);
  await writeFile(join(directory, NAME), text ?? "");
  await symlink(join(directory, NAME), file);
  return { root, file, directory };
}

/** The median time of the steps in a new program, in ms. */
async function windowOf(layout: Layout, pool: ProgramPool, count: number): Promise<number> {
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const home = await makeHome(layout);
    const program = await pool.take();
    const { answer, ms } = await timed(async () =>
      program.order<StepsDone>({ kind: "steps", file: home.file, steps: layout.steps }),
    );
    if (answer.error !== null) throw new Error(`${layout.name}: ${answer.message}`);
    samples.push(ms);
    await program.kill();
    pool.fill();
    await rm(home.root, { recursive: true, maxRetries: 10 });
  }
  return samples.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
}

const versionsOfAll = new Map(LAYOUTS.map((layout) => [layout, makeVersions(layout)]));

/** The initial text and the text after each step. Null: the file is missing. */
function versionsOf(layout: Layout): readonly (string | null)[] {
  return versionsOfAll.get(layout) ?? [];
}

function makeVersions({ text, steps }: Layout): readonly (string | null)[] {
  const versions: (string | null)[] = [text];
  for (const step of steps) {
    versions.push(
      step.kind === "undo" ? (versions.at(-2) ?? null) : after(versions.at(-1) ?? "", step),
    );
  }
  return versions;
}

function after(text: string, step: Exclude<Step, { kind: "undo" }>): string {
  const change: Change =
    step.kind === "enable"
      ? { kind: "enable", provider: step.provider, details: step }
      : { kind: step.kind, provider: step.provider };
  const changed = applyChange(text, change, NAME);
  if (!changed.success) throw new Error(changed.error.message);
  return changed.data;
}

/** Busy-waits until `met` or the timeout, because timers are too coarse for a change of a few milliseconds. */
function spin(ms: number, met: () => boolean): void {
  for (const start = performance.now(); performance.now() - start < ms && !met();) continue;
}

function isTemporary(name: string): boolean {
  return name.endsWith(".tmp");
}

function sameVersion(bytes: Buffer | null, version: string | null | undefined): boolean {
  return version == null ? bytes === null : (bytes?.equals(Buffer.from(version)) ?? false);
}

interface Leftovers {
  readonly bytes: Buffer | null;
  /** The number of owners in the lock; null without a lock. */
  readonly owners: number | null;
  readonly stages: readonly string[];
  readonly temporaries: number;
}

async function inspect({ file, directory }: Home): Promise<Leftovers> {
  const lock = `${file}.lock`;
  const beside = await readdir(join(file, ".."));
  return {
    bytes: await readFile(file).catch(() => null),
    owners: beside.includes(`${NAME}.lock`) ? (await readdir(lock)).length : null,
    stages: beside.filter((name) => name.startsWith(`${NAME}.lock.stage-`)),
    temporaries: (await readdir(directory)).filter(isTemporary).length,
  };
}

function phaseOf(layout: Layout, { bytes, owners, stages, temporaries }: Leftovers): Phase {
  const versions = versionsOf(layout);
  const changed = !sameVersion(bytes, versions[0]);
  if (owners === 0) return "releasing";
  if (temporaries > 0) return "writing the new file";
  if (owners !== null) return changed ? "renamed, still locked" : "locked";
  if (stages.length > 0) return "taking the lock";
  if (!changed) return "before the lock";
  return sameVersion(bytes, versions.at(-1)) ? "after" : "between changes";
}

/** Saves alternately with our writer and mux's. A second save must remove the stale files. */
async function verify(
  layout: Layout,
  home: Home,
  left: Leftovers,
  round: number,
): Promise<{ readonly failures: readonly string[]; readonly ms: number }> {
  const failures: string[] = [];
  if (!versionsOf(layout).some((version) => sameVersion(left.bytes, version))) {
    failures.push(`the file is none of the expected versions; it was saved in ${home.root}`);
  }
  const byMux = round % 2 === 1 && left.bytes !== null;
  const { answer, ms } = await timed(async () =>
    byMux ? saveAsMux(home.file) : saveAsWe(home.file, "g-next"),
  );
  const who = byMux ? "mux" : "the next writer";
  if (answer !== null) failures.push(`${who} failed: ${answer}`);
  if (ms > MAX_WRITER_MS) failures.push(`${who} took ${ms.toFixed(0)} ms`);
  for (const stage of left.stages) {
    const old = new Date(Date.now() - 60_000);
    await utimes(join(home.file, "..", stage), old, old);
  }
  const last = await saveAsWe(home.file, "g-last");
  if (last !== null) failures.push(`the writer after it failed: ${last}`);
  const litter = new Set([
    ...(await readdir(join(home.file, ".."))),
    ...(await readdir(home.directory)),
  ]);
  litter.delete(NAME);
  if (litter.size > 0) failures.push(`left behind: ${[...litter].join(", ")}`);
  return { failures, ms };
}

async function saveAsWe(file: string, gatewayName: string): Promise<string | null> {
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env: {}, log });
  const done = await store.enable("anthropic", { accountId: ACCOUNT, gatewayName });
  await store.close();
  return done.success ? null : done.error.message;
}

async function saveAsMux(file: string): Promise<string | null> {
  try {
    await muxEdit(file, true, (data) => (data["saved"] = { by: "mux" }));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "unknown";
  }
}
