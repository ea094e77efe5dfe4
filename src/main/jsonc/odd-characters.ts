/** Finds text that looks right in an editor but is not JSON: odd characters and conflict markers. */

export interface Oddity {
  readonly what: string;
  readonly offset: number;
}

/** Characters that people and programs use by mistake. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["\u00a0", "a no-break space"],
  ["\u00ad", "a soft hyphen"],
  ["\u200b", "a zero-width space"],
  ["\u200c", "a zero-width non-joiner"],
  ["\u200d", "a zero-width joiner"],
  ["\u2028", "a line separator"],
  ["\u2029", "a paragraph separator"],
  ["\u202f", "a narrow no-break space"],
  ["\u2060", "a word joiner"],
  ["\u3000", "an ideographic space"],
  ["\ufeff", "a byte order mark"],
  ["\u2018", "the typographic quotation mark ‘"],
  ["\u2019", "the typographic quotation mark ’"],
  ["\u201a", "the typographic quotation mark ‚"],
  ["\u201c", "the typographic quotation mark “"],
  ["\u201d", "the typographic quotation mark ”"],
  ["\u201e", "the typographic quotation mark „"],
  ["\u00ab", "the typographic quotation mark «"],
  ["\u00bb", "the typographic quotation mark »"],
  ["\uff0c", "the full-width comma ，"],
  ["\uff1a", "the full-width colon ："],
]);
const UNSEEN = /[\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cc}]/u;
const QUOTATION_MARK = /[\u201c-\u201e]/g;

/** Merge conflict markers, as git writes them: seven equal characters at the start of a line. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?![<|=>])/;
/** Ends a token that is not JSON. */
const TOKEN_END = /[\t\n\r "{}[\],:]/;
const LONGEST_TOKEN = 200;

/** The character or marker that makes the token at `offset` invalid; null if there is none. */
export function oddityAt(text: string, offset: number): Oddity | null {
  const isLineStart = offset === 0 || /[\n\r\ufeff]/.test(text.charAt(offset - 1));
  const [marker] = (isLineStart && CONFLICT.exec(text.slice(offset, offset + 8))) || [];
  if (marker !== undefined)
    return { what: `it contains the merge conflict marker ${marker}`, offset };
  let at = offset;
  for (const character of text.slice(offset, offset + LONGEST_TOKEN)) {
    if (TOKEN_END.test(character)) return null;
    const name = nameOf(character);
    if (name !== null) return { what: `it contains ${name}`, offset: at };
    at += character.length;
  }
  return null;
}

/**
 * A typographic quotation mark on the same line before `offset`, which may have been intended to close
 * a string. This is a guess, because such marks are allowed inside strings.
 */
export function suspectBefore(text: string, offset: number): string | null {
  const line = text
    .slice(Math.max(0, offset - LONGEST_TOKEN), offset)
    .split(/[\n\r]/)
    .at(-1);
  const mark = line?.match(QUOTATION_MARK)?.at(-1);
  return mark === undefined ? null : nameOf(mark);
}

function nameOf(character: string): string | null {
  const name = NAMES.get(character) ?? (UNSEEN.test(character) ? "an invisible character" : null);
  const number = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  return name === null ? null : `${name} (U+${number})`;
}
