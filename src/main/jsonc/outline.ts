/** Names and values of a document's providers, read strictly or as far as it goes. */
import { MAX_DEPTH, type Document } from "./document";
import {
  Cursor,
  depthOf,
  parseLeniently,
  startOf,
  TOKEN,
  type LenientNode,
  type ValueKind,
} from "./tokens";

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
  const root = parseLeniently(text.slice(start));
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
  readonly value: LenientNode;
}

/** Complete properties only: a broken text can have a name without a value. */
function propertiesOf(node: LenientNode | undefined): readonly Property[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [{ key: String(name.value), offset: name.offset, value }] : [],
  );
}

function kindOfNode({ type }: LenientNode): ValueKind {
  return type === "property" ? "null" : type;
}

function dataOfNode(node: LenientNode): unknown {
  if (node.type === "array") return (node.children ?? []).map(dataOfNode);
  if (node.type !== "object") return node.value;
  const data = bareObject();
  for (const { key, value } of propertiesOf(node)) data[key] = dataOfNode(value);
  return data;
}

function bareObject(): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  Object.setPrototypeOf(data, null);
  return data;
}
