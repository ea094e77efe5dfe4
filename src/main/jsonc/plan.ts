/** What a plan can ask of a document: its vocabulary. */

/** By keys, to a member; of equal keys the last one counts. */
export type Path = readonly [string, ...(readonly string[])];

export type Edit =
  /** Replaces the value where it is, or adds the member behind all others of its object. */
  | { readonly kind: "set"; readonly path: Path; readonly value: NewValue }
  /** Likewise, with the value that another member has at that moment, to the letter. */
  | { readonly kind: "copy"; readonly path: Path; readonly from: Path }
  /** Takes out every member of that key. */
  | { readonly kind: "remove"; readonly path: Path }
  /** Gives a member another key and leaves it where it is. */
  | { readonly kind: "rename"; readonly path: Path; readonly to: string };

/** What can be written: a string, an object with its members in order, or any value as it is spelled. */
export type NewValue = string | readonly NewMember[] | Spelled;
export type NewMember = readonly [key: string, value: NewValue];
/** Taken over byte for byte. */
export interface Spelled {
  readonly spelled: string;
}

/** The same edits, of the object that is the member of that key. */
export function within(key: string, edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) =>
    edit.kind === "copy"
      ? { ...edit, path: [key, ...edit.path], from: [key, ...edit.from] }
      : { ...edit, path: [key, ...edit.path] },
  );
}
