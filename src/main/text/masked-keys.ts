/** Finds keys that a server has masked: "sk-p…****…wxyz" still shows parts of the key. */

/** A word that may be a masked key: key characters and mask characters. */
const WORD = /[\w*.…·•●∙⋯-]+/g;

/** Ordinary words do not contain three stars or bullets. */
const MASK = /[*·•●∙⋯]{3,}/;

/** Ordinary words do contain dots ("1...9", "Loading...done"), so the text around them decides. */
const DOTS = /[*.…·•●∙⋯]{2,}|…|⋯/;

// The lookbehind scans a long row of dots only once, not once per dot.
const FULL_STOPS = /(?<![.…])[.…]+$/;

/** Fewer characters reveal little, and many ordinary words start with them. */
const MIN_VISIBLE = 4;

/**
 * Returns the positions of masked words. A word with stars or bullets always counts as masked. A
 * word with dots counts when it starts or ends like one of the secrets.
 */
export function maskedWords(
  text: string,
  secrets: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: match, index }) => {
    // A full stop at the end of a sentence is not part of the key.
    const word = match.replace(FULL_STOPS, "");
    if (!MASK.test(word) && !isShortened(match, secrets)) return [];
    return [{ start: index, end: index + word.length }];
  });
}

function isShortened(word: string, secrets: readonly string[]): boolean {
  const dots = DOTS.exec(word);
  if (dots === null) return false;
  const head = word.slice(0, dots.index).toLowerCase();
  const rest = word.slice(dots.index + dots[0].length).toLowerCase();
  const tail = rest.replace(FULL_STOPS, "");
  return secrets.some(
    (secret) =>
      (head.length >= MIN_VISIBLE && secret.startsWith(head)) ||
      (tail.length >= MIN_VISIBLE && secret.endsWith(tail)),
  );
}
