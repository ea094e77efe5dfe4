/** The members that a reader of configurations needs, even from a broken text. */
import { bareObject, MAX_DEPTH, type Member } from "./document";
import { depthOf, parseLeniently, startOf, type LenientNode, type ValueKind } from "./tokens";

/** A member of the root. The members of a document are outlines too. */
export interface Outline extends Pick<Member, "key" | "keyStart" | "kind"> {
  /** The members of an object, including duplicates. Empty for any other kind of value. */
  readonly members: readonly OutlineMember[];
}

export type OutlineMember = Pick<Member, "key" | "keyStart" | "value">;

/**
 * The members that a lenient reader such as mux finds in a text that `parseDocument` refuses. Empty if
 * the text is nested too deeply.
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

/** The properties with a value, which a broken text can lack. */
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
