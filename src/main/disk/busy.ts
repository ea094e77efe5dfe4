/** Repeats file operations that fail only because another program has the file open for a moment. */
import { setTimeout as wait } from "node:timers/promises";

import { errnoOf } from "./file-problem";

/** How long to repeat an operation, in ms. */
export const BUSY_MS = 2000;
/** Between two attempts; the later pauses are longer, up to the last of these. */
const PAUSES_MS = [10, 20, 50, 100];

/**
 * Whether a virus scanner or an indexer can be the cause of an error. On Windows, a file that is open
 * without the right to delete it cannot be renamed, replaced or removed, and one that is being
 * deleted cannot be opened: these calls fail with EPERM, EACCES or EBUSY (Node, deps/uv/src/win/error.c:
 * ERROR_SHARING_VIOLATION and ERROR_ACCESS_DENIED). Elsewhere, EPERM and EACCES are permissions.
 */
export function mayBeBusy(error: unknown): boolean {
  const code = errnoOf(error);
  if (code === "EBUSY") return true;
  return process.platform === "win32" && (code === "EPERM" || code === "EACCES");
}

/** Pauses between attempts until the time is over. */
export interface Patience {
  /** Waits before the next attempt. False: the time is over, or the error has another cause. */
  readonly pause: (error: unknown) => Promise<boolean>;
}

/** The time starts with the first error. */
export function patience(): Patience {
  let deadline: number | null = null;
  let attempts = 0;
  return {
    pause: async (error) => {
      if (!mayBeBusy(error)) return false;
      deadline ??= performance.now() + BUSY_MS;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length - 1)] ?? 0;
      attempts += 1;
      await wait(Math.min(pause, left));
      return true;
    },
  };
}

/** Repeats `work` while another program may have the file open, for up to 2 s. */
export async function whileBusy<T>(work: () => Promise<T>): Promise<T> {
  const { pause } = patience();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(await pause(error))) throw error;
    }
  }
}
