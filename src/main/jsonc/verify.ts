/** Whether a new document differs from the old one by what was asked and nothing else. */
import { isDeepStrictEqual } from "node:util";

import { stringAt, visitMembers, type Document, type Member } from "./document";
import type { Edit, NewMember, NewValue, Path } from "./plan";

/**
 * What the members of an object must be, in this order: a string that says this, a value spelled
 * like this, or an object of which the same is true.
 */
export type Wanted = readonly NewMember[];

/** Asks for an object to be removed from the root, its name included. */
export const GONE = "gone";

/** From the members of an object as they are to those that are asked for; null where that cannot be. */
export type Asked = (members: Wanted) => Wanted | typeof GONE | null;

/**
 * Compares two documents member by member, values as they are spelled, from what was asked alone:
 * the objects that are named have the members asked for, all other members of the root are as they
 * were. Of a name that is there more than once the last one is meant, and it may not be removed,
 * because another would come to count; one that is not there comes to the end.
 */
export function differsAsAsked(
  before: Document,
  after: Document,
  asked: ReadonlyMap<string, Asked>,
): boolean {
  if (after.root === null) return false;
  const old = before.root?.members ?? [];
  const now = after.root.members;
  const last = new Map(old.map((member, index) => [member.key, index]));
  const repeated = new Set(
    old.filter(({ key }, index) => last.get(key) !== index).map(({ key }) => key),
  );
  const due = old.flatMap((was, index): readonly Due[] => {
    const change = last.get(was.key) === index ? asked.get(was.key) : undefined;
    if (!change) return [{ key: was.key, spelled: spelling(before, was) }];
    const wanted = was.kind === "object" ? change(membersOf(before.text, was.members)) : null;
    return wanted === GONE && !repeated.has(was.key) ? [] : [{ key: was.key, wanted }];
  });
  for (const [key, change] of asked) {
    if (!last.has(key)) due.push({ key, wanted: change([]) });
  }
  return (
    now.length === due.length && now.every((member, index) => isDue(after.text, member, due[index]))
  );
}

/** What a member of the root must be: as it was, or as was asked; null and `GONE` nothing can be. */
type Due =
  | { readonly key: string; readonly spelled: string }
  | { readonly key: string; readonly wanted: ReturnType<Asked> };

function isDue(text: string, member: Member, due: Due | undefined): boolean {
  if (due === undefined || member.key !== due.key) return false;
  if ("spelled" in due) return isSpelled(text, member, due.spelled);
  const { wanted } = due;
  if (wanted === null || wanted === GONE) return false;
  const { kind, members } = member;
  if (kind !== "object" || members.length !== wanted.length) return false;
  return members.every((each, index) => {
    const [key, is] = wanted[index] ?? [];
    return each.key === key && is !== undefined && isValue(text, each, is);
  });
}

/** What `asked` edits make of an object's members, worked out on lists and not on any text. */
export function afterEdits(members: Wanted, edits: readonly Edit[]): Wanted | null {
  let all: Wanted | null = members;
  for (const step of stepsOf(edits)) all = all && changedAt(all, step.edit.path, step, all);
  return all;
}

interface Step {
  readonly edit: Edit;
  readonly keys: Set<string>;
}

/** Members that are removed from one object in a row go in one step. */
function stepsOf(edits: readonly Edit[]): readonly Step[] {
  const steps: Step[] = [];
  for (const edit of edits) {
    const key = edit.path.at(-1) ?? "";
    const before = steps.at(-1);
    const isSameStep =
      edit.kind === "remove" &&
      before?.edit.kind === "remove" &&
      isDeepStrictEqual(edit.path.slice(0, -1), before.edit.path.slice(0, -1));
    if (isSameStep) before.keys.add(key);
    else steps.push({ edit, keys: new Set([key]) });
  }
  return steps;
}

/** The members of a value that must be an object; null when it is another. */
export function membersIn(value: NewValue | undefined): Wanted | null {
  if (value === undefined || typeof value === "string") return null;
  if (!("spelled" in value)) return value;
  const { spelled } = value;
  if (!spelled.startsWith("{")) return null;
  const members: NewMember[] = [];
  visitMembers(spelled, 0, (key, _, start, end) => {
    members.push([key, { spelled: spelled.slice(start, end) }]);
  });
  return members;
}

/** The string that a value is; null when it is another. */
export function stringIn(value: NewValue | undefined): string | null {
  if (value === undefined || typeof value === "string") return value ?? null;
  return "spelled" in value ? stringAt(value.spelled, 0) : null;
}

function changedAt(members: Wanted, path: Path, step: Step, whole: Wanted): Wanted | null {
  const { edit, keys } = step;
  const [key, next, ...rest] = path;
  const index = members.findLastIndex(([name]) => name === key);
  const found = members[index];
  if (next !== undefined) {
    const inside = membersIn(found?.[1]);
    const changed = inside && changedAt(inside, [next, ...rest], step, whole);
    return changed && members.with(index, [key, changed]);
  }
  if (edit.kind === "remove") return members.filter(([name]) => !keys.has(name));
  if (edit.kind === "rename") return found ? members.with(index, [edit.to, found[1]]) : null;
  const value = edit.kind === "set" ? edit.value : valueAt(whole, edit.from);
  if (value === undefined) return null;
  return found ? members.with(index, [key, value]) : [...members, [key, value]];
}

function valueAt(members: Wanted, [key, next, ...rest]: Path): NewValue | undefined {
  const value = members.findLast(([name]) => name === key)?.[1];
  if (next === undefined) return value;
  const inside = membersIn(value);
  return inside ? valueAt(inside, [next, ...rest]) : undefined;
}

function membersOf(text: string, members: readonly Member[]): Wanted {
  return members.map((member) => [member.key, { spelled: spelling({ text }, member) }]);
}

function spelling({ text }: Pick<Document, "text">, { start, end }: Member): string {
  return text.slice(start, end);
}

/** Whether the object that starts at `at` has just the members that are wanted. */
function isAs(text: string, at: number, wanted: Wanted): boolean {
  let index = 0;
  let isSame = true;
  visitMembers(text, at, (key, kind, start, end) => {
    const [name, is] = wanted[index++] ?? [];
    isSame &&= key === name && is !== undefined && isValue(text, { kind, start, end }, is);
  });
  return isSame && index === wanted.length;
}

function isValue(
  text: string,
  value: Pick<Member, "kind" | "start" | "end">,
  is: NewValue,
): boolean {
  if (typeof is === "string") return stringAt(text, value.start) === is;
  if ("spelled" in is) return isSpelled(text, value, is.spelled);
  return value.kind === "object" && isAs(text, value.start, is);
}

function isSpelled(
  text: string,
  { start, end }: Pick<Member, "start" | "end">,
  spelled: string,
): boolean {
  return end - start === spelled.length && text.startsWith(spelled, start);
}
