/** Removes secrets from texts by value, in every encoding a text may use. */
import { readingsOf, unescaped, withoutHalfEscape, type Reading } from "./decoded-text";
import { maskedWords } from "./masked-keys";

export type Redact = (text: string, options?: { readonly cut?: boolean }) => string;

/** Headers whose value is always hidden. */
const SECRET_HEADER =
  /^(?:authorization|proxy-authorization|x-api-key|x-goog-api-key|api-key|cf-aig-authorization|cookie|set-cookie)$/;

/** Words in the names of headers whose value is a secret. */
const SECRET_WORD = /key|token|secret|auth|password|cookie|credential/;

const REPLACEMENT = "[redacted]";

/** Shorter values ("1", "no") occur in ordinary text and protect nothing. */
const MIN_LENGTH = 4;

/** Shorter values may be ordinary words ("ollama", "preview"), so they are redacted only as whole words. */
const MIN_LENGTH_ANYWHERE = 8;

/** The longest truncated escape to expect, such as one encoded twice: `%26%23x10ffff`. */
const LONGEST_HALF_CODE = 40;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns a function that replaces each secret in a text: in plain form, in any encoding that
 * `readingsOf` decodes, nested or not, and as servers mask it. It ignores case. A secret of fewer
 * than 8 characters is replaced only as a whole word; one of fewer than 4 is ignored.
 * With `cut`, the text was truncated, and the start of a secret at its end is removed too.
 */
export function redactor(secrets: readonly string[]): Redact {
  const values = [...new Set(secrets.flatMap(parts).flatMap(spellings))]
    .filter((value) => value.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length);
  if (values.length === 0) return (text) => withoutSpans(text, maskedWords(text, []));
  const pattern = patternOf(values);
  const lowered = values.map((value) => value.toLowerCase());
  const long = lowered.filter((value) => value.length >= MIN_LENGTH_ANYWHERE);
  return (text, { cut = false } = {}) => {
    const spans = readingsOf(text).map((reading): readonly (readonly Span[])[] => [
      found(reading, pattern),
      reading.isProse ? sourceOf(reading, maskedWords(reading.text, long)) : [],
      cut ? beginningAtEnd(reading, text.length, lowered) : [],
    ]);
    return withoutSpans(text, spans.flat(2));
  };
}

/** How much of a text is looked at where a line of it is shown, in UTF-16 code units. */
const BEGINNING = 4096;

/**
 * The beginning of a text without secrets, for a line or two that quote it. Whoever answers may send
 * megabytes, and to search all of them would hold everything else up.
 */
export function redactedBeginning(text: string, redact: Redact): string {
  return redact(text.slice(0, BEGINNING), { cut: text.length > BEGINNING });
}

/** Whether the value of a header with this name is a secret. */
export function hasSecretValue(name: string): boolean {
  const lowered = name.toLowerCase();
  return SECRET_HEADER.test(lowered) || SECRET_WORD.test(lowered);
}

/** Replaces secret header values, by name and by value, and secrets in names. */
export function redactHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  redact: Redact,
): readonly (readonly [name: string, value: string])[] {
  return headers.map(([name, value]): [string, string] => [
    redact(name),
    SECRET_HEADER.test(name.toLowerCase()) ? REPLACEMENT : redact(value),
  ]);
}

/** Splits a header value such as "Bearer …", so that the secret is also redacted without the scheme. */
function parts(secret: string): readonly string[] {
  const words = secret.trim().split(/\s+/);
  return [secret.trim(), ...(words.length > 1 ? words.filter((word) => word.length >= 8) : [])];
}

/** The forms in which a secret may appear: as text, as bytes, and with its own escapes decoded. */
function spellings(secret: string): readonly string[] {
  const decoded = [secret];
  for (let next = unescaped(secret); !decoded.includes(next); next = unescaped(next)) {
    decoded.push(next);
  }
  const inCode = [false, true].map((url) =>
    Buffer.from(secret)
      .toString(url ? "base64url" : "base64")
      .replaceAll("=", ""),
  );
  // With its case changed, base64 can no longer be decoded.
  return [...decoded, ...decoded.map((text) => Buffer.from(text).toString("latin1")), ...inCode];
}

/** Matches the longest value at every position, including overlaps. `values`: longest first. */
function patternOf(values: readonly string[]): RegExp {
  const alternatives = values.map((value) =>
    value.length < MIN_LENGTH_ANYWHERE ? `(?<![\\w-])${escaped(value)}(?![\\w-])` : escaped(value),
  );
  return new RegExp(`(?=(${alternatives.join("|")}))`, "gi");
}

function found(reading: Reading, pattern: RegExp): readonly Span[] {
  const matches = [...reading.text.matchAll(pattern)];
  return sourceOf(
    reading,
    matches.map(({ 1: value = "", index }) => ({ start: index, end: index + value.length })),
  );
}

function sourceOf({ from, to }: Reading, spans: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ start, end }) => {
    const [first, last] = [from[start], to[end - 1]];
    return first === undefined || last === undefined ? [] : [{ start: first, end: last }];
  });
}

/** Finds the start of a secret at the end of the text. `values`: in lower case. */
function beginningAtEnd(
  { text, from, to }: Reading,
  length: number,
  values: readonly string[],
): readonly Span[] {
  return [text, withoutHalfEscape(text), withoutLastEscape(text, from, to)].flatMap((whole) => {
    if (length - (to[whole.length - 1] ?? 0) > LONGEST_HALF_CODE) return [];
    const shown = longestBeginning(whole.toLowerCase(), values);
    const start = shown === 0 ? undefined : from[whole.length - shown];
    return start === undefined ? [] : [{ start, end: length }];
  });
}

/** A truncated number (`&#x6` of `&#x61`) decodes to a different character, so it is dropped. */
function withoutLastEscape(text: string, from: readonly number[], to: readonly number[]): string {
  const last = text.length - 1;
  return (to[last] ?? 0) - (from[last] ?? 0) > 1 ? text.slice(0, -1) : text;
}

function longestBeginning(text: string, values: readonly string[]): number {
  let longest = 0;
  for (const value of values) {
    for (let size = Math.min(value.length - 1, text.length); size >= MIN_LENGTH; size -= 1) {
      if (text.endsWith(value.slice(0, size))) {
        longest = Math.max(longest, size);
        break;
      }
    }
  }
  return longest;
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const kept: string[] = [];
  let end = 0;
  let isOpen = false;
  for (const span of sorted) {
    if (span.start > end || !isOpen) {
      kept.push(text.slice(end, span.start), REPLACEMENT);
      isOpen = true;
    }
    end = Math.max(end, span.end);
  }
  return kept.join("") + text.slice(end);
}

function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
