/** The expected members of an object, determined without looking at the new text. */
import { objectIn, type Member } from "./document";
import type { Edit, Path, Wanted, WantedMember, WantedValue } from "./plan";

/** Whether this is a member of the old document. */
export function isMember(wanted: WantedMember | WantedValue): wanted is Member {
  return typeof wanted === "object" && "kind" in wanted;
}

export function keyOf(member: WantedMember): string {
  return isMember(member) ? member.key : member[0];
}

export function valueOf(member: WantedMember): WantedValue {
  return isMember(member) ? member : member[1];
}

/** The members of an object; null for any other value. */
export function membersIn(value: WantedValue | undefined): Wanted | null {
  if (value === undefined || typeof value === "string") return null;
  if (isMember(value)) return value.kind === "object" ? value.members : null;
  if (!("spelled" in value)) return value;
  const { spelled } = value;
  if (!spelled.startsWith("{")) return null;
  return objectIn(spelled).members.map(({ key, start, end }) => {
    return [key, { spelled: spelled.slice(start, end) }] as const;
  });
}

/** The content of a string of the old document; null for any other value. */
export function stringIn(value: WantedValue | undefined): string | null {
  const content = value !== undefined && isMember(value) ? value.value : value;
  return typeof content === "string" ? content : null;
}

/** The members after edits, or null if they cannot be applied. */
export function afterEdits(members: Wanted, edits: readonly Edit[]): Wanted | null {
  const list = new MemberList(members);
  return edits.every((edit) => list.apply(edit)) ? list.toWanted() : null;
}

/** The members of an object while edits are applied to them. */
class MemberList {
  readonly #members: (WantedMember | null)[];
  /** Members whose value is edited, by their keys. */
  readonly #open = new Map<string, MemberList>();
  /** The indexes of the members with each key. */
  readonly #places = new Map<string, number[]>();

  constructor(members: Wanted) {
    this.#members = [...members];
    for (const [index, member] of members.entries()) this.#placesOf(keyOf(member)).push(index);
  }

  /** False if an object on a path, or the source of a copy or rename, is missing. */
  apply(edit: Edit): boolean {
    const object = this.#parentOf(edit.path);
    const key = edit.path.at(-1) ?? "";
    if (object === null) return false;
    if (edit.kind === "set") return object.#set(key, edit.value);
    if (edit.kind === "remove") return object.#remove(key);
    if (edit.kind === "rename") return object.#rename(key, edit.to);
    const holder = this.#parentOf(edit.from);
    return object.#set(key, holder ? holder.#value(edit.from.at(-1) ?? "") : undefined);
  }

  toWanted(): Wanted {
    for (const [key, list] of this.#open) this.#set(key, list.toWanted());
    return this.#members.filter((member) => member !== null);
  }

  #parentOf(path: Path, depth = 0): MemberList | null {
    if (depth === path.length - 1) return this;
    const inner = this.#inside(path[depth] ?? "");
    return inner && inner.#parentOf(path, depth + 1);
  }

  #inside(key: string): MemberList | null {
    const known = this.#open.get(key);
    if (known) return known;
    const members = membersIn(this.#value(key));
    if (members === null) return null;
    const list = new MemberList(members);
    this.#open.set(key, list);
    return list;
  }

  #value(key: string): WantedValue | undefined {
    const open = this.#open.get(key);
    if (open) return open.toWanted();
    const at = this.#last(key);
    const member = at === undefined ? null : this.#members[at];
    return member ? valueOf(member) : undefined;
  }

  #set(key: string, value: WantedValue | undefined): boolean {
    if (value === undefined) return false;
    const at = this.#last(key);
    this.#open.delete(key);
    if (at !== undefined) this.#members[at] = [key, value];
    else this.#placesOf(key).push(this.#members.push([key, value]) - 1);
    return true;
  }

  #remove(key: string): boolean {
    this.#open.delete(key);
    for (const at of this.#placesOf(key).splice(0)) this.#members[at] = null;
    return true;
  }

  #rename(key: string, to: string): boolean {
    const value = this.#value(key);
    const at = this.#placesOf(key).pop();
    if (at === undefined || value === undefined) return false;
    this.#open.delete(key);
    this.#members[at] = [to, value];
    this.#placesOf(to).push(at);
    return true;
  }

  #last(key: string): number | undefined {
    return this.#places.get(key)?.at(-1);
  }

  #placesOf(key: string): number[] {
    const known = this.#places.get(key);
    if (known) return known;
    const places: number[] = [];
    this.#places.set(key, places);
    return places;
  }
}
