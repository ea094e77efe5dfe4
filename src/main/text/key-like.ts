/** Recognizes a text that looks like an API key, when no list of the user's keys can tell. */

/** Common prefixes of keys, and of a JSON Web Token. */
const KEY_PREFIX = /^(?:(?:sk|pk|rk|gsk|xai|pplx|csk|fw|nvapi|ghp|gho|hf|r8|glpat)[-_]|AIza|eyJ)/;
const PREFIXED_LENGTH = 12;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Shorter texts are names and versions far more often than keys. */
const MIN_LENGTH = 20;

/** One run of this many letters and digits, with at least four digits, is not a name. */
const LONG_RUN = /[a-z\d]{20,}/i;
const MIN_DIGITS = 4;

/** Changes of kind per character. Names with a date or version stay below 0.15; random text is above. */
const MIN_CHANGES = 0.2;

/** From a digit to a letter or back, or from a lower-case letter to an upper-case one. */
const CHANGE = /(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])/g;

/**
 * Whether a word looks like a key: it starts with a common prefix of keys, or has at least 20
 * characters with letters and digits in random order. UUIDs and hexadecimal IDs count, because some
 * services use them as keys. A key of letters only, without a known prefix, is not recognized.
 */
export function looksLikeKey(word: string): boolean {
  if ((KEY_PREFIX.test(word) && word.length >= PREFIXED_LENGTH) || UUID.test(word)) return true;
  if (word.length < MIN_LENGTH || !/[a-z]/i.test(word) || !/\d/.test(word)) return false;
  const run = LONG_RUN.exec(word)?.[0] ?? "";
  if (run.replace(/\D/g, "").length >= MIN_DIGITS) return true;
  return (word.match(CHANGE)?.length ?? 0) / word.length >= MIN_CHANGES;
}
