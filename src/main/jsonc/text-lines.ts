/** The lines of a text, and the white space and comments around a place in it. */
import { startOf } from "./tokens";

/** The start of the line at `at`. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start === 0 && text.charCodeAt(0) === BOM ? Math.min(1, at) : start;
}

/** The end of the line at `at`, before its line break. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

/** The offset after the line break at `at`, or `at` if there is none. */
export function afterBreak(text: string, at: number): number {
  if (text.startsWith("\r\n", at)) return at + 2;
  return isBreak(text.charCodeAt(at)) ? at + 1 : at;
}

/** The spaces and tabs at the start of the line at `at`. */
export function indentAt(text: string, at: number): string {
  const start = lineStart(text, at);
  return text.slice(start, skipSpaces(text, start));
}

/** Whether only spaces and tabs are before `at` on its line. */
export function beginsLine(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && isSpace(text.charCodeAt(from - 1))) from--;
  return from === 0 || isBreak(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === BOM;
}

/** The offset after the spaces and tabs at `from`. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

export function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlankCode(text.charCodeAt(at))) return false;
  return true;
}

export function hasBreak(text: string, from: number, to: number): boolean {
  // A part can be the whole file, and the built-in search is faster than a loop.
  if (to - from > 64) return /[\n\r]/.test(text.slice(from, to));
  for (let at = from; at < to; at++) if (isBreak(text.charCodeAt(at))) return true;
  return false;
}

/** The nearest line break before `at`, or else after it, or else a line feed. */
export function breakNear(text: string, at: number): string {
  let found = at - 1;
  while (found >= 0 && !isBreak(text.charCodeAt(found))) found--;
  if (found < 0) found = lineEnd(text, at);
  if (found >= text.length) return "\n";
  if (text.charCodeAt(found) === LF) return text.charCodeAt(found - 1) === CR ? "\r\n" : "\n";
  return text.charCodeAt(found + 1) === LF ? "\r\n" : "\r";
}

/**
 * The comments between two offsets outside all values. There may also be a comma. The `end` of a `//`
 * comment is before its line break.
 */
export function* commentsBetween(
  text: string,
  from: number,
  to: number,
): Generator<{ readonly start: number; readonly end: number; readonly line: boolean }> {
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== SLASH) continue;
    const line = text.charCodeAt(at + 1) === SLASH;
    const end = line ? lineEnd(text, at) : text.indexOf("*/", at + 2) + 2;
    yield { start: at, end, line };
    at = end - 1;
  }
}

/** The line and column of an offset, both counted from 1. A byte order mark is not counted. */
export function placeOf(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = startOf(text);
  for (let at = start; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code !== LF && code !== CR) continue;
    if (code === CR && text.charCodeAt(at + 1) === LF) at++;
    line++;
    start = at + 1;
  }
  return { line, column: Math.max(0, offset - start) + 1 };
}

/** Returns the line of any offset in one text, counted from 1, without scanning the text each time. */
export function lineFinder(text: string): (offset: number) => number {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(1, low);
  };
}

function lineStarts(text: string): readonly number[] {
  return [
    0,
    ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: found }) => index + found.length),
  ];
}

const BOM = 0xfeff;
const LF = 10;
const CR = 13;
const SLASH = 47;

export function isBreak(code: number): boolean {
  return code === LF || code === CR;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

export function isBlankCode(code: number): boolean {
  return isSpace(code) || isBreak(code);
}
