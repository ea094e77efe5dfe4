/** The API token in a text that a user pasted. */

const LABEL = /^(?:export\s+|set\s+|\$env:)?["'`]?[a-z][a-z0-9_ -]*["'`]?\s*[:=]\s*/iu;
const BEARER = /^bearer\s+/iu;
const QUOTES = /^["'`]+|["'`,;]+$/gu;
/** Zero-width characters and direction marks, which a user cannot see. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/** The text without a variable's name, "Bearer", quotes and invisible characters around the token. */
export function apiTokenIn(text: string): string {
  const visible = text.replaceAll(INVISIBLE, "").trim();
  return visible
    .replace(LABEL, "")
    .replaceAll(QUOTES, "")
    .trim()
    .replace(BEARER, "")
    .replaceAll(QUOTES, "")
    .trim();
}
