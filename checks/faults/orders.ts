/** The orders and replies between scenarios and programs, one JSON value per line. */
import { createInterface } from "node:readline";

import type { EnableInput } from "../../src/shared/contract";

export type Step =
  | ({ readonly kind: "enable" } & EnableInput)
  | { readonly kind: "disable" | "forget"; readonly provider: string }
  | { readonly kind: "undo" };

/** Calls of one store, in order, until the first failure. */
export interface Steps {
  readonly kind: "steps";
  readonly file: string;
  readonly steps: readonly Step[];
  /** The program's clock after each half second, in ms relative to the real time. */
  readonly jumps?: readonly number[];
}

/** A program's part in a shared count in one file. */
export interface Count {
  readonly kind: "count";
  readonly file: string;
  /** The provider with this program's counter. */
  readonly provider: string;
  readonly times: number;
  /** Longest pause between two increments, in ms. */
  readonly pause: number;
  readonly seed: number;
  /** How many ms this program's clock is ahead. */
  readonly clock?: number;
  /** False skips the lock, to check that lost updates are detected. */
  readonly lock: boolean;
}

/** One change by the store, without the view. */
export interface Bare {
  readonly kind: "bare";
  readonly file: string;
}

export type StoreOrder = Steps | Count | Bare;

export type MuxOrder = Count | { readonly kind: "hold"; readonly file: string };

/** In place: truncated, then written after a pause. Moved aside: renamed, then created after a pause. */
export const EDITOR_WAYS = ["in place", "in two pieces", "in place", "moved aside"] as const;

/** One save by an editor without locks. */
export interface EditorSave {
  readonly kind: "save";
  readonly file: string;
  readonly text: string;
  readonly way: (typeof EDITOR_WAYS)[number];
  /** Pauses before the save and in the middle of it. */
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
  /** Peak resident memory above that of the loaded program. */
  readonly peakBytes: number;
}

export interface CountDone {
  readonly error: string | null;
  /** Duration of the longest increment, including the lock. */
  readonly longestMs: number;
}

/** Reports that the program is loaded, then executes orders one by one, each a line of JSON. */
export async function obey(carryOut: (order: string) => Promise<unknown>): Promise<void> {
  process.stdout.write('"ready"\n');
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await carryOut(line))}\n`);
  }
}
