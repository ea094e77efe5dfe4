/** An object while it is edited: its members by their present keys, and their new keys and values. */
import { objectIn, ObjectNode, type Member } from "./document";
import { innerIndent, layoutOf, ON_ONE_LINE, unitBetween, type Layout, type Place } from "./layout";
import type { Path } from "./plan";
import { indentAt, isBlankCode } from "./text-lines";

/** An edited object. Its text stays the same until the object is written. */
export class Draft implements Place {
  readonly text: string;
  readonly node: ObjectNode;
  readonly isSpaced: boolean;
  /** The requested members of the text. */
  readonly slots = new Map<Member, Slot>();
  readonly added: Slot[] = [];
  /** The old keys of removed members. */
  readonly removedKeys = new Set<string>();
  /** The requested members by their present keys; null for a key that is not there. */
  readonly #byKey = new Map<string, Slot | null>();
  readonly #parent: Draft | null;
  #outer: string | null;
  #unit: string | null | undefined;
  #layout: Layout | null = null;

  /** `outer`: the indentation of its line, if it cannot be read from the text. */
  constructor(
    { text, node, isSpaced }: Pick<Place, "text" | "node" | "isSpaced">,
    parent: Draft | null = null,
    outer: string | null = null,
  ) {
    this.text = text;
    this.node = node;
    this.isSpaced = isSpaced;
    this.#parent = parent;
    this.#outer = outer;
  }

  get outer(): string {
    return (this.#outer ??= indentAt(this.text, this.node.start));
  }

  /** The step between the parent's indentation and its own takes precedence over others in the file. */
  get unit(): string | null {
    if (this.#unit === undefined) {
      const parent = this.#parent;
      this.#unit = parent
        ? (unitBetween(parent.outer, this.outer) ?? parent.unit)
        : unitBetween(this.outer, innerIndent(this.text, this.node));
    }
    return this.#unit;
  }

  get layout(): Layout {
    return (this.#layout ??= layoutOf(this));
  }

  slot(key: string): Slot | null {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const member = this.node.last(key);
    if (member) return this.#addSlot(key, member);
    this.#byKey.set(key, null);
    return null;
  }

  /** The slot with this key, or a new one at the end of the object. */
  slotToSet(key: string): Slot {
    const found = this.slot(key);
    if (found) return found;
    const added = this.#addSlot(key, null);
    this.added.push(added);
    return added;
  }

  /** The object that contains the member at the path; null if there is none. */
  parentOf(path: Path, depth = 0): Draft | null {
    if (depth === path.length - 1) return this;
    const inner = this.open(path[depth] ?? "");
    return inner && inner.parentOf(path, depth + 1);
  }

  /** The value of a member as a draft; null if it is not an object. */
  open(key: string): Draft | null {
    const slot = this.slot(key);
    if (slot === null || slot.draft !== null) return slot?.draft ?? null;
    const { member, value } = slot;
    if (value !== null) {
      if (!value.startsWith("{")) return null;
      const { colon, lines } = member ? ON_ONE_LINE : this.layout;
      const place = { text: value, node: objectIn(value), isSpaced: colon !== "" };
      slot.draft = new Draft(place, this, lines?.indent ?? "");
    } else if (member?.kind === "object") {
      const { text } = this;
      const isSpaced = isBlankCode(text.charCodeAt(member.start - 1));
      slot.draft = new Draft({ text, node: new ObjectNode(member), isSpaced }, this);
    }
    return slot.draft;
  }

  remove(key: string): void {
    const slot = this.slot(key);
    if (slot) slot.isRemoved = true;
    this.#byKey.set(key, null);
    this.removedKeys.add(key);
  }

  /** False if the member does not exist, or if the new key is taken. */
  rename(key: string, to: string): boolean {
    const slot = this.slot(key);
    if (!slot || this.slot(to)) return false;
    // Now an earlier member with that key counts, if there is one.
    const rest = this.node.members.findLast(
      (member) => member.key === key && !this.slots.has(member) && !this.removedKeys.has(key),
    );
    if (rest) this.#addSlot(key, rest);
    else this.#byKey.set(key, null);
    this.#byKey.set(to, slot);
    const { member } = slot;
    const old = slot.spelledKey ?? (member && this.text.slice(member.keyStart, member.keyEnd));
    slot.spelledKey = respelled(old ?? JSON.stringify(key), key, to);
    slot.key = to;
    return true;
  }

  /** Whether a member of the text has been removed. */
  isRemoved(member: Member): boolean {
    return this.slots.get(member)?.isRemoved ?? this.removedKeys.has(member.key);
  }

  #addSlot(key: string, member: Member | null): Slot {
    const slot = { member, key, spelledKey: null, value: null, draft: null, isRemoved: false };
    this.#byKey.set(key, slot);
    if (member) this.slots.set(member, slot);
    return slot;
  }
}

/** A place for a member. */
export interface Slot {
  /** Null for an added member. */
  readonly member: Member | null;
  key: string;
  /** With its quotes, or null if unchanged. */
  spelledKey: string | null;
  /** The new value, or null if unchanged. */
  value: string | null;
  /** The value while it is edited. */
  draft: Draft | null;
  isRemoved: boolean;
}

/** If one key is a prefix of the other, their common part keeps its escapes. */
function respelled(spelled: string, from: string, to: string): string {
  const ending = JSON.stringify(from.slice(to.length)).slice(1);
  if (to.startsWith(from))
    return spelled.slice(0, -1) + JSON.stringify(to.slice(from.length)).slice(1);
  const isPrefix = from.startsWith(to) && spelled.endsWith(ending);
  return isPrefix ? `${spelled.slice(0, -ending.length)}"` : JSON.stringify(to);
}
