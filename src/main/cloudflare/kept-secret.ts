/** Calls the host's store of the token one call at a time, with a time limit, and never throws. */
import { setTimeout as wait } from "node:timers/promises";

import { failure, type Failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { Log } from "../text/log";
import { aboutError } from "../text/unexpected-error";
import type { SecretStore } from "./secret-store";

/** Long enough to unlock a keyring. */
export const STORE_LIMIT_MS = 30_000;

export interface KeptSecret {
  /** Also null if the store fails. */
  readonly get: () => Promise<string | null>;
  /** Fails with `secret_not_saved`, or the store's own error; then nothing stays stored. */
  readonly set: (secret: string) => Promise<Result<null>>;
  /** Fails with `secret_not_deleted`. */
  readonly delete: () => Promise<Result<null>>;
  /** False if the store fails. */
  readonly isAvailable: () => Promise<boolean>;
}

/**
 * The store is the host's code, so it may throw, or never answer. Its calls run one after another,
 * because a `set` that ends after a later `delete` would keep a forgotten token.
 */
export function openKeptSecret(
  secrets: SecretStore | null,
  log: Log,
  limitMs = STORE_LIMIT_MS,
): KeptSecret {
  if (secrets === null) {
    return {
      get: async () => null,
      set: async () => failure("secrets_unavailable"),
      delete: async () => success(null),
      isAvailable: async () => false,
    };
  }
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(task: () => Promise<T>): Promise<Answer<T>> => {
    const answer = last.then(() => settled(task, log));
    last = answer;
    return answer;
  };
  const inTime = <T>(answer: Promise<Answer<T>>): Promise<Answer<T>> => {
    const ended = new AbortController();
    const late = wait(limitMs, LATE, { signal: ended.signal, ref: false }).catch(() => LATE);
    return Promise.race([answer, late]).finally(() => ended.abort());
  };
  const remove = () => inOrder(() => secrets.delete());
  return {
    get: async () => {
      const found = await inTime(inOrder(() => secrets.get()));
      return found.state === "answered" ? found.value : null;
    },
    set: async (secret) => {
      const saved = await inTime(inOrder(() => secrets.set(secret)));
      if (saved.state === "answered") return saved.value;
      // The user is told that nothing was saved, so a late success must be undone.
      void remove();
      return failure("secret_not_saved", { why: WHY[saved.state] });
    },
    delete: async () => {
      const deleted = await inTime(remove());
      if (deleted.state !== "answered") return notDeleted(WHY[deleted.state]);
      return deleted.value.success ? deleted.value : notDeleted(deleted.value.error.message);
    },
    isAvailable: async () => {
      const known = await inTime(settled(async () => secrets.isAvailable?.() ?? true, log));
      return known.state === "answered" && known.value;
    },
  };
}

type Answer<T> =
  | { readonly state: "answered"; readonly value: T }
  | { readonly state: "failed" }
  | { readonly state: "late" };

const LATE = { state: "late" } as const;

const WHY = {
  failed: "the app's storage failed.",
  late: "the app's storage did not answer.",
} as const;

function notDeleted(why: string): Failure {
  return failure("secret_not_deleted", { why });
}

async function settled<T>(task: () => Promise<T>, log: Log): Promise<Answer<T>> {
  try {
    return { state: "answered", value: await task() };
  } catch (error) {
    log.warn("The store of secrets failed", aboutError(error));
    return { state: "failed" };
  }
}
