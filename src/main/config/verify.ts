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

const FALSE: NewValue = { spelled: "false" };

function blockAfter(members: Wanted, details: BlockDetails): Wanted {
  const { accountId, gatewayName, host, token, segment, storePrompts } = details;
  const stored = storePrompts === undefined ? undefined : storePrompts ? null : FALSE;
  const asked = { accountId, gatewayName, host, token, segment, storePrompts: stored };
  const after: WantedMember[] = [...members];
  const removed = new Set<string>();
  for (const [key, value] of Object.entries<NewValue | null | undefined>(asked)) {
    if (value === undefined) continue;
    // The last of several members counts, so it is the one that changes.
    const index = after.findLastIndex((member) => keyOf(member) === key);
    const old = after[index];
    if (value === null) removed.add(key);
    else if (old === undefined) after.push([key, value]);
    else if (stringIn(valueOf(old)) !== value) after[index] = [key, value];
  }
  return removed.size === 0 ? after : after.filter((member) => !removed.has(keyOf(member)));
}

function replaced(members: Wanted, old: WantedMember, now: WantedMember): Wanted {
  return members.map((member) => (member === old ? now : member));
}

function without(members: Wanted, ...removed: readonly (WantedMember | undefined)[]): Wanted {
  return members.filter((member) => !removed.includes(member));
}
