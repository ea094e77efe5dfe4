/** Verifies that a new document differs from the old one exactly as asked. */
import { everyMember, type Document, type Member, type Value } from "./document";
import { GONE, type MemberChange, type WantedValue } from "./plan";
import { keyOf, valueOf } from "./wanted";

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
    return member?.key === key && wanted !== null && isValue(before, after, member, wanted);
  };
  for (const member of before.root?.members ?? []) {
    const { key } = member;
    const change = last.get(key) === member ? asked.get(key) : undefined;
    const wanted = !change ? member : member.kind === "object" ? change(member.members) : null;
    if (wanted === GONE ? repeated.has(key) : !isNext(key, wanted)) return false;
  }
  for (const [key, change] of asked) {
    if (last.has(key)) continue;
    const wanted = change([]);
    if (wanted === GONE || !isNext(key, wanted)) return false;
  }
  return after.root !== null && index === now.length;
}

function isValue(before: Document, after: Document, value: Value, wanted: WantedValue): boolean {
  const { kind, start, end } = value;
  if (typeof wanted === "string") {
    return kind === "string" && JSON.parse(after.text.slice(start, end)) === wanted;
  }
  if ("kind" in wanted) {
    // Comparing the lengths first saves cutting out most values that differ.
    return (
      end - start === wanted.end - wanted.start &&
      after.text.startsWith(before.text.slice(wanted.start, wanted.end), start)
    );
  }
  if ("spelled" in wanted) return after.text.slice(start, end) === wanted.spelled;
  let index = 0;
  const areSame =
    kind === "object" &&
    everyMember(after.text, start, (key, inner) => {
      const member = wanted[index++];
      return (
        member !== undefined &&
        key === keyOf(member) &&
        isValue(before, after, inner, valueOf(member))
      );
    });
  return areSame && index === wanted.length;
}
