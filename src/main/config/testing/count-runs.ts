/** Counts how often each part of the code runs: the same on every machine, however busy it is. */
import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { setFlagsFromString } from "node:v8";

/** A part of a function, from a condition or a loop, that ran `count` times. */
interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface FunctionRuns {
  readonly name: string;
  /** The whole function, then its parts in the order of their starts. */
  readonly ranges: readonly Range[];
}

/** By the file and the offset of the function. */
export type Runs = ReadonlyMap<string, FunctionRuns>;

/**
 * V8's optimizing compilers: their code does not count the functions that it has inlined. Node 22 and
 * later have the second one.
 */
const INLINING = Number.parseInt(process.versions.node, 10) < 22 ? ["opt"] : ["opt", "maglev"];

export interface RunCounter {
  /** Counts the runs of the product's own code during a call. Work inside Node is not counted. */
  readonly count: (call: () => Promise<unknown>) => Promise<Runs>;
  readonly close: () => Promise<void>;
}

/** Starts to count. V8 lists every function of the worker to start, to stop and for a result, so do it rarely. */
export async function openRunCounter(): Promise<RunCounter> {
  const session = new Session();
  session.connect();
  for (const compiler of INLINING) setFlagsFromString(`--no-${compiler}`);
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  let isCounting = false;
  return {
    count: async (call) => {
      if (isCounting) throw new Error("Another call is counted at the same time.");
      isCounting = true;
      try {
        await call();
      } finally {
        isCounting = false;
      }
      // Resets the counts too.
      const { result } = await session.post("Profiler.takePreciseCoverage");
      return new Map(result.flatMap(productRuns));
    },
    close: async () => {
      for (const compiler of INLINING) setFlagsFromString(`--${compiler}`);
      await session.post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

/** The runs of a file's functions; none of a file that is not the product's. */
function productRuns({
  url,
  functions,
}: Profiler.ScriptCoverage): (readonly [place: string, runs: FunctionRuns])[] {
  const [, file] = /\/src\/((?:main|shared)\/.*)$/.exec(url) ?? [];
  if (file === undefined) return [];
  return functions.map(({ functionName, ranges }) => {
    const start = ranges[0]?.startOffset ?? 0;
    const around = functions.findLast(
      (each) => each.functionName !== "" && isIn(start, each.ranges[0]),
    );
    const name = functionName || `in ${around?.functionName ?? ""}`;
    return [`${file}:${start}`, { name: `${file}: ${name}`, ranges }];
  });
}

/**
 * The functions with a part whose runs grow much faster than the size. `sizes`: the counts for a size,
 * twice that size and four times that size.
 */
export function growingTooFast(sizes: readonly [Runs, Runs, Runs], size: number): Set<string> {
  const [one, two, four] = sizes;
  const found = new Set<string>();
  for (const [key, { name, ranges }] of four) {
    for (const { startOffset, count } of ranges) {
      const [before, half] = [countAt(one, key, startOffset), countAt(two, key, startOffset)];
      // Fewer runs say nothing: the first one of a part can be at the largest size.
      const isLarge = count > 8 * size;
      if (isLarge && half > MOST_GROWTH * before && count > MOST_GROWTH * half) found.add(name);
    }
  }
  return found;
}

/** Above 2, for sorting and for rare calls. Quadratic growth is 4. */
const MOST_GROWTH = 2.7;

/** The innermost part at the offset. A part is listed only if its count differs from that around it. */
function countAt(runs: Runs, key: string, offset: number): number {
  const ranges = runs.get(key)?.ranges ?? [];
  return ranges.findLast((each) => isIn(offset, each))?.count ?? 0;
}

function isIn(offset: number, range: Omit<Range, "count"> | undefined): boolean {
  return range !== undefined && range.startOffset <= offset && offset < range.endOffset;
}
