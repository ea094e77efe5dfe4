/** What there is in an object beside its members. */
import type { Member, ObjectNode } from "./document";
import { hasBreak } from "./text-lines";

/** Whether a member is an object that has no comment outside its own members, nor before its brace. */
export function isBareObject(text: string, member: Member): boolean {
  const { keyEnd, kind, start, end, members } = member;
  if (kind !== "object" || !/^\s*:\s*$/.test(text.slice(keyEnd, start))) return false;
  const starts = [...members.map(({ keyStart }) => keyStart), end - 1];
  const ends = [start + 1, ...members.map((each) => each.end)];
  return ends.every((from, index) => /^[\s,]*$/.test(text.slice(from, starts[index])));
}

/** Whether the first member of an object is on a line below its brace. */
export function hasOwnLines(text: string, { start, members }: ObjectNode): boolean {
  const [first] = members;
  return first !== undefined && hasBreak(text, start, first.keyStart);
}
