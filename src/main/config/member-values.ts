/** What edits of members make of a provider's parsed values. */
import type { MemberEdit, MemberPath } from "./member-edits";
import { isObject } from "./gateway-header";
import type { NewValue } from "./splice";

type Values = Readonly<Record<string, unknown>>;

/** A copy; objects on the way are copied too, and have no prototype. */
export function valuesAfter(values: Values, edits: readonly MemberEdit[]): Values {
  return edits.reduce((before, edit) => {
    if (edit.kind === "remove") return changed(before, edit.path, undefined);
    const value = edit.kind === "copy" ? valueAt(before, edit.from) : dataOf(edit.value);
    return changed(before, edit.path, value);
  }, values);
}

function changed(values: Values, [key, next, ...rest]: MemberPath, value: unknown): Values {
  const copy: Record<string, unknown> = {};
  Object.setPrototypeOf(copy, null);
  for (const name of Object.keys(values)) copy[name] = values[name];
  const inner = copy[key];
  if (next !== undefined) {
    if (isObject(inner)) copy[key] = changed(inner, [next, ...rest], value);
  } else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

function valueAt(values: Values, path: MemberPath): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), values);
}

function dataOf(value: NewValue): unknown {
  if (typeof value === "string") return value;
  if ("spelled" in value) return JSON.parse(value.spelled);
  return Object.fromEntries(value.map(([key, member]) => [key, dataOf(member)]));
}
