/** Seeded random choices, with a separate stream per actor. */
import { randomFrom } from "../faults/scenario";

export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomFrom(seed);
  }

  /** Creates an independent stream. */
  fork(): Random {
    return new Random(this.below(2 ** 32));
  }

  share(): number {
    return this.#next();
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.#next() * (most - least);
  }

  is(probability: number): boolean {
    return this.#next() < probability;
  }

  /** Undefined only when `choices` is empty. */
  pick<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }

  /** Picks in proportion to the weights. */
  weighed<T extends { readonly weight: number }>(choices: readonly T[]): T | undefined {
    let left = this.#next() * choices.reduce((sum, { weight }) => sum + weight, 0);
    return choices.find(({ weight }) => (left -= weight) < 0) ?? choices.at(-1);
  }
}
