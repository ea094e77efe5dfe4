/** Runs permission tests as an unprivileged user, because permissions do not apply to root. */

const NOBODY = 65_534;

/** Runs `work` as the user `nobody` when the tests run as root, and as the current user otherwise. */
export function asNobody<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Like `asNobody`, for asynchronous work. No other work may run at the same time. */
export async function asNobodyUntil<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
