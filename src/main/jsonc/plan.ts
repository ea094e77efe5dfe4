/** The edits that a plan can contain. */
import type { Member } from "./document";

/** A list of keys that leads to a member. If a key is repeated, its last member counts. */
export type Path = readonly [string, ...(readonly string[])];

export type Edit =
  /** Replaces the value in its place, or adds the member at the end of its object. */
  | { readonly kind: "set"; readonly path: Path; readonly value: NewValue }
  /** The same, with the current value of another member, exactly as spelled. */
  | { readonly kind: "copy"; readonly path: Path; readonly from: Path }
  /** Removes all members with that key. */
  | { readonly kind: "remove"; readonly path: Path }
  /** Changes the key of a member, but not its place. */
  | { readonly kind: "rename"; readonly path: Path; readonly to: string };

/** A new value: a string, an object with ordered members, or any value as it is spelled. */
export type NewValue = string | readonly NewMember[] | Spelled;
export type NewMember = readonly [key: string, value: NewValue];
/** Copied exactly. */
export interface Spelled {
  readonly spelled: string;
}

/** In this order. A member of the old document must be the same, exactly as spelled. */
export type Wanted = readonly WantedMember[];
export type WantedMember = Member | readonly [key: string, value: WantedValue];
export type WantedValue = string | Spelled | Member | Wanted;

/** Asks for an object to be removed from the root. */
export const REMOVED = "removed";

/** Maps the members of an object to the expected ones. Null if the change is impossible. */
export type Asked = (members: Wanted) => Wanted | typeof REMOVED | null;

/** A change of one member of the root. A change of several members has one of these for each. */
export interface MemberChange {
  readonly key: string;
  /**
   * In this order. Paths start at the member, which must be an object. If the root does not have it,
   * it is added together with the member that the first edit sets.
   */
  readonly edits: readonly Edit[];
  /** Whether the member is removed instead. */
  readonly isRemoved: boolean;
  /** The expected members. Must not be derived from the edits where there is another source. */
  readonly asked: Asked;
}

/** The same edits of the object with this key. */
export function within(key: string, edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) =>
    edit.kind === "copy"
      ? { ...edit, path: [key, ...edit.path], from: [key, ...edit.from] }
      : { ...edit, path: [key, ...edit.path] },
  );
}
