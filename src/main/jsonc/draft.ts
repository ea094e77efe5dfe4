/** Objects while they are edited: where each key leads at that moment. */
import { objectAt, type Member } from "./document";
import { innerIndent, layoutOf, ON_ONE_LINE, unitBetween, type Layout, type Place } from "./layout";
import type { Path } from "./plan";
import { indentAt, isBlankCode } from "./text-lines";

/** An object that is edited: nothing of its text changes before it is written. */
export interface Draft extends Place {
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
export interface Slot {
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

export function openRoot(text: string, node: Place["node"]): Draft {
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

export function newSlot(object: Draft, key: string, member: Member | null): Slot {
  const slot = { member, key, spelledKey: null, value: null, draft: null, isGone: false };
  object.byKey.set(key, slot);
  if (member) object.slots.set(member, slot);
  else object.added.push(slot);
  return slot;
}

export function slotOf(object: Draft, key: string): Slot | null {
  const known = object.byKey.get(key);
  if (known !== undefined) return known;
  const member = object.lastOf().get(key);
  if (member) return newSlot(object, key, member);
  object.byKey.set(key, null);
  return null;
}

/** Also of a member that nothing was asked of. */
export function isGone({ slots, gone }: Draft, member: Member): boolean {
  return slots.get(member)?.isGone ?? gone.has(member.key);
}

export function remove(object: Draft, key: string): void {
  const slot = slotOf(object, key);
  if (slot) slot.isGone = true;
  object.byKey.set(key, null);
  object.gone.add(key);
}

export function rename(object: Draft, key: string, to: string): boolean {
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
export function parentOf(root: Draft, path: Path): Draft | null {
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

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => (known ??= { value: compute() }).value;
}
