/** Lists of names in a sentence. */

/** The names, or the first few and the number of the others: "A, B, and 57 more". */
export function listed(names: readonly (string | number)[], most = 8): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const more = names.length > most ? [`${names.length - shown.length} more`] : [];
  return new Intl.ListFormat("en").format([...shown.map(String), ...more]);
}
