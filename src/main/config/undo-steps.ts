/** What can be taken back: the bytes before each change, as long as the changes join up. */
import type { Undone } from "../../shared/gateways";
import type { FileChange } from "../disk/change-file";
import { sameBytes } from "../disk/save-file";

const MOST_STEPS = 50;
/** Of all versions that are kept for undoing. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface UndoStep extends FileChange {
  readonly made: Undone;
  /** Whether blocks were mirrored before it, when the step changed that. */
  readonly mirrorBefore?: boolean;
}

export class UndoSteps {
  #steps: readonly UndoStep[] = [];

  /** A change of bytes that the last step did not leave starts a new row. Answers how many steps it added. */
  add(change: UndoStep): 1 {
    const last = this.#steps.at(-1);
    const joins = last !== undefined && sameBytes(last.after, change.before);
    const steps = joins ? [...this.#steps, { ...change, before: last.after }] : [change];
    let room = MOST_BYTES;
    const tooLarge = steps.findLastIndex(({ before }) => (room -= before?.length ?? 0) < 0);
    this.#steps = steps.slice(Math.max(tooLarge + 1, steps.length - MOST_STEPS));
    return 1;
  }

  last(): UndoStep | null {
    return this.#steps.at(-1) ?? null;
  }

  drop(): void {
    this.#steps = this.#steps.slice(0, -1);
  }

  /** How many there are, when `bytes` is what the last of them left; else none. */
  countFrom(bytes: Buffer | null): number {
    const last = this.last();
    return last && sameBytes(last.after, bytes) ? this.#steps.length : 0;
  }
}
