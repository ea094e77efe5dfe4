/** Names and values of a document's members, and what can still be told of a broken one. */
import { bareObject, MAX_DEPTH, type Member } from "./document";
import { depthOf, parseLeniently, startOf, type LenientNode, type ValueKind } from "./tokens";

/** A member of the root, with what a reader of configurations needs of it; a document's own is one. */
export interface Outline extends Pick<Member, "key" | "keyStart" | "kind"> {
  /** Of an object; duplicates included. Empty for any other kind. */
  readonly members: readonly OutlineMember[];
}

export type OutlineMember = Pick<Member, "key" | "keyStart" | "value">;

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
    keyStart: offset + start,
    kind: kindOfNode(value),
    members: propertiesOf(value).map((member) => ({
      key: member.key,
      keyStart: member.offset + start,
      value: dataOfNode(member.value),
    })),
  }));
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
