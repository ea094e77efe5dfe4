/** Whether a new text differs from the old one by the asked edits of members and nothing else. */
import { objectAt, parseDocument, type ObjectNode } from "./document";
import type { MemberEdit, MemberPath, ProviderEdits } from "./member-edits";
import type { NewValue } from "./splice";

/**
 * Reads both texts anew and compares them member by member, values as they are spelled. Knows
 * nothing of splices: the edits are carried out a second time, on lists of keys and values.
 */
export function membersAsAsked(
  before: string,
  after: string,
  asked: readonly ProviderEdits[],
): boolean {
  const old = parseDocument(before, "");
  const now = parseDocument(after, "");
  if (!old.success || !now.success || !old.data.root || !now.data.root) return false;
  const root = membersIn(before, old.data.root);
  for (const { provider, edits } of asked) {
    const index = root.findLastIndex(({ key }) => key === provider);
    const target = root[index];
    const inside = target && carriedOut(membersOf(target.value), edits);
    if (!inside) return false;
    root[index] = { key: provider, value: inside };
  }
  return isAs(after, now.data.root, root);
}

/** Spelled like this, or an object with these members. */
type Wanted = string | readonly WantedMember[];
interface WantedMember {
  readonly key: string;
  readonly value: Wanted;
}

function carriedOut(
  members: readonly WantedMember[],
  edits: readonly MemberEdit[],
): readonly WantedMember[] | null {
  let all: readonly WantedMember[] | null = members;
  for (const edit of edits) {
    const value: Wanted | null | undefined = all ? newValue(all, edit) : undefined;
    all = all && value !== undefined ? changedAt(all, edit.path, value) : null;
  }
  return all;
}

/** Null when the member is to go; undefined when there is nothing to copy. */
function newValue(members: readonly WantedMember[], edit: MemberEdit): Wanted | null | undefined {
  switch (edit.kind) {
    case "set":
      return wanted(edit.value);
    case "copy":
      return valueAt(members, edit.from);
    case "remove":
      return null;
    default:
      return edit satisfies never;
  }
}

function wanted(value: NewValue): Wanted {
  if (typeof value === "string") return JSON.stringify(value);
  if ("spelled" in value) return value.spelled;
  return value.map(([key, member]) => ({ key, value: wanted(member) }));
}

function changedAt(
  members: readonly WantedMember[],
  [key, next, ...rest]: MemberPath,
  value: Wanted | null,
): readonly WantedMember[] | null {
  const index = members.findLastIndex((member) => member.key === key);
  const found = members[index];
  if (next !== undefined) {
    const inside = found && isObject(found.value) ? membersOf(found.value) : null;
    const changed = inside && changedAt(inside, [next, ...rest], value);
    return changed && members.with(index, { key, value: changed });
  }
  if (value === null) return members.filter((member) => member.key !== key);
  return found ? members.with(index, { key, value }) : [...members, { key, value }];
}

function valueAt(
  members: readonly WantedMember[],
  [key, next, ...rest]: MemberPath,
): Wanted | undefined {
  const value = members.findLast((member) => member.key === key)?.value;
  if (value === undefined || next === undefined) return value;
  return isObject(value) ? valueAt(membersOf(value), [next, ...rest]) : undefined;
}

function isObject(value: Wanted): boolean {
  return typeof value !== "string" || value.startsWith("{");
}

function membersOf(value: Wanted): readonly WantedMember[] {
  return typeof value === "string" ? membersIn(value, objectAt(value, 0)) : value;
}

function membersIn(text: string, { members }: ObjectNode): WantedMember[] {
  return members.map((member) => ({
    key: member.key,
    value: text.slice(member.start, member.end),
  }));
}

function isAs(text: string, { members }: ObjectNode, expected: readonly WantedMember[]): boolean {
  return (
    members.length === expected.length &&
    members.every((member, index) => {
      const want = expected[index];
      if (want?.key !== member.key) return false;
      if (typeof want.value === "string") {
        return text.slice(member.start, member.end) === want.value;
      }
      return member.kind === "object" && isAs(text, objectAt(text, member.start), want.value);
    })
  );
}
