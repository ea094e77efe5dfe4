/** Applies a plan to a text by replacing the smallest spans. Everything else stays byte for byte. */
import { cutMembers, Cuts } from "./cuts";
import { ObjectNode, type Document } from "./document";
import { Draft, type Slot } from "./draft";
import { ON_ONE_LINE, renderValue } from "./layout";
import type { Edit, MemberChange, NewValue } from "./plan";
import { beginsLine, breakNear, isBlankCode, isSpace } from "./text-lines";

type Change = Pick<MemberChange, "key" | "edits" | "isRemoved">;

/**
 * The text after all changes, or the same text if they change nothing. Null if an object on a path,
 * or the source of a copy or rename, is missing.
 */
export function applyChanges({ text, root }: Document, changes: readonly Change[]): string | null {
  if (changes.length === 0) return text;
  if (root === null) return appendRoot(text, changes);
  const draft = new Draft({ text, node: root, isSpaced: true });
  const canApply = changes.every((change) => applyChange(draft, change));
  return canApply ? textOf(draft, 0, text.length) : null;
}

/** Adds an object after the white space and comments that are the whole text. */
function appendRoot(text: string, changes: readonly Change[]): string | null {
  const lineBreak = breakNear(text, text.length);
  const object = `{${lineBreak}}`;
  const node = new ObjectNode({ start: 0, end: object.length, members: [] });
  const draft = new Draft({ text: object, node, isSpaced: true });
  if (!changes.every((change) => applyChange(draft, change))) return null;
  const startsLine = beginsLine(text, text.length);
  const endsLine = startsLine || isBlankCode(text.charCodeAt(text.length - 1));
  const [before, after] = [startsLine ? "" : lineBreak, endsLine ? lineBreak : ""];
  return `${text}${before}${textOf(draft, 0, object.length)}${after}`;
}

/** Writes the member at once, because keeping the drafts of many would take much memory. */
function applyChange(root: Draft, { key, edits, isRemoved }: Change): boolean {
  if (isRemoved) root.remove(key);
  const [first, ...others] = edits;
  if (isRemoved || first === undefined) return true;
  const isNew = root.slot(key) === null;
  if (isNew) {
    if (first.kind !== "set" || first.path.length > 1) return false;
    put(root, key, [[first.path[0], first.value]]);
  }
  const draft = root.open(key);
  if (draft === null || !(isNew ? others : edits).every((edit) => applyEdit(draft, edit))) {
    return false;
  }
  const slot = root.slotToSet(key);
  slot.value = valueText(root, slot);
  slot.draft = null;
  return true;
}

function applyEdit(root: Draft, edit: Edit): boolean {
  const object = root.parentOf(edit.path);
  const key = edit.path.at(-1) ?? "";
  if (object === null) return false;
  switch (edit.kind) {
    case "set":
      put(object, key, edit.value);
      return true;
    case "copy": {
      const holder = root.parentOf(edit.from);
      const from = holder?.slot(edit.from.at(-1) ?? "");
      if (!holder || !from) return false;
      put(object, key, { spelled: valueText(holder, from) });
      return true;
    }
    case "remove":
      object.remove(key);
      return true;
    case "rename":
      return object.rename(key, edit.to);
    default:
      return edit satisfies never;
  }
}

function put(object: Draft, key: string, value: NewValue): void {
  const found = object.slot(key);
  // A string with the same content keeps its spelling.
  if (found && typeof value === "string" && isString(found, value)) return;
  const slot = object.slotToSet(key);
  slot.value = renderValue(value, slot.member ? ON_ONE_LINE : object.layout);
  slot.draft = null;
}

function isString({ member, value, draft }: Slot, wanted: string): boolean {
  if (draft !== null) return false;
  return value === null ? member?.value === wanted : value === JSON.stringify(wanted);
}

function valueText({ text }: Draft, { member, value, draft }: Slot): string {
  if (draft !== null) return textOf(draft, draft.node.start, draft.node.end);
  return value ?? (member ? text.slice(member.start, member.end) : "");
}

/** The text between two places around the object or at its ends, with all changes. */
function textOf(draft: Draft, from: number, to: number): string {
  const splices: Splice[] = [];
  for (const [member, slot] of draft.slots) {
    const { spelledKey } = slot;
    if (slot.isRemoved) continue;
    if (spelledKey !== null) {
      splices.push({ start: member.keyStart, end: member.keyEnd, text: spelledKey });
    }
    if (slot.value !== null || slot.draft !== null) {
      splices.push({ start: member.start, end: member.end, text: valueText(draft, slot) });
    }
  }
  splices.push(...outlineSplices(draft));
  // Most are in order already, and sorting a few takes longer than this test.
  const isInOrder = splices.every(({ start }, at) => (splices[at - 1]?.start ?? 0) <= start);
  if (!isInOrder) splices.sort((a, b) => a.start - b.start);
  // V8 concatenates without copying, so that a text inside another is not copied several times.
  let all = "";
  let at = from;
  for (const { start, end, text } of splices) {
    all += draft.text.slice(at, Math.max(at, start)) + text;
    at = Math.max(at, end);
  }
  return all + draft.text.slice(at, to);
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The spans of removed members, and the text of added ones. */
function outlineSplices(draft: Draft): readonly Splice[] {
  const { text, node } = draft;
  const added = draft.added.filter((slot) => !slot.isRemoved);
  const isCut = draft.removedKeys.size > 0;
  if (added.length === 0 && !isCut) return [];
  const cuts = isCut ? cutMembers(text, node, (member) => draft.isRemoved(member)) : new Cuts(text);
  const splices: Splice[] = cuts.spans.map(({ start, end }) => ({ start, end, text: "" }));
  if (added.length === 0) return splices;
  const { colon, gap, pad, lines } = draft.layout;
  const members = added.map((slot) => {
    const key = slot.spelledKey ?? JSON.stringify(slot.key);
    return `${key}:${colon}${valueText(draft, slot)}`;
  });
  // A trailing comma moves to the new last member.
  const end = node.members.at(-1)?.comma == null ? "" : ",";
  const last = node.members.findLast((member) => !draft.isRemoved(member));
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
