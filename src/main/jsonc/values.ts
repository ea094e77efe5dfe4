/** Applies edits to parsed values. */
import { bareObject } from "./document";
import type { Edit, NewValue, Path } from "./plan";

export type Values = Readonly<Record<string, unknown>>;

/** A changed copy, including the objects on the paths. The same values without edits. */
export function valuesAfter(values: Values, edits: readonly Edit[]): Values {
  if (edits.length === 0) return values;
  const all = copyOf(values);
  const copies = new Set<unknown>();
  for (const edit of edits) {
    const parent = parentIn(all, edit.path, copies);
    if (parent === null) continue;
    const key = edit.path.at(-1) ?? "";
    if (edit.kind === "set") parent[key] = dataOf(edit.value);
    else if (edit.kind === "copy") {
      parent[key] = valueAt(all, edit.from);
      // The value is in two places now, and an edit must change only one.
      copies.delete(parent[key]);
    }
    if (edit.kind === "rename") parent[edit.to] = parent[key];
    if (edit.kind === "remove" || edit.kind === "rename") delete parent[key];
  }
  return all;
}

/** A copy in its own memory, because a string cut out of a text keeps the whole text alive. */
export function copyOfValue(value: unknown): unknown {
  if (typeof value === "string") return copyOfText(value);
  if (Array.isArray(value)) return value.map(copyOfValue);
  if (!isObject(value)) return value;
  const copy = bareObject();
  for (const [key, member] of Object.entries(value)) copy[copyOfText(key)] = copyOfValue(member);
  return copy;
}

export function copyOfText(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

/** The object that contains the member, copied so that it can be changed. */
function parentIn(
  all: Record<string, unknown>,
  path: Path,
  copies: Set<unknown>,
): Record<string, unknown> | null {
  let parent = all;
  for (const key of path.slice(0, -1)) {
    const inner = parent[key];
    if (!isObject(inner)) return null;
    const copy = copies.has(inner) ? inner : copyOf(inner);
    copies.add(copy);
    parent[key] = copy;
    parent = copy;
  }
  return parent;
}

function copyOf(values: Values): Record<string, unknown> {
  return Object.assign(bareObject(), values);
}

function valueAt(values: Values, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), values);
}

function dataOf(value: NewValue): unknown {
  if (typeof value === "string") return value;
  if ("spelled" in value) return JSON.parse(value.spelled);
  const data = bareObject();
  for (const [key, member] of value) data[key] = dataOf(member);
  return data;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
