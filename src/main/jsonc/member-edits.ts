/** Text + edits of single members of providers → text, by splices that leave the rest as it is. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { objectAt, parseDocument, placeOf, type Member, type ObjectNode } from "./document";
import { appendMember, removeMember, replaceValue, type NewValue } from "./splice";
import { membersAsAsked } from "./verify-members";

/** From the provider's object to a member, by keys; of equal keys the last one counts. */
export type MemberPath = readonly [string, ...(readonly string[])];

export type MemberEdit =
  /** Replaces the value where it stands, or adds the member behind all others of its object. */
  | { readonly kind: "set"; readonly path: MemberPath; readonly value: NewValue }
  /** Likewise, with what stands at another place, to the letter. */
  | { readonly kind: "copy"; readonly path: MemberPath; readonly from: MemberPath }
  /** Takes out every member of that key. */
  | { readonly kind: "remove"; readonly path: MemberPath };

export interface ProviderEdits {
  readonly provider: string;
  /** Carried out in this order. */
  readonly edits: readonly MemberEdit[];
}

/**
 * The text after the edits of every provider named, each of them once. It was parsed again, and
 * differs from the old one by these edits alone (`edit_refused` otherwise, and when an object that a
 * path leads through is not there).
 *
 * Besides the errors of `parseDocument`: `provider_unknown`, `provider_not_object`.
 */
export function editMembers(
  text: string,
  asked: readonly ProviderEdits[],
  file: string,
): Result<string> {
  if (asked.every(({ edits }) => edits.length === 0)) return success(text);
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const { root } = document.data;
  const found: { readonly member: Member; readonly edits: readonly MemberEdit[] }[] = [];
  for (const { provider, edits } of asked) {
    const member = root?.members.findLast(({ key }) => key === provider);
    if (!member) return failure("provider_unknown", { provider });
    if (member.kind !== "object") {
      return failure("provider_not_object", { provider, file, ...placeOf(text, member.start) });
    }
    found.push({ member, edits });
  }
  let changed: string | null = text;
  // From the last to the first, so that no edit moves what the next one is about.
  for (const { member, edits } of found.toSorted((a, b) => b.member.start - a.member.start)) {
    for (const edit of edits) {
      if (changed !== null && root) changed = carryOut(changed, upTo(root, member), member, edit);
    }
  }
  return changed !== null && membersAsAsked(text, changed, asked)
    ? success(changed)
    : failure("edit_refused", { file });
}

/** Null when there is no object for the path to lead through. */
function carryOut(
  text: string,
  root: ObjectNode,
  provider: Member,
  edit: MemberEdit,
): string | null {
  const object = parentOf(text, provider.start, edit.path);
  const key = edit.path.at(-1) ?? "";
  if (object === null) return null;
  switch (edit.kind) {
    case "set":
      return put(text, root, object, key, edit.value);
    case "copy": {
      const from = memberAt(text, provider.start, edit.from);
      const spelled = from && text.slice(from.start, from.end);
      return spelled === null ? null : put(text, root, object, key, { spelled });
    }
    case "remove":
      return removeAll(text, object, key);
    default:
      return edit satisfies never;
  }
}

function put(
  text: string,
  root: ObjectNode,
  object: ObjectNode,
  key: string,
  value: NewValue,
): string {
  const member = object.members.findLast((each) => each.key === key);
  return member
    ? replaceValue(text, member, value)
    : appendMember(text, object, [key, value], root);
}

function removeAll(text: string, object: ObjectNode, key: string): string {
  let changed = text;
  for (;;) {
    const rest = objectAt(changed, object.start);
    const member = rest.members.findLast((each) => each.key === key);
    if (!member) return changed;
    changed = removeMember(changed, rest, member);
  }
}

function memberAt(text: string, start: number, path: MemberPath): Member | null {
  return parentOf(text, start, path)?.members.findLast(({ key }) => key === path.at(-1)) ?? null;
}

/** The object that holds the member which the path leads to. */
function parentOf(text: string, start: number, path: MemberPath): ObjectNode | null {
  let object = objectAt(text, start);
  for (const key of path.slice(0, -1)) {
    const member = object.members.findLast((each) => each.key === key);
    if (member?.kind !== "object") return null;
    object = objectAt(text, member.start);
  }
  return object;
}

/** Without the members behind, which have moved when they were edited. */
function upTo(root: ObjectNode, last: Member): ObjectNode {
  return {
    ...root,
    members: root.members.filter(({ start }) => start <= last.start),
    comments: root.comments.filter(({ start }) => start <= last.start),
  };
}
