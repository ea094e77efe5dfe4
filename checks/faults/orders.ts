/** What a scenario tells the programs to do and what they answer, one JSON value a line. */
import { createInterface } from "node:readline";

import type { EnableInput } from "../../src/shared/contract";

/** One call of the store. */
export type Step =
  | ({ readonly kind: "enable" } & EnableInput)
  | { readonly kind: "disable" | "forget"; readonly provider: string }
  | { readonly kind: "undo" };

/** Calls of one store, in order, until one fails. */
export interface Steps {
  readonly kind: "steps";
  readonly file: string;
  readonly steps: readonly Step[];
  /** Where the program's clock stands after each half second, in ms from the true time. */
  readonly jumps?: readonly number[];
}

/** A program's share in counting together on one file. */
export interface Count {
  readonly kind: "count";
  readonly file: string;
  /** The provider that carries this program's own counter. */
  readonly provider: string;
  readonly times: number;
  /** Longest pause between two increments, in ms. */
  readonly pause: number;
  readonly seed: number;
  /** By how many ms this program's clock is ahead. */
  readonly clock?: number;
  /** False leaves out the lock, to see that the count notices. */
  readonly lock: boolean;
}

/** One change as the store makes it, without what the panel shows of it. */
export interface Bare {
  readonly kind: "bare";
  readonly file: string;
}

export type StoreOrder = Steps | Count | Bare;

export type MuxOrder = Count | { readonly kind: "hold"; readonly file: string };

/** In place: emptied, and written after a pause. Moved aside: renamed, and created after a pause. */
export const EDITOR_WAYS = ["in place", "in two pieces", "in place", "moved aside"] as const;

/** One save by an editor that takes no lock. */
export interface EditorSave {
  readonly kind: "save";
  readonly file: string;
  readonly text: string;
  readonly way: (typeof EDITOR_WAYS)[number];
  /** Before it begins, and in the midst of it. */
  readonly delayMs: number;
  readonly pauseMs: number;
}

/** When the text was written, in ms since 1970. */
export interface EditorDone {
  readonly at: number;
}

/** `error` is the code of the first step that failed, or null. */
export interface StepsDone {
  readonly error: string | null;
  readonly message: string;
  /** Most memory that was resident at once, beyond what the loaded program had. */
  readonly peakBytes: number;
}

export interface CountDone {
  readonly error: string | null;
  /** Of the longest increment, lock included. */
  readonly longestMs: number;
}

/** Says that the program is loaded, then carries out one order after the other, each a line of JSON. */
export async function obey(carryOut: (order: string) => Promise<unknown>): Promise<void> {
  process.stdout.write('"ready"\n');
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await carryOut(line))}\n`);
  }
}
