/** The expected members of an object, determined without looking at the new text. */
import { MOST_SEARCHES, objectIn, type Member } from "./document";
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
  #open: Map<string, MemberList> | null = null;
  #searches = 0;
  /** The indexes of the members with each key. Null as long as searching costs less. */
  #places: Map<string, number[]> | null = null;

  constructor(members: Wanted) {
    this.#members = [...members];
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
    for (const [key, list] of this.#open ?? []) this.#set(key, list.toWanted());
    return this.#members.filter((member) => member !== null);
  }

  #parentOf(path: Path, depth = 0): MemberList | null {
    if (depth === path.length - 1) return this;
    const inner = this.#inside(path[depth] ?? "");
    return inner && inner.#parentOf(path, depth + 1);
  }

  #inside(key: string): MemberList | null {
    const known = this.#open?.get(key);
    if (known) return known;
    const members = membersIn(this.#value(key));
    if (members === null) return null;
    const list = new MemberList(members);
    (this.#open ??= new Map()).set(key, list);
    return list;
  }

  #value(key: string): WantedValue | undefined {
    const open = this.#open?.get(key);
    if (open) return open.toWanted();
    const member = this.#members[this.#last(key)];
    return member ? valueOf(member) : undefined;
  }

  #set(key: string, value: WantedValue | undefined): boolean {
    if (value === undefined) return false;
    const at = this.#last(key);
    this.#open?.delete(key);
    if (at >= 0) this.#members[at] = [key, value];
    else this.#place(key, this.#members.push([key, value]) - 1);
    return true;
  }

  #remove(key: string): boolean {
    this.#open?.delete(key);
    for (let at = this.#last(key); at >= 0; at = this.#last(key)) this.#drop(key, at);
    return true;
  }

  #rename(key: string, to: string): boolean {
    const value = this.#value(key);
    const at = this.#last(key);
    if (at < 0 || value === undefined) return false;
    this.#open?.delete(key);
    this.#drop(key, at);
    this.#members[at] = [to, value];
    this.#place(to, at);
    return true;
  }

  /** The index of the last member with this key, or -1. */
  #last(key: string): number {
    if (this.#places === null && this.#searches++ > MOST_SEARCHES) this.#places = this.#indexed();
    if (this.#places !== null) return this.#places.get(key)?.at(-1) ?? -1;
    return this.#members.findLastIndex((member) => member !== null && keyOf(member) === key);
  }

  #indexed(): Map<string, number[]> {
    const places = new Map<string, number[]>();
    for (const [at, member] of this.#members.entries()) {
      if (member === null) continue;
      const same = places.get(keyOf(member));
      if (same) same.push(at);
      else places.set(keyOf(member), [at]);
    }
    return places;
  }

  /** After the member at `at` was added as the last one with this key. */
  #place(key: string, at: number): void {
    const same = this.#places?.get(key);
    if (same) same.push(at);
    else this.#places?.set(key, [at]);
  }

  /** Removes the last member with this key. */
  #drop(key: string, at: number): void {
    this.#members[at] = null;
    this.#places?.get(key)?.pop();
  }
}
