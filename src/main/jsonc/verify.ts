/** Verifies that a new document differs from the old one exactly as asked. */
import { ValueWalk, type Document, type Member } from "./document";
import { REMOVED, type MemberChange, type WantedValue } from "./plan";
import { isMember, keyOf, valueOf } from "./wanted";

type Change = Pick<MemberChange, "key" | "asked">;

/**
 * Compares two documents member by member, and values as they are spelled. The changed objects have
 * the expected members, and all other members of the root are the same. If a key is repeated, its last
 * member is changed. It must not be removed, because an earlier one would take effect. New members
 * are at the end.
 */
export function differsAsAsked(
  before: Document,
  after: Document,
  changes: readonly Change[],
): boolean {
  const now = after.root?.members ?? [];
  const asked = new Map(changes.map((change) => [change.key, change.asked]));
  const last = new Map<string, Member>();
  const repeated = new Set<string>();
  for (const member of before.root?.members ?? []) {
    if (!asked.has(member.key)) continue;
    if (last.has(member.key)) repeated.add(member.key);
    last.set(member.key, member);
  }
  let index = 0;
  const isNext = (key: string, wanted: WantedValue | null) => {
    const member = now[index++];
    if (member?.key !== key || wanted === null) return false;
    return isMember(wanted)
      ? isSameText(before.text, wanted, after.text, member)
      : isValue(before, after, new ValueWalk(after.text, member.start), wanted);
  };
  for (const member of before.root?.members ?? []) {
    const { key } = member;
    const change = last.get(key) === member ? asked.get(key) : undefined;
    const wanted = !change ? member : member.kind === "object" ? change(member.members) : null;
    if (wanted === REMOVED ? repeated.has(key) : !isNext(key, wanted)) return false;
  }
  for (const [key, change] of asked) {
    if (last.has(key)) continue;
    const wanted = change([]);
    if (wanted === REMOVED || !isNext(key, wanted)) return false;
  }
  return after.root !== null && index === now.length;
}

/** Walks through a value of the new document as long as it is the expected one. */
function isValue(before: Document, after: Document, walk: ValueWalk, wanted: WantedValue): boolean {
  if (typeof wanted === "string") {
    const { kind, start, end } = walk.skip();
    return kind === "string" && JSON.parse(after.text.slice(start, end)) === wanted;
  }
  if (isMember(wanted)) return isSameText(before.text, wanted, after.text, walk.skip());
  if ("spelled" in wanted) {
    const { start, end } = walk.skip();
    return after.text.slice(start, end) === wanted.spelled;
  }
  let index = 0;
  const areSame = walk.everyMember((key) => {
    const member = wanted[index++];
    return (
      member !== undefined && key === keyOf(member) && isValue(before, after, walk, valueOf(member))
    );
  });
  return areSame && index === wanted.length;
}

/** Below this length, comparing each character is faster than cutting out a part. */
const SHORT = 64;

type Span = Pick<Member, "start" | "end">;

/** Whether a part of one text is equal to a part of the other. */
function isSameText(one: string, { start, end }: Span, other: string, place: Span): boolean {
  const length = end - start;
  if (place.end - place.start !== length) return false;
  // Comparing parts is several times as fast as `startsWith`.
  if (length > SHORT) return one.slice(start, end) === other.slice(place.start, place.end);
  for (let at = 0; at < length; at++) {
    if (one.charCodeAt(start + at) !== other.charCodeAt(place.start + at)) return false;
  }
  return true;
}
