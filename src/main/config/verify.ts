/** Whether a new text differs from the old one by the asked change and nothing else. */
import { ACTIVE_KEY, DISABLED_KEY } from "../mux/blocks";
import { objectAt, parseDocument, stringAt, type Member, type ObjectNode } from "../jsonc/document";
import type { BlockDetails, Change } from "./edit";

/**
 * Reads both texts anew and compares them member by member, values as they are spelled. Knows
 * nothing of splices: what must have become of the old members is worked out here a second time,
 * from the change alone.
 */
export function differsAsAsked(before: string, after: string, change: Change): boolean {
  const old = parseDocument(before, "");
  const now = parseDocument(after, "");
  if (!old.success || !now.success || now.data.root === null) return false;
  return isAs(after, now.data.root, rootAfter(before, old.data.root, change));
}

/** What a member must be: its key, and a test of its value. */
interface Expected {
  readonly key: string;
  readonly test: (text: string, member: Member) => boolean;
}

function isAs(text: string, object: ObjectNode, expected: readonly Expected[]): boolean {
  return (
    object.members.length === expected.length &&
    object.members.every((member, index) => {
      const wanted = expected[index];
      return wanted?.key === member.key && wanted.test(text, member);
    })
  );
}

function rootAfter(before: string, root: ObjectNode | null, change: Change): readonly Expected[] {
  const members = root?.members ?? [];
  const target = members.findLast(({ key }) => key === change.provider);
  if (target === undefined) {
    const block =
      change.kind === "enable" ? [wantObject(ACTIVE_KEY, blockAfter("", [], change.details))] : [];
    return [
      ...members.map((member) => wantSame(before, member)),
      wantObject(change.provider, block),
    ];
  }
  return members.map((member) =>
    member === target
      ? wantObject(
          member.key,
          providerAfter(before, objectAt(before, member.start).members, change),
        )
      : wantSame(before, member),
  );
}

function providerAfter(
  before: string,
  members: readonly Member[],
  change: Change,
): readonly Expected[] {
  const active = members.find(({ key }) => key === ACTIVE_KEY);
  const disabled = members.find(({ key }) => key === DISABLED_KEY);
  const others = (gone: readonly (Member | undefined)[]) =>
    members.filter((member) => !gone.includes(member));
  switch (change.kind) {
    case "enable": {
      const block = active ?? disabled;
      const inside = block ? objectAt(before, block.start).members : [];
      const after = wantObject(ACTIVE_KEY, blockAfter(before, inside, change.details));
      const rest = members.map((member) => (member === block ? after : wantSame(before, member)));
      return block ? rest : [...rest, after];
    }
    case "disable":
      return others([active && disabled]).map((member) =>
        wantSame(before, member, member === active ? DISABLED_KEY : member.key),
      );
    case "forget":
      return others([active, disabled]).map((member) => wantSame(before, member));
    default:
      return change satisfies never;
  }
}

function blockAfter(
  before: string,
  members: readonly Member[],
  { accountId, gatewayName, token, segment }: BlockDetails,
): readonly Expected[] {
  const asked = new Map(Object.entries({ accountId, gatewayName, token, segment }));
  const kept = members
    .filter(({ key }) => asked.get(key) !== null)
    .map((member) => {
      const value = asked.get(member.key);
      const counts = members.findLast(({ key }) => key === member.key) === member;
      return typeof value === "string" && counts
        ? wantString(member.key, value)
        : wantSame(before, member);
    });
  const added = [...asked].flatMap(([key, value]) =>
    typeof value !== "string" || members.some((member) => member.key === key)
      ? []
      : [wantString(key, value)],
  );
  return [...kept, ...added];
}

function wantSame(before: string, old: Member, key = old.key): Expected {
  const value = before.slice(old.start, old.end);
  return { key, test: (text, { start, end }) => text.slice(start, end) === value };
}

function wantString(key: string, value: string): Expected {
  return { key, test: (text, { start }) => stringAt(text, start) === value };
}

function wantObject(key: string, members: readonly Expected[]): Expected {
  return {
    key,
    test: (text, { kind, start }) =>
      kind === "object" && isAs(text, objectAt(text, start), members),
  };
}
