/** What a change asks of a provider's members, worked out from the change and not from its plan. */
import type { NewMember } from "../jsonc/plan";
import { membersIn, stringIn, type Wanted } from "../jsonc/verify";
import { ACTIVE_KEY, DISABLED_KEY } from "../mux/blocks";
import type { BlockDetails, Change } from "./edit";

/** The provider's members after the change; null when its block is no object. */
export function askedOf(change: Change): (members: Wanted) => Wanted | null {
  return (members) => {
    const active = members.find(([key]) => key === ACTIVE_KEY);
    const disabled = members.find(([key]) => key === DISABLED_KEY);
    switch (change.kind) {
      case "enable": {
        const block = active ?? disabled;
        const inside = block ? membersIn(block[1]) : [];
        if (inside === null) return null;
        const after: NewMember = [ACTIVE_KEY, blockAfter(inside, change.details)];
        return block ? replaced(members, block, after) : [...members, after];
      }
      case "update": {
        const block = active ?? disabled;
        const inside = membersIn(block?.[1]);
        if (!block || inside === null) return null;
        return replaced(members, block, [block[0], blockAfter(inside, change.details)]);
      }
      case "disable":
        return active
          ? replaced(without(members, disabled), active, [DISABLED_KEY, active[1]])
          : members;
      case "forget":
        return without(members, active, disabled);
      default:
        return change satisfies never;
    }
  };
}

function blockAfter(members: Wanted, details: BlockDetails): Wanted {
  const { accountId, gatewayName, token, segment } = details;
  const asked = new Map<string, NewMember[1] | null | undefined>(
    Object.entries({ accountId, gatewayName, token, segment }),
  );
  if (details.storePrompts === true) asked.set("storePrompts", null);
  if (details.storePrompts === false) asked.set("storePrompts", { spelled: "false" });
  const last = new Map(
    [...asked.keys()].map((key) => [key, members.findLast(([name]) => name === key)]),
  );
  const kept = members
    .filter(([key]) => asked.get(key) !== null)
    .map((member): NewMember => {
      const [key, old] = member;
      const value = asked.get(key);
      if (value === undefined || value === null || last.get(key) !== member) return member;
      return stringIn(old) === value ? member : [key, value];
    });
  const added = [...asked].flatMap(([key, value]): Wanted =>
    value === undefined || value === null || last.get(key) ? [] : [[key, value]],
  );
  return [...kept, ...added];
}

function replaced(members: Wanted, old: NewMember, now: NewMember): Wanted {
  return members.map((member) => (member === old ? now : member));
}

function without(members: Wanted, ...gone: readonly (NewMember | undefined)[]): Wanted {
  return members.filter((member) => !gone.includes(member));
}
