/** Counts in a sentence. */

/** "1 provider", "7 providers". */
export function providers(count: number): string {
  return count === 1 ? "1 provider" : `${count} providers`;
}
