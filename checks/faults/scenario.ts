/** The types of a fault scenario, and its seeded random numbers. */

export interface Effort {
  /** The long form, with the numbers of rounds in docs/reliability.md. */
  readonly long: boolean;
  /** Repeats the same random choices. */
  readonly seed: number;
  /** The directory of the bundled programs (`programs.ts`). */
  readonly programs: string;
}

export interface Outcome {
  /** One line with counts and times. */
  readonly figures: string;
  /** One sentence per failure. */
  readonly failures: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly run: (effort: Effort) => Promise<Outcome>;
}

/** Seeded random numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The result of `work` and its duration in ms. */
export async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly answer: T; readonly ms: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - start };
}
