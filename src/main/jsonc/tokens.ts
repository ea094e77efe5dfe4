/** Text → tokens with their places: the one file that knows jsonc-parser. */
import { createScanner, parseTree, type JSONScanner, type Node } from "jsonc-parser";

export type ValueKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** A node of jsonc-parser's own tree. */
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

export const KINDS: ReadonlyMap<number, ValueKind> = new Map([
  [TOKEN.openBrace, "object"],
  [TOKEN.openBracket, "array"],
  [TOKEN.string, "string"],
  [TOKEN.number, "number"],
  [TOKEN.true, "boolean"],
  [TOKEN.false, "boolean"],
  [TOKEN.null, "null"],
]);

export const UNCLOSED = "a string is not closed";

/** What the numbers of jsonc-parser's `ScanError` mean. */
const SCAN_ERRORS: readonly (string | null)[] = [
  null,
  "a comment is not closed",
  UNCLOSED,
  "a number is not complete",
  "a \\u escape needs four hex digits",
  "a string has an escape that JSON does not know",
  "a string has a control character, which must be escaped",
];

/** Ends the reading; `what` is null when it went too deep. Caught where the reading began. */
export class Unreadable extends Error {
  readonly what: string | null;
  readonly offset: number;

  constructor(what: string | null, offset: number) {
    super("unreadable");
    this.what = what;
    this.offset = offset;
  }
}

/** Goes from token to token, over white space and comments. */
export class Cursor {
  token = 0;
  /** Of the token. */
  start = 0;
  end: number;
  readonly #text: string;
  readonly #scanner: JSONScanner;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#scanner = createScanner(text, false);
    this.end = start;
  }

  next(): number {
    for (;;) {
      // The scanner would build a string out of all white space, one character at a time.
      this.start = skipWhiteSpace(this.#text, this.end);
      this.#scanner.setPosition(this.start);
      this.token = this.#scanner.scan();
      this.end = this.#scanner.getPosition();
      const wrong = SCAN_ERRORS[this.#scanner.getTokenError()];
      if (typeof wrong === "string") this.fail(wrong);
      const { token } = this;
      if (token !== TOKEN.lineComment && token !== TOKEN.blockComment) return token;
    }
  }

  is(token: number): boolean {
    return this.token === token;
  }

  nextIs(token: number): boolean {
    return this.next() === token;
  }

  /** Of a string: unescaped. */
  value(): string {
    return this.#scanner.getTokenValue();
  }

  fail(what: string | null): never {
    throw new Unreadable(what, this.start);
  }
}

/** What jsonc-parser, which mux reads with, still makes of a text that is broken. */
export function parseLeniently(text: string): LenientNode | undefined {
  return parseTree(text, [], { allowTrailingComma: true });
}

/** The most brackets that are open at once, in a text that need not be valid. */
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

/** After the byte order mark, if there is one. */
export function startOf(text: string): number {
  return text.charCodeAt(0) === BOM ? 1 : 0;
}

const BOM = 0xfeff;
const LF = 10;
const CR = 13;

function skipWhiteSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== LF && code !== CR) return at;
    at++;
  }
}
