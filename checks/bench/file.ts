/** Compares the CPU time of one change, including its mirror, with other ways to make it. */
import { CONTENDERS, sampleOf, type Contender, type Sample } from "./file-ways";
import type { Row } from "./table";

interface Size {
  readonly name: string;
  readonly bytes: number;
  /** The largest ratio to jsonc-parser and to mux's way; null without a limit. */
  readonly toJsoncParser: number | null;
  readonly toMux: number | null;
}

const SIZES: readonly Size[] = [
  { name: "2 kB", bytes: 2000, toJsoncParser: null, toMux: null },
  { name: "10 kB", bytes: 10_000, toJsoncParser: 1.2, toMux: null },
  { name: "100 kB", bytes: 100_000, toJsoncParser: null, toMux: null },
  { name: "1 MB", bytes: 1_000_000, toJsoncParser: null, toMux: null },
  { name: "10 MB", bytes: 10_000_000, toJsoncParser: 0.35, toMux: 1.2 },
];

const ROUNDS = 5;
/** The least number of changes in a round, so that each way collects its own garbage. */
const LEAST_TIMES = 3;
/** CPU time of a round, in ms: far above the resolution of the clock. */
const ROUND_MS = 60;

/** The same change, made by this project and by each contender. */
export function measureSpeed(): readonly Row[] {
  return SIZES.flatMap(measureSize);
}

function measureSize({ name, bytes, toJsoncParser, toMux }: Size): readonly Row[] {
  const samples = measureAll(sampleOf(bytes));
  const { ours, mux, commentJson, jsoncParser } = CONTENDERS;
  const against = (peer: Contender, ratio: number | null): Row => ({
    what: `${name}: one change with its mirror, against ${peer.name}`,
    unit: "ms",
    samples: samples.get(ours) ?? [],
    peer: { name: peer.short, samples: samples.get(peer) ?? [] },
    limit: null,
    ...(ratio === null ? {} : { ratioLimit: ratio }),
  });
  return [against(mux, toMux), against(commentJson, 1), against(jsoncParser, toJsoncParser)];
}

/** CPU ms of one change. The ways take turns, so that a busy moment affects all of them. */
function measureAll(sample: Sample): ReadonlyMap<Contender, readonly number[]> {
  const all = Object.values(CONTENDERS).map((contender) => ({
    contender,
    times: timesFor(contender, sample),
    samples: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contender, times, samples } of all) {
      samples.push(cpuMs(contender, sample, times));
    }
  }
  return new Map(all.map(({ contender, samples }) => [contender, samples]));
}

/** How often a way fits into a round, once it is warm. */
function timesFor(contender: Contender, sample: Sample): number {
  let times = LEAST_TIMES;
  for (let total = 0; total < 3 * ROUND_MS;) {
    const ms = cpuMs(contender, sample, times) * times;
    total += ms;
    if (ms < ROUND_MS) times *= 2;
  }
  return times;
}

function cpuMs({ change }: Contender, sample: Sample, times: number): number {
  const start = process.cpuUsage();
  for (let n = 0; n < times; n++) change(sample, `g-${n}`);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}
