/** Lists of names, and counts, in a sentence. */

/** Lists names in a sentence: the first few of many. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 8 ? [...names.slice(0, 7), `${names.length - 7} more`] : names;
  return new Intl.ListFormat("en").format(shown);
}

/** "1 provider", "7 providers". */
export function providers(count: number): string {
  return count === 1 ? "1 provider" : `${count} providers`;
}
