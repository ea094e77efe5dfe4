/** For tests of permissions, which root does not feel: the same work as a user without any. */

const NOBODY = 65_534;

/** Runs `work` as nobody when the tests run as root, and as the user otherwise. */
export function asNobody<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** The same for work that takes time; nothing else must go on meanwhile. */
export async function asNobodyUntil<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
