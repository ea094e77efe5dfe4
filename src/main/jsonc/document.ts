/** Parses a text strictly into members with their places and values, so that it can be edited. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { oddityAt, suspectBefore } from "./odd-characters";
import { lineEnd, placeOf } from "./text-lines";
import { Cursor, startOf, TOKEN, UNCLOSED, Unreadable, valueKind, type ValueKind } from "./tokens";

/** One member of an object. Offsets count UTF-16 code units; ends are exclusive. */
export interface Member {
  /** Unescaped. */
  readonly key: string;
  /** The offset of the opening quote. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly kind: ValueKind;
  readonly start: number;
  readonly end: number;
  /** The offset of the comma after it, or null. */
  readonly comma: number | null;
  /** The members of an object, read on demand; empty for any other kind of value. */
  readonly members: readonly Member[];
  /** Parsed, but null for a member of the root. Objects have no prototype. */
  readonly value: unknown;
}

/** An object with its members. */
export class ObjectNode {
  /** The offset of the opening brace. */
  readonly start: number;
  /** The offset after the closing brace. */
  readonly end: number;
  /** In the order of the text, duplicates included. */
  readonly members: readonly Member[];
  #lookups = 0;
  #last: ReadonlyMap<string, Member> | null = null;

  constructor({ start, end, members }: Pick<Member, "start" | "end" | "members">) {
    this.start = start;
    this.end = end;
    this.members = members;
  }

  /** The last member with this key, which is the one that counts. */
  last(key: string): Member | undefined {
    if (this.#last === null && this.#lookups++ > MOST_SEARCHES) {
      this.#last = new Map(this.members.map((member) => [member.key, member]));
    }
    return this.#last ? this.#last.get(key) : this.members.findLast((each) => each.key === key);
  }
}

/** The number of searches in one list after which an index costs less. */
export const MOST_SEARCHES = 8;

export interface Document {
  readonly text: string;
  /** Null if the text consists of white space and comments. */
  readonly root: ObjectNode | null;
}

/** The most levels of nesting, including the root. */
export const MAX_DEPTH = 1000;

/**
 * Parses a whole text, which must be one object or empty. Comments and trailing commas are allowed,
 * as in mux. Fails with `file_invalid`, `file_not_object` or `file_too_deep`, with line and column.
 * `file` is named in the error. No error quotes the text, because the mistake can be in a secret.
 */
export function parseDocument(text: string, file: string): Result<Document> {
  try {
    const cursor = new Cursor(text, startOf(text));
    if (cursor.nextIs(TOKEN.end)) return success({ text, root: null });
    const { token, start } = cursor;
    const root = token === TOKEN.openBrace ? readObject(cursor, 1, undefined, true) : null;
    if (root === null) readValue(cursor, 0, false);
    if (!cursor.nextIs(TOKEN.end)) cursor.fail("there is something after the end of the object");
    if (root === null) return failure("file_not_object", { file, ...placeOf(text, start) });
    return success({ text, root });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { what, offset } = error;
    if (what === null) return failure("file_too_deep", { file, ...placeOf(text, offset) });
    const odd = oddityAt(text, offset);
    if (odd !== null) {
      return failure("file_invalid", { file, what: odd.what, ...placeOf(text, odd.offset) });
    }
    const suspect = suspectBefore(text, what === UNCLOSED ? lineEnd(text, offset) : offset);
    const why = suspect === null ? what : `${what}, perhaps because of ${suspect},`;
    return failure("file_invalid", { file, what: why, ...placeOf(text, offset) });
  }
}

/** The object that a valid text consists of. */
export function objectIn(text: string): ObjectNode {
  const cursor = new Cursor(text, 0);
  cursor.next();
  return readObject(cursor, 1);
}

/** The kind of a value and its place in the text. */
export type Value = Pick<Member, "kind" | "start" | "end">;

/**
 * Walks through a value of a valid text, from the first token at `start`, and reads each character
 * once. Creates no object for each member, of which there can be many.
 */
export class ValueWalk {
  readonly #cursor: Cursor;

  constructor(text: string, start: number) {
    this.#cursor = new Cursor(text, start);
    this.#cursor.next();
  }

  /** The place of the value. The walk moves past it. */
  skip(): Value {
    const kind = kindAt(this.#cursor);
    const { start } = this.#cursor;
    readValue(this.#cursor, 1, false);
    return { kind, start, end: this.#cursor.end };
  }

  /**
   * Whether the value is an object, and a check holds for each member. The check gets the key, and
   * must walk through the member's value.
   */
  everyMember(check: (key: string) => boolean): boolean {
    const cursor = this.#cursor;
    if (!cursor.is(TOKEN.openBrace)) return false;
    for (cursor.next(); !cursor.is(TOKEN.closeBrace); endItem(cursor, TOKEN.closeBrace)) {
      const key = readKey(cursor);
      readColon(cursor);
      if (!check(key)) return false;
    }
    return true;
  }
}

const NONE: readonly Member[] = [];

/** Reads the members of one object at a time, and keeps those that it read last. */
class MemberReader {
  // One for all, because creating a cursor takes longer than reading a member.
  readonly #cursor: Cursor;
  readonly #depth: number;
  #last: { readonly of: ObjectMember; readonly members: readonly Member[] } | null = null;
  #inner: MemberReader | null = null;

  constructor(cursor: Cursor, depth: number) {
    this.#cursor = cursor;
    this.#depth = depth;
  }

  membersOf(member: ObjectMember): readonly Member[] {
    if (this.#last?.of !== member) {
      this.#inner ??= new MemberReader(this.#cursor, this.#depth + 1);
      this.#cursor.end = member.start;
      this.#cursor.next();
      const { members } = readObject(this.#cursor, this.#depth, this.#inner);
      this.#last = { of: member, members };
    }
    return this.#last.members;
  }
}

/** Does not store its members: a file can have many more than are needed. */
class ObjectMember implements Member {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly kind = "object";
  readonly start: number;
  readonly end: number;
  readonly comma: number | null;
  readonly value: unknown;
  readonly #reader: MemberReader;

  constructor(member: Omit<Member, "kind" | "members">, reader: MemberReader) {
    this.key = member.key;
    this.keyStart = member.keyStart;
    this.keyEnd = member.keyEnd;
    this.start = member.start;
    this.end = member.end;
    this.comma = member.comma;
    this.value = member.value;
    this.#reader = reader;
  }

  get members(): readonly Member[] {
    return this.#reader.membersOf(this);
  }
}

/** Reads from the opening brace to the closing one. The values of the root's members are not parsed. */
function readObject(
  cursor: Cursor,
  depth: number,
  reader = new MemberReader(cursor, depth + 1),
  isRoot = false,
): ObjectNode {
  const { start } = cursor;
  const members: Member[] = [];
  cursor.next();
  while (!cursor.is(TOKEN.closeBrace)) {
    const key = readKey(cursor);
    const { start: keyStart, end: keyEnd } = cursor;
    const kind = readColon(cursor);
    const { start: from } = cursor;
    const value = readValue(cursor, depth, !isRoot);
    const { end } = cursor;
    const comma = cursor.nextIs(TOKEN.comma) ? cursor.start : null;
    if (comma !== null) cursor.next();
    else if (!cursor.is(TOKEN.closeBrace)) cursor.fail(insteadOf(cursor, "a comma or a brace"));
    members.push(
      kind === "object"
        ? new ObjectMember({ key, keyStart, keyEnd, start: from, end, comma, value }, reader)
        : { key, keyStart, keyEnd, kind, start: from, end, comma, members: NONE, value },
    );
  }
  return new ObjectNode({ start, end: cursor.end, members });
}

/** Reads a value to its last token. Null unless `build` is set. `depth`: the levels around it. */
function readValue(cursor: Cursor, depth: number, build: boolean): unknown {
  switch (cursor.token) {
    case TOKEN.openBrace: {
      if (depth >= MAX_DEPTH) cursor.fail(null);
      const data = build ? bareObject() : null;
      for (cursor.next(); !cursor.is(TOKEN.closeBrace); endItem(cursor, TOKEN.closeBrace)) {
        const key = readKey(cursor);
        readColon(cursor);
        const value = readValue(cursor, depth + 1, build);
        if (data) data[key] = value;
      }
      return data;
    }
    case TOKEN.openBracket: {
      if (depth >= MAX_DEPTH) cursor.fail(null);
      const items: unknown[] = [];
      for (cursor.next(); !cursor.is(TOKEN.closeBracket); endItem(cursor, TOKEN.closeBracket)) {
        const value = readValue(cursor, depth + 1, build);
        if (build) items.push(value);
      }
      return items;
    }
    case TOKEN.string:
      return build ? cursor.value() : null;
    case TOKEN.number:
      return build ? Number(cursor.value()) : null;
    case TOKEN.true:
      return true;
    case TOKEN.false:
      return false;
    case TOKEN.null:
      return null;
    default:
      return cursor.fail(insteadOf(cursor, "a value"));
  }
}

function readKey(cursor: Cursor): string {
  if (!cursor.is(TOKEN.string)) cursor.fail(insteadOf(cursor, "a name in double quotes"));
  return cursor.name();
}

/** Moves from a key to the first token of its value and returns the kind of value. */
function readColon(cursor: Cursor): ValueKind {
  if (!cursor.nextIs(TOKEN.colon)) cursor.fail(insteadOf(cursor, "a colon"));
  cursor.next();
  return kindAt(cursor);
}

function kindAt(cursor: Cursor): ValueKind {
  return valueKind(cursor.token) ?? cursor.fail(insteadOf(cursor, "a value"));
}

/** Moves from the end of a value to the next one or to the closing bracket. */
function endItem(cursor: Cursor, close: number): void {
  if (cursor.nextIs(TOKEN.comma)) cursor.next();
  else if (!cursor.is(close)) cursor.fail(insteadOf(cursor, "a comma or a bracket"));
}

/** An object without a prototype, so that `__proto__` is a key like any other. */
export function bareObject(): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  Object.setPrototypeOf(data, null);
  return data;
}

function insteadOf(cursor: Cursor, expected: string): string {
  return cursor.is(TOKEN.end)
    ? "the text ends before its last bracket is closed"
    : `${expected} is missing`;
}
