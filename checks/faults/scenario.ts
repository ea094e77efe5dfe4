/** What a fault scenario is: a name, what it was asked to do, what came of it. */

export interface Effort {
  /** The long form: as many rounds as the reliability page speaks of. */
  readonly long: boolean;
  /** Makes the same random choices again. */
  readonly seed: number;
  /** Directory of the bundled programs; see `programs.ts`. */
  readonly programs: string;
}

export interface Outcome {
  /** One line: counts, times, what was used. */
  readonly figures: string;
  /** A sentence for each thing that was not as promised. */
  readonly failures: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly run: (effort: Effort) => Promise<Outcome>;
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The milliseconds that `work` took, with what it answered. */
export async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly answer: T; readonly ms: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - start };
}
