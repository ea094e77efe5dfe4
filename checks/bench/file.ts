/** The CPU time that one change of the text takes, against other ways to make it. */
import { sampleText } from "../faults/sample";
import { CONTENDERS, type Contender } from "./file-ways";
import type { Row } from "./table";

interface Size {
  readonly name: string;
  readonly bytes: number;
  /** Of ours to mux's way, and of ours in ms; null where nothing is promised. */
  readonly ratio: number | null;
  readonly limit: number | null;
}

const SIZES: readonly Size[] = [
  { name: "2 kB", bytes: 2000, ratio: null, limit: null },
  { name: "10 kB", bytes: 10_000, ratio: 5, limit: 1.5 },
  { name: "100 kB", bytes: 100_000, ratio: null, limit: null },
  { name: "1 MB", bytes: 1_000_000, ratio: null, limit: null },
  { name: "10 MB", bytes: 10_000_000, ratio: 3, limit: null },
];

const ROUNDS = 5;
/** Changes in a round, so that a way pays for its own garbage. */
const LEAST_TIMES = 3;
/** CPU time of a round, in ms: far above the clock's grain. */
const ROUND_MS = 60;

/** The same change made by ours and by each of the others. */
export function measureSpeed(): readonly Row[] {
  return SIZES.flatMap(measureSize);
}

function measureSize({ name, bytes, ratio, limit }: Size): readonly Row[] {
  const samples = measureAll(Buffer.from(sampleText(bytes)));
  const { ours, mux, commentJson, jsoncParser } = CONTENDERS;
  const against = (peer: Contender): Row => ({
    what: `${name}: one property set, against ${peer.name}`,
    unit: "ms",
    samples: samples.get(ours) ?? [],
    peer: { name: peer.short, samples: samples.get(peer) ?? [] },
    limit: null,
  });
  return [
    { ...against(mux), limit, ...(ratio === null ? {} : { ratioLimit: ratio }) },
    { ...against(commentJson), ratioLimit: 1 },
    against(jsoncParser),
  ];
}

/** CPU ms of one change; the ways take turns, so that a busy moment does not hit one of them alone. */
function measureAll(text: Buffer): ReadonlyMap<Contender, readonly number[]> {
  const all = Object.values(CONTENDERS).map((contender) => ({
    contender,
    times: timesFor(contender, text),
    samples: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contender, times, samples } of all) samples.push(cpuMs(contender, text, times));
  }
  return new Map(all.map(({ contender, samples }) => [contender, samples]));
}

/** How often a way fits into a round, once it is warm. */
function timesFor(contender: Contender, text: Buffer): number {
  let times = LEAST_TIMES;
  for (let total = 0; total < 3 * ROUND_MS;) {
    const ms = cpuMs(contender, text, times) * times;
    total += ms;
    if (ms < ROUND_MS) times *= 2;
  }
  return times;
}

function cpuMs({ change }: Contender, text: Buffer, times: number): number {
  const start = process.cpuUsage();
  for (let n = 0; n < times; n++) change(text, `g-${n}`);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}
