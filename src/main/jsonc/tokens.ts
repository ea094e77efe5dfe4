/** Splits a text into tokens with their places. No other file imports jsonc-parser. */
import { createScanner, parseTree, type JSONScanner, type Node } from "jsonc-parser";

export type ValueKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** A node of jsonc-parser's tree. */
export type LenientNode = Node;

/** jsonc-parser's `SyntaxKind`, whose ambient const enum cannot be imported file by file. */
export const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  end: 17,
} as const;

/** The kind of the value that begins with a token, if any does. */
export function valueKind(token: number): ValueKind | undefined {
  switch (token) {
    case TOKEN.openBrace:
      return "object";
    case TOKEN.openBracket:
      return "array";
    case TOKEN.string:
      return "string";
    case TOKEN.number:
      return "number";
    case TOKEN.true:
    case TOKEN.false:
      return "boolean";
    case TOKEN.null:
      return "null";
    default:
      return undefined;
  }
}

export const UNCLOSED = "a string is not closed";

/** Descriptions of jsonc-parser's `ScanError` numbers. */
const SCAN_ERRORS: readonly (string | null)[] = [
  null,
  "a comment is not closed",
  UNCLOSED,
  "a number is not complete",
  "a \\u escape needs four hex digits",
  "a string has an escape that JSON does not know",
  "a string has a control character, which must be escaped",
];

/** Stops the parser, which catches it. `what` is null if the text is nested too deeply. */
export class Unreadable extends Error {
  readonly what: string | null;
  readonly offset: number;

  constructor(what: string | null, offset: number) {
    super("unreadable");
    this.what = what;
    this.offset = offset;
  }
}

/**
 * Moves from token to token and skips white space and comments. Handles the usual tokens itself, and
 * leaves the others to jsonc-parser's scanner, which takes several times as long.
 */
export class Cursor {
  token = 0;
  /** The offset of the token. */
  start = 0;
  end: number;
  readonly #text: string;
  #scanner: JSONScanner | null = null;
  #isScanned = false;
  #name = "";

  constructor(text: string, start: number) {
    this.#text = text;
    this.end = start;
  }

  next(): number {
    const text = this.#text;
    let start = this.end;
    let code = text.charCodeAt(start);
    if (code <= 32 || code === SLASH) {
      start = skipTrivia(text, start);
      code = text.charCodeAt(start);
    }
    this.start = start;
    const isString = code === QUOTE;
    const end = isString ? plainStringEnd(text, start + 1) : start + 1;
    const token = isString ? TOKEN.string : code < 128 ? PUNCTUATION[code] : 0;
    if (!token || end === 0) return this.#scan();
    this.#isScanned = false;
    this.end = end;
    this.token = token;
    return token;
  }

  is(token: number): boolean {
    return this.token === token;
  }

  nextIs(token: number): boolean {
    return this.next() === token;
  }

  /** The content of a string, unescaped. */
  value(): string {
    if (this.#isScanned && this.#scanner) return this.#scanner.getTokenValue();
    return this.#text.slice(this.start + 1, this.end - 1);
  }

  /** The content of a string. Many equal strings in a row share one string in memory. */
  name(): string {
    const length = this.end - this.start - 2;
    const isSame =
      length === this.#name.length && this.#text.startsWith(this.#name, this.start + 1);
    if (!isSame || this.#isScanned) this.#name = this.value();
    return this.#name;
  }

  fail(what: string | null): never {
    throw new Unreadable(what, this.start);
  }

  #scan(): number {
    const scanner = (this.#scanner ??= createScanner(this.#text, false));
    scanner.setPosition(this.start);
    this.token = scanner.scan();
    this.end = scanner.getPosition();
    this.#isScanned = true;
    const wrong = SCAN_ERRORS[scanner.getTokenError()];
    if (typeof wrong === "string") this.fail(wrong);
    return this.token;
  }
}

/** The tree that jsonc-parser, mux's parser, finds in a broken text. */
export function parseLeniently(text: string): LenientNode | undefined {
  return parseTree(text, [], { allowTrailingComma: true });
}

/** The largest number of open brackets in a text, valid or not. */
export function depthOf(text: string): number {
  const scanner = createScanner(text, true);
  let depth = 0;
  let deepest = 0;
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket)
      deepest = Math.max(deepest, ++depth);
    else if (token === TOKEN.closeBrace || token === TOKEN.closeBracket) depth--;
  }
  return deepest;
}

/** The offset after the byte order mark, or 0 if there is none. */
export function startOf(text: string): number {
  return text.charCodeAt(0) === BOM ? 1 : 0;
}

const BOM = 0xfeff;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const STAR = 42;
const SLASH = 47;
const BACKSLASH = 92;

/** The token of each character that is one by itself, by its code; 0 for the others. */
const PUNCTUATION: readonly number[] = Array.from(
  { length: 128 },
  (_, code) => "{}[],:".indexOf(String.fromCharCode(code)) + 1,
);

/** The offset after white space and closed comments. */
function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === LF || code === CR) at++;
    else if (code !== SLASH) return at;
    else {
      const end = commentEnd(text, at);
      if (end === 0) return at;
      at = end;
    }
  }
}

/** The offset after a closed comment, or 0 if there is none. */
function commentEnd(text: string, start: number): number {
  const code = text.charCodeAt(start + 1);
  if (code === STAR) {
    const close = text.indexOf("*/", start + 2);
    return close < 0 ? 0 : close + 2;
  }
  if (code !== SLASH) return 0;
  let at = start + 2;
  while (at < text.length && text.charCodeAt(at) !== LF && text.charCodeAt(at) !== CR) at++;
  return at;
}

/** The offset after a string without escapes and control characters; 0 for any other string. */
function plainStringEnd(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    // Also at the end of the text, where the code is not a number.
    if (!(code >= 32 && code !== BACKSLASH)) return 0;
  }
}
