/** Recognizes an object that contains nothing but its members. */
import type { Member } from "./document";
import { hasBreak } from "./text-lines";

/**
 * Whether a member is an object whose first member is on a line below the brace. It must have no
 * comment before the brace, or inside it but outside its own members.
 */
export function isBareObject(text: string, member: Member): boolean {
  const { keyEnd, kind, start, end, members } = member;
  const [first] = members;
  if (kind !== "object" || first === undefined || !hasBreak(text, start, first.keyStart)) {
    return false;
  }
  const starts = [...members.map(({ keyStart }) => keyStart), end - 1];
  const ends = [start + 1, ...members.map((each) => each.end)];
  return (
    /^\s*:\s*$/.test(text.slice(keyEnd, start)) &&
    ends.every((from, index) => /^[\s,]*$/.test(text.slice(from, starts[index])))
  );
}
