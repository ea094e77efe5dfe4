/** Document + plan → text, by the smallest spans replaced: all the rest stays byte for byte. */
import { cutMembers, Cuts } from "./cuts";
import { objectAt, stringAt, type Document, type Member } from "./document";
import {
  innerIndent,
  layoutOf,
  ON_ONE_LINE,
  renderValue,
  unitBetween,
  type Layout,
  type Place,
} from "./layout";
import type { Edit, NewValue, Path } from "./plan";
import { beginsLine, breakNear, indentAt, isBlankCode, isSpace } from "./text-lines";

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

/** An object that is edited: nothing of its text changes before it is written. */
interface Draft extends Place {
  readonly layout: () => Layout;
  readonly isRoot: boolean;
  /** The last of its own members by their old keys. */
  readonly lastOf: () => ReadonlyMap<string, Member>;
  /** By their present keys, those that were asked for; null for a key that is not there. */
  readonly byKey: Map<string, Slot | null>;
  /** By its own members, those that were asked for. */
  readonly slots: Map<Member, Slot>;
  readonly added: Slot[];
  /** Of its own members, the old keys of those that are gone. */
  readonly gone: Set<string>;
}

/** A place for a member. */
interface Slot {
  /** Null when the plan has added it. */
  readonly member: Member | null;
  key: string;
  /** With its quotes, or null while it is as it was. */
  spelledKey: string | null;
  /** The new value, or null while it is as it was. */
  value: string | null;
  /** The value while it is edited. */
  draft: Draft | null;
  isGone: boolean;
}

function openRoot(text: string, node: Place["node"]): Draft {
  const outer = once(() => indentAt(text, node.start));
  const unit = once(() => unitBetween(outer(), innerIndent(text, node)));
  return open({ text, node, isSpaced: true, outer, unit }, true);
}

function open(place: Place, isRoot = false): Draft {
  return {
    ...place,
    layout: once(() => layoutOf(place)),
    isRoot,
    lastOf: once(() => new Map(place.node.members.map((member) => [member.key, member]))),
    byKey: new Map(),
    slots: new Map(),
    added: [],
    gone: new Set(),
  };
}

function newSlot(object: Draft, key: string, member: Member | null): Slot {
  const slot = { member, key, spelledKey: null, value: null, draft: null, isGone: false };
  object.byKey.set(key, slot);
  if (member) object.slots.set(member, slot);
  else object.added.push(slot);
  return slot;
}

function slotOf(object: Draft, key: string): Slot | null {
  const known = object.byKey.get(key);
  if (known !== undefined) return known;
  const member = object.lastOf().get(key);
  if (member) return newSlot(object, key, member);
  object.byKey.set(key, null);
  return null;
}

/** Also of a member that nothing was asked of. */
function isGone({ slots, gone }: Draft, member: Member): boolean {
  return slots.get(member)?.isGone ?? gone.has(member.key);
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

function remove(object: Draft, key: string): void {
  const slot = slotOf(object, key);
  if (slot) slot.isGone = true;
  object.byKey.set(key, null);
  object.gone.add(key);
}

function rename(object: Draft, key: string, to: string): boolean {
  const slot = slotOf(object, key);
  if (!slot || slotOf(object, to)) return false;
  // Now an earlier one of that key counts, if there is one.
  const rest = object.node.members.findLast(
    (member) => member.key === key && !object.slots.has(member) && !object.gone.has(key),
  );
  if (rest) newSlot(object, key, rest);
  else object.byKey.set(key, null);
  object.byKey.set(to, slot);
  const { member } = slot;
  const old = slot.spelledKey ?? (member && object.text.slice(member.keyStart, member.keyEnd));
  slot.spelledKey = respelled(old ?? JSON.stringify(key), key, to);
  slot.key = to;
  return true;
}

/** Where one of the names begins with the other, a key that is written with escapes keeps them. */
function respelled(spelled: string, from: string, to: string): string {
  const ending = JSON.stringify(from.slice(to.length)).slice(1);
  if (to.startsWith(from))
    return spelled.slice(0, -1) + JSON.stringify(to.slice(from.length)).slice(1);
  const isPrefix = from.startsWith(to) && spelled.endsWith(ending);
  return isPrefix ? `${spelled.slice(0, -ending.length)}"` : JSON.stringify(to);
}

/** The object that holds the member which the path leads to. */
function parentOf(root: Draft, path: Path): Draft | null {
  let object: Draft | null = root;
  for (const key of path.slice(0, -1)) {
    const slot = slotOf(object, key);
    object = slot ? openSlot(object, slot) : null;
    if (object === null) return null;
  }
  return object;
}

/** Null when its value is no object. */
function openSlot(parent: Draft, slot: Slot): Draft | null {
  const { member, value } = slot;
  if (slot.draft !== null) return slot.draft;
  const { text, layout } = parent;
  const openAt = (place: Omit<Place, "unit">) => {
    // A step that is taken on the way to the object counts more than those elsewhere in the file.
    const unit = once(() => unitBetween(parent.outer(), place.outer()) ?? parent.unit());
    slot.draft = open({ ...place, unit });
  };
  if (value !== null) {
    if (!value.startsWith("{")) return null;
    const { colon, lines } = slot.member ? ON_ONE_LINE : layout();
    const node = objectAt(value, 0);
    openAt({ text: value, node, isSpaced: colon !== "", outer: () => lines?.indent ?? "" });
  } else if (member?.kind === "object") {
    const { start, end } = member;
    const node = parent.isRoot ? { start, end, members: member.members } : objectAt(text, start);
    const isSpaced = isBlankCode(text.charCodeAt(start - 1));
    openAt({ text, node, isSpaced, outer: once(() => indentAt(text, start)) });
  }
  return slot.draft;
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

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => (known ??= { value: compute() }).value;
}
