/** Finds the keys that a server has masked itself: "sk-p…****…wxyz" still shows a part of one. */

/** A word that may hold a mask: what keys are made of, and what stands for the rest. */
const WORD = /[\w*.…·•●∙⋯-]+/g;

/** Three stars or bullets do not occur inside an ordinary word. */
const MASK = /[*·•●∙⋯]{3,}/;

/** Dots do ("1...9", "Loading...done"), so what is around them decides. */
const DOTS = /[*.…·•●∙⋯]{2,}|…|⋯/;

// Looks behind, so that a long row of dots is walked through once and not once per dot.
const FULL_STOPS = /(?<![.…])[.…]+$/;

/** Fewer characters reveal little, and ordinary words begin with them too. */
const SHOWN = 4;

/**
 * Where a text has words with a mask in them. A word with stars or bullets is masked, whatever it
 * is; one with dots when what is before or after them is the beginning or the end of a secret.
 */
export function maskedWords(
  text: string,
  secrets: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: match, index }) => {
    // The full stop of the sentence is not part of the key.
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
      (head.length >= SHOWN && secret.startsWith(head)) ||
      (tail.length >= SHOWN && secret.endsWith(tail)),
  );
}
