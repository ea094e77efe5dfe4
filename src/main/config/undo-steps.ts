/** The steps for undo: the bytes before each change of an unbroken series of our own changes. */
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import type { Undone } from "../../shared/gateways";
import type { FileChange } from "../disk/change-file";
import { sameBytes } from "../disk/save-file";

const MOST_STEPS = 50;
/** The total size of all versions that are kept for undo. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface UndoStep extends FileChange {
  readonly made: Undone;
  /** The mirror setting before the step, if the step changed it. */
  readonly mirrorBefore?: boolean;
  /** The custom domains that the step confirmed. */
  readonly confirmed?: ConfirmedDomains;
  /** The confirmed custom domains that no block names any more since the step. */
  readonly revoked?: ConfirmedDomains;
}

export class UndoSteps {
  #steps: readonly UndoStep[] = [];

  /**
   * Adds a step and returns the number of added steps. Drops all earlier steps if another program has
   * changed the bytes since the last one.
   */
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

  /** The number of steps if `bytes` is the result of the last one; otherwise 0. */
  countFrom(bytes: Buffer | null): number {
    const last = this.last();
    return last && sameBytes(last.after, bytes) ? this.#steps.length : 0;
  }
}
