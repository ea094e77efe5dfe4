/** Document + plan → text, by the smallest spans replaced: all the rest stays byte for byte. */
import { cutMembers, Cuts } from "./cuts";
import { stringAt, type Document } from "./document";
import {
  isGone,
  newSlot,
  openRoot,
  parentOf,
  remove,
  rename,
  slotOf,
  type Draft,
  type Slot,
} from "./draft";
import { ON_ONE_LINE, renderValue } from "./layout";
import type { Edit, NewValue } from "./plan";
import { beginsLine, breakNear, isBlankCode, isSpace } from "./text-lines";

/**
 * The text after all edits, carried out in this order; the same text when they change nothing. Null
 * when an object that a path leads through, or what is to be copied or renamed, is not there.
 */
export function applyPlan({ text, root }: Document, plan: readonly Edit[]): string | null {
  if (plan.length === 0) return text;
  if (root === null) return appendRoot(text, plan);
  const draft = openRoot(text, root);
  return plan.every((edit) => carryOut(draft, edit)) ? written(draft, 0, text.length) : null;
}

/** A text with nothing in it but white space and comments, and an object after them. */
function appendRoot(text: string, plan: readonly Edit[]): string | null {
  const lineBreak = breakNear(text, text.length);
  const object = `{${lineBreak}}`;
  const draft = openRoot(object, { start: 0, end: object.length, members: [] });
  if (!plan.every((edit) => carryOut(draft, edit))) return null;
  const startsLine = beginsLine(text, text.length);
  const endsLine = startsLine || isBlankCode(text.charCodeAt(text.length - 1));
  const [before, after] = [startsLine ? "" : lineBreak, endsLine ? lineBreak : ""];
  return `${text}${before}${written(draft, 0, object.length)}${after}`;
}

function carryOut(root: Draft, edit: Edit): boolean {
  const object = parentOf(root, edit.path);
  const key = edit.path.at(-1) ?? "";
  if (object === null) return false;
  switch (edit.kind) {
    case "set":
      put(object, key, edit.value);
      return true;
    case "copy": {
      const holder = parentOf(root, edit.from);
      const from = holder && slotOf(holder, edit.from.at(-1) ?? "");
      if (!holder || !from) return false;
      put(object, key, { spelled: valueText(holder, from) });
      return true;
    }
    case "remove":
      remove(object, key);
      return true;
    case "rename":
      return rename(object, key, edit.to);
    default:
      return edit satisfies never;
  }
}

function put(object: Draft, key: string, value: NewValue): void {
  const found = slotOf(object, key);
  // A string that says it already keeps its spelling.
  if (found && typeof value === "string" && says(object, found, value)) return;
  const slot = found ?? newSlot(object, key, null);
  slot.value = renderValue(value, slot.member ? ON_ONE_LINE : object.layout());
  slot.draft = null;
}

function says({ text }: Draft, { member, value, draft }: Slot, wanted: string): boolean {
  if (draft !== null) return false;
  if (value !== null) return value === JSON.stringify(wanted);
  return member !== null && stringAt(text, member.start) === wanted;
}

function valueText({ text }: Draft, { member, value, draft }: Slot): string {
  if (draft !== null) return written(draft, draft.node.start, draft.node.end);
  return value ?? (member ? text.slice(member.start, member.end) : "");
}

/** The text between two places around the object, or at its ends, with all that has become of it. */
function written(draft: Draft, from: number, to: number): string {
  const splices: Splice[] = [];
  for (const [member, slot] of draft.slots) {
    const { spelledKey } = slot;
    if (slot.isGone) continue;
    if (spelledKey !== null) {
      splices.push({ start: member.keyStart, end: member.keyEnd, text: spelledKey });
    }
    if (slot.value !== null || slot.draft !== null) {
      splices.push({ start: member.start, end: member.end, text: valueText(draft, slot) });
    }
  }
  splices.push(...outlineSplices(draft));
  splices.sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = from;
  for (const { start, end, text } of splices) {
    parts.push(draft.text.slice(at, Math.max(at, start)), text);
    at = Math.max(at, end);
  }
  return [...parts, draft.text.slice(at, to)].join("");
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What members that are gone take with them, and those that have come. */
function outlineSplices(draft: Draft): readonly Splice[] {
  const { text, node } = draft;
  const added = draft.added.filter((slot) => !slot.isGone);
  const cuts =
    draft.gone.size > 0
      ? cutMembers(text, node, (member) => isGone(draft, member))
      : new Cuts(text);
  const splices: Splice[] = cuts.spans.map(({ start, end }) => ({ start, end, text: "" }));
  if (added.length === 0) return splices;
  const layout = draft.layout();
  const { gap, pad, lines } = layout;
  const members = added.map((slot) => {
    const key = slot.spelledKey ?? JSON.stringify(slot.key);
    return `${key}:${layout.colon}${valueText(draft, slot)}`;
  });
  // A trailing comma moves to the new last member.
  const end = node.members.at(-1)?.comma == null ? "" : ",";
  const last = node.members.findLast((member) => !isGone(draft, member));
  const insert = (at: number, inserted: string) =>
    splices.push({ start: at, end: at, text: inserted });
  if (last && end === "") insert(last.end, ",");
  const close = node.end - 1;
  const after = cuts.back(close, isBlankCode);
  if (lines) {
    const { indent, lineBreak } = lines;
    const line = cuts.back(close, isSpace);
    if (cuts.endsWithBreak(line)) {
      insert(line, `${indent}${members.join(`,${lineBreak}${indent}`)}${end}${lineBreak}`);
    } else {
      insert(after, `${members.map((each) => lineBreak + indent + each).join(",")}${end}`);
    }
  } else if (after > node.start + 1) {
    insert(after, `${members.map((each) => gap + each).join(",")}${end}`);
  } else if (cuts.back(close, () => false) === after) {
    insert(close, `${pad}${members.join(`,${gap}`)}${end}${pad}`);
  } else {
    insert(close, `${members.join(`,${gap}`)}${end}`);
  }
  return splices;
}
