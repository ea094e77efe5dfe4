/** Text → where its members stand: the one reader of JSONC, strict for editing, lenient for showing. */
import { createScanner, parseTree, type JSONScanner, type Node } from "jsonc-parser";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";

export type ValueKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** One member of an object. Offsets count UTF-16 code units; ends are exclusive. */
export interface Member {
  /** Unescaped. */
  readonly key: string;
  /** Of the opening quote. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly kind: ValueKind;
  readonly start: number;
  readonly end: number;
  /** Of the comma after it, or null. */
  readonly comma: number | null;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  /** `// …`, which needs the line break after it. */
  readonly line: boolean;
}

/** One object, without what lies inside its values. */
export interface ObjectNode {
  /** Of the opening brace. */
  readonly start: number;
  /** After the closing brace. */
  readonly end: number;
  /** In the order of the text, duplicates included. */
  readonly members: readonly Member[];
  /** Between its members and braces, in the order of the text. */
  readonly comments: readonly Comment[];
}

export interface Document {
  readonly text: string;
  /** Null when the text has nothing but white space and comments. */
  readonly root: ObjectNode | null;
}

/** A member of the root, with what a reader of configurations needs of it. */
export interface Outline {
  readonly key: string;
  /** Of its key. */
  readonly offset: number;
  readonly kind: ValueKind;
  /** Of an object; duplicates included. Empty for any other kind. */
  readonly members: readonly OutlineMember[];
}

export interface OutlineMember {
  readonly key: string;
  readonly offset: number;
  /** Objects have no prototype, so that `__proto__` is a name like any other. */
  readonly value: unknown;
}

/** Levels of nesting, the root included. */
export const MAX_DEPTH = 1000;

/**
 * Reads a whole text, which must hold one object or nothing; comments and trailing commas are part
 * of the language, as they are for mux. `file` names it in the error, which has line and column:
 * `file_invalid`, `file_not_object` or `file_too_deep`. No error quotes the text, for a slip of the
 * pen can be a key.
 */
export function parseDocument(text: string, file: string): Result<Document> {
  try {
    const cursor = new Cursor(text, startOf(text));
    if (cursor.nextIs(TOKEN.end)) return success({ text, root: null });
    const { token, start } = cursor;
    const root = token === TOKEN.openBrace ? readMembers(cursor, 1) : null;
    if (root === null) skipValue(cursor, 0);
    if (!cursor.nextIs(TOKEN.end)) cursor.fail("there is something after the end of the object");
    if (root === null) return failure("file_not_object", { file, ...placeOf(text, start) });
    return success({ text, root });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const place = placeOf(text, error.offset);
    return error.what === null
      ? failure("file_too_deep", { file, ...place })
      : failure("file_invalid", { file, what: error.what, ...place });
  }
}

/** The object whose brace opens at `start`, in a text that `parseDocument` has accepted. */
export function objectAt(text: string, start: number): ObjectNode {
  const cursor = new Cursor(text, start);
  cursor.next();
  return readMembers(cursor, 1);
}

/** The string that starts at `start`, unescaped, or null when another kind of value does. */
export function stringAt(text: string, start: number): string | null {
  const cursor = new Cursor(text, start);
  return cursor.nextIs(TOKEN.string) ? cursor.value() : null;
}

/** The members of the root and, one level down, their values; of a document that was accepted. */
export function outlineOf({ text, root }: Document): readonly Outline[] {
  return (root?.members ?? []).map(({ key, keyStart, kind, start }) => ({
    key,
    offset: keyStart,
    kind,
    members: kind === "object" ? outlineMembers(text, start) : [],
  }));
}

/**
 * What a lenient reader, as mux is one, still finds in a text that `parseDocument` refuses. Nothing
 * when it is nested too deep to be looked at.
 */
export function recoverOutline(text: string): readonly Outline[] {
  if (depthOf(text) > MAX_DEPTH) return [];
  const start = startOf(text);
  const root = parseTree(text.slice(start), [], { allowTrailingComma: true });
  return propertiesOf(root).map(({ key, offset, value }) => ({
    key,
    offset: offset + start,
    kind: kindOfNode(value),
    members: propertiesOf(value).map((member) => ({
      key: member.key,
      offset: member.offset + start,
      value: dataOfNode(member.value),
    })),
  }));
}

/** Line and column of an offset, both counted from 1; a byte order mark takes no column. */
export function placeOf(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = startOf(text);
  for (let at = lineStart; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code !== LF && code !== CR) continue;
    if (code === CR && text.charCodeAt(at + 1) === LF) at++;
    line++;
    lineStart = at + 1;
  }
  return { line, column: Math.max(0, offset - lineStart) + 1 };
}

const BOM = 0xfeff;
const LF = 10;
const CR = 13;

/** jsonc-parser's `SyntaxKind`, whose ambient const enum cannot be imported file by file. */
const TOKEN = {
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

const KINDS: ReadonlyMap<number, ValueKind> = new Map([
  [TOKEN.openBrace, "object"],
  [TOKEN.openBracket, "array"],
  [TOKEN.string, "string"],
  [TOKEN.number, "number"],
  [TOKEN.true, "boolean"],
  [TOKEN.false, "boolean"],
  [TOKEN.null, "null"],
]);

/** What the numbers of jsonc-parser's `ScanError` mean. */
const SCAN_ERRORS: readonly (string | null)[] = [
  null,
  "a comment is not closed",
  "a string is not closed",
  "a number is not complete",
  "a \\u escape needs four hex digits",
  "a string has an escape that JSON does not know",
  "a string has a control character, which must be escaped",
];

/** Ends the reading; `what` is null when it went too deep. Never leaves this file. */
class Unreadable extends Error {
  readonly what: string | null;
  readonly offset: number;

  constructor(what: string | null, offset: number) {
    super("unreadable");
    this.what = what;
    this.offset = offset;
  }
}

/** Goes from token to token, over white space and comments. */
class Cursor {
  token = 0;
  /** Of the token. */
  start = 0;
  end: number;
  /** Where comments go as they are passed, or null. */
  comments: Comment[] | null = null;
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
      const { token, start, end } = this;
      if (token !== TOKEN.lineComment && token !== TOKEN.blockComment) return token;
      this.comments?.push({ start, end, line: token === TOKEN.lineComment });
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

/** From after its opening brace to after its closing one. */
function readMembers(cursor: Cursor, depth: number): ObjectNode {
  const { start } = cursor;
  const members: Member[] = [];
  const comments: Comment[] = [];
  cursor.comments = comments;
  cursor.next();
  while (!cursor.is(TOKEN.closeBrace)) {
    if (!cursor.is(TOKEN.string)) cursor.fail(insteadOf(cursor, "a name in double quotes"));
    const key = cursor.value();
    const { start: keyStart, end: keyEnd } = cursor;
    if (!cursor.nextIs(TOKEN.colon)) cursor.fail(insteadOf(cursor, "a colon"));
    const kind = KINDS.get(cursor.next());
    if (kind === undefined) cursor.fail(insteadOf(cursor, "a value"));
    const valueStart = cursor.start;
    cursor.comments = null;
    skipValue(cursor, depth);
    cursor.comments = comments;
    const { end } = cursor;
    const comma = cursor.nextIs(TOKEN.comma) ? cursor.start : null;
    if (comma !== null) cursor.next();
    else if (!cursor.is(TOKEN.closeBrace)) cursor.fail(insteadOf(cursor, "a comma or a brace"));
    members.push({ key, keyStart, keyEnd, kind, start: valueStart, end, comma });
  }
  cursor.comments = null;
  return { start, end: cursor.end, members, comments };
}

/** From the first token of a value to its last; `depth` counts the levels around it. */
function skipValue(cursor: Cursor, depth: number): void {
  const kind = KINDS.get(cursor.token);
  if (kind === undefined) cursor.fail(insteadOf(cursor, "a value"));
  if (kind !== "object" && kind !== "array") return;
  if (depth >= MAX_DEPTH) cursor.fail(null);
  const close = kind === "object" ? TOKEN.closeBrace : TOKEN.closeBracket;
  cursor.next();
  while (!cursor.is(close)) {
    if (kind === "object") {
      if (!cursor.is(TOKEN.string)) cursor.fail(insteadOf(cursor, "a name in double quotes"));
      if (!cursor.nextIs(TOKEN.colon)) cursor.fail(insteadOf(cursor, "a colon"));
      cursor.next();
    }
    skipValue(cursor, depth + 1);
    if (cursor.nextIs(TOKEN.comma)) cursor.next();
    else if (!cursor.is(close)) cursor.fail(insteadOf(cursor, "a comma or a bracket"));
  }
}

function insteadOf(cursor: Cursor, expected: string): string {
  return cursor.is(TOKEN.end)
    ? "the text ends before its last bracket is closed"
    : `${expected} is missing`;
}

function outlineMembers(text: string, start: number): readonly OutlineMember[] {
  const cursor = new Cursor(text, start);
  cursor.next();
  const members: OutlineMember[] = [];
  while (!cursor.nextIs(TOKEN.closeBrace)) {
    if (cursor.is(TOKEN.comma)) continue;
    const key = cursor.value();
    const offset = cursor.start;
    cursor.next();
    cursor.next();
    members.push({ key, offset, value: readValue(cursor) });
  }
  return members;
}

/** The value whose first token the cursor is at, in a text that was accepted. */
function readValue(cursor: Cursor): unknown {
  switch (cursor.token) {
    case TOKEN.openBrace: {
      const data = bareObject();
      while (!cursor.nextIs(TOKEN.closeBrace)) {
        if (cursor.is(TOKEN.comma)) continue;
        const key = cursor.value();
        cursor.next();
        cursor.next();
        data[key] = readValue(cursor);
      }
      return data;
    }
    case TOKEN.openBracket: {
      const items: unknown[] = [];
      while (!cursor.nextIs(TOKEN.closeBracket)) {
        if (!cursor.is(TOKEN.comma)) items.push(readValue(cursor));
      }
      return items;
    }
    case TOKEN.string:
      return cursor.value();
    case TOKEN.number:
      return Number(cursor.value());
    case TOKEN.true:
      return true;
    case TOKEN.false:
      return false;
    default:
      return null;
  }
}

interface Property {
  readonly key: string;
  readonly offset: number;
  readonly value: Node;
}

/** Complete properties only: a broken text can have a name without a value. */
function propertiesOf(node: Node | undefined): readonly Property[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [{ key: String(name.value), offset: name.offset, value }] : [],
  );
}

function kindOfNode({ type }: Node): ValueKind {
  return type === "property" ? "null" : type;
}

function dataOfNode(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(dataOfNode);
  if (node.type !== "object") return node.value;
  const data = bareObject();
  for (const { key, value } of propertiesOf(node)) data[key] = dataOfNode(value);
  return data;
}

/** The most brackets that are open at once, in a text that need not be valid. */
function depthOf(text: string): number {
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

function bareObject(): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  Object.setPrototypeOf(data, null);
  return data;
}

function startOf(text: string): number {
  return text.charCodeAt(0) === BOM ? 1 : 0;
}

function skipWhiteSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== LF && code !== CR) return at;
    at++;
  }
}
