/** Choices that a seed determines, each actor with a stream of its own. */
import { randomFrom } from "../faults/scenario";

export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomFrom(seed);
  }

  /** Another stream, which draws nothing from this one after that. */
  fork(): Chance {
    return new Chance(this.below(2 ** 32));
  }

  /** From 0 to 1. */
  share(): number {
    return this.#next();
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.#next() * (most - least);
  }

  is(probability: number): boolean {
    return this.#next() < probability;
  }

  /** Undefined only when there is nothing to pick. */
  pick<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }

  /** By weight: twice the weight, twice as often. */
  weighed<T extends { readonly weight: number }>(choices: readonly T[]): T | undefined {
    let left = this.#next() * choices.reduce((sum, { weight }) => sum + weight, 0);
    return choices.find(({ weight }) => (left -= weight) < 0) ?? choices.at(-1);
  }
}
