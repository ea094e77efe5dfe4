/** Text → where its members stand, read strictly, so that it can be edited. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { Cursor, KINDS, startOf, TOKEN, Unreadable, type Comment, type ValueKind } from "./tokens";

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

const LF = 10;
const CR = 13;

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
