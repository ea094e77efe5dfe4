/** What edits of members make of a provider's parsed values. */
import { isObject } from "../mux/gateway-header";
import type { MemberEdit, MemberPath } from "./member-edits";
import type { NewValue } from "./splice";

type Values = Readonly<Record<string, unknown>>;

/** The same values when there is nothing to do, else a copy; objects on the way are copied too. */
export function valuesAfter(values: Values, edits: readonly MemberEdit[]): Values {
  if (edits.length === 0) return values;
  const all = copyOf(values);
  for (const edit of edits) {
    const parent = parentIn(all, edit.path);
    if (parent === null) continue;
    const key = edit.path.at(-1) ?? "";
    if (edit.kind === "remove") delete parent[key];
    else parent[key] = edit.kind === "copy" ? valueAt(all, edit.from) : dataOf(edit.value);
  }
  return all;
}

/** The object that holds the member, made anew so that it can be changed. */
function parentIn(all: Record<string, unknown>, path: MemberPath): Record<string, unknown> | null {
  let parent = all;
  for (const key of path.slice(0, -1)) {
    const inner = parent[key];
    if (!isObject(inner)) return null;
    const copy = copyOf(inner);
    parent[key] = copy;
    parent = copy;
  }
  return parent;
}

function copyOf(values: Values): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  // `__proto__` is a name like any other.
  Object.setPrototypeOf(copy, null);
  return Object.assign(copy, values);
}

function valueAt(values: Values, path: MemberPath): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), values);
}

function dataOf(value: NewValue): unknown {
  if (typeof value === "string") return value;
  if ("spelled" in value) return JSON.parse(value.spelled);
  return Object.fromEntries(value.map(([key, member]) => [key, dataOf(member)]));
}
