/** Determines the expected members of a provider from the change itself, not from its edits. */
import type { NewValue, Wanted, WantedMember } from "../jsonc/plan";
import { keyOf, membersIn, stringIn, valueOf } from "../jsonc/wanted";
import { ACTIVE_KEY, DISABLED_KEY } from "../mux/blocks";
import type { BlockDetails, Change } from "./edit";

/** The provider's members after the change; null if its block is not an object. */
export function askedOf(change: Change): (members: Wanted) => Wanted | null {
  return (members) => {
    const active = members.find((member) => keyOf(member) === ACTIVE_KEY);
    const disabled = members.find((member) => keyOf(member) === DISABLED_KEY);
    const block = active ?? disabled;
    switch (change.kind) {
      case "enable":
      case "update": {
        const key = change.kind === "update" && !active ? DISABLED_KEY : ACTIVE_KEY;
        const isNew = change.kind === "enable" && !block;
        const inside = isNew ? [] : membersIn(block && valueOf(block));
        if (inside === null) return null;
        const after: WantedMember = [key, blockAfter(inside, change.details)];
        return block ? replaced(members, block, after) : [...members, after];
      }
      case "disable":
        return active
          ? replaced(without(members, disabled), active, [DISABLED_KEY, valueOf(active)])
          : members;
      case "forget":
        return without(members, active, disabled);
      default:
        return change satisfies never;
    }
  };
}

function blockAfter(members: Wanted, details: BlockDetails): Wanted {
  const { accountId, gatewayName, host, token, segment } = details;
  const asked = new Map<string, NewValue | null | undefined>(
    Object.entries({ accountId, gatewayName, host, token, segment }),
  );
  if (details.storePrompts === true) asked.set("storePrompts", null);
  if (details.storePrompts === false) asked.set("storePrompts", { spelled: "false" });
  const last = new Map(
    [...asked.keys()].map((key) => [key, members.findLast((member) => keyOf(member) === key)]),
  );
  const after: WantedMember[] = [];
  for (const member of members) {
    const key = keyOf(member);
    const value = asked.get(key);
    const isKept =
      value === undefined || last.get(key) !== member || stringIn(valueOf(member)) === value;
    if (value !== null) after.push(isKept ? member : [key, value]);
  }
  for (const [key, value] of asked) {
    if (value !== undefined && value !== null && !last.get(key)) after.push([key, value]);
  }
  return after;
}

function replaced(members: Wanted, old: WantedMember, now: WantedMember): Wanted {
  return members.map((member) => (member === old ? now : member));
}

function without(members: Wanted, ...gone: readonly (WantedMember | undefined)[]): Wanted {
  return members.filter((member) => !gone.includes(member));
}
