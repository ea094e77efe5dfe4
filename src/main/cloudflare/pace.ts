/** Spaces the automatic calls that confirm tests, so that they never use up the API's limit. */
import { setTimeout as wait } from "node:timers/promises";

import { failure, type Failure } from "../../shared/errors";
import type { Result } from "../../shared/result";

/** Cloudflare allows 1,200 calls in 5 minutes, to all programs of a user together. */
const CALLS_PER_SECOND = 10;

/** Makes one call of a task when it is its turn. */
export type PacedCall = <T>(
  call: () => Promise<Result<T>>,
  signal: AbortSignal,
) => Promise<Result<T>>;

/**
 * Returns a function that starts a task. After Cloudflare refuses a call with `api_rate_limited`, each
 * task that had started before fails with the same error instead of its next call.
 */
export function openPace(callsPerSecond = CALLS_PER_SECOND): () => PacedCall {
  const spacing = 1000 / callsPerSecond;
  let nextTurn = 0;
  let shared: { refusal: Failure | null } = { refusal: null };

  return () => {
    const own = shared;
    return async (call, signal) => {
      if (own.refusal !== null) return own.refusal;
      const now = performance.now();
      const turn = Math.max(now, nextTurn);
      nextTurn = turn + spacing;
      try {
        if (turn > now) await wait(turn - now, undefined, { signal });
      } catch {
        return failure("account_not_connected");
      }
      if (own.refusal !== null) return own.refusal;
      const result = await call();
      if (!result.success && result.error.code === "api_rate_limited") {
        own.refusal = result;
        if (shared === own) shared = { refusal: null };
      }
      return result;
    };
  };
}
