/** The rules by which a gateway block is switched on, switched off and forgotten: change → plan. */
import { failure } from "../../shared/errors";
import { builtInProvider } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { lineFinder, placeOf, type Document, type Member } from "../jsonc/document";
import { within, type Edit, type NewMember, type Spelled } from "../jsonc/plan";
import { ACTIVE_KEY, blocksOf, CUSTOM_PROVIDER_TYPE, DISABLED_KEY } from "../mux/blocks";

/** The token of a gateway that the user confirmed to need none: `"token": null` in the block. */
export const OPEN: Spelled = { spelled: "null" };

/** What a block is to say; `undefined` keeps what it has, null removes it. */
export interface BlockDetails {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly token?: string | null | Spelled | undefined;
  readonly segment?: string | null | undefined;
}

export type Change =
  | { readonly kind: "enable"; readonly provider: string; readonly details: BlockDetails }
  /** Of the block that counts, which stays on or off. */
  | { readonly kind: "update"; readonly provider: string; readonly details: BlockDetails }
  | { readonly kind: "disable"; readonly provider: string }
  | { readonly kind: "forget"; readonly provider: string };

export interface BlockPlan {
  /** Of the provider's members; none when there is nothing to change. */
  readonly edits: readonly Edit[];
  /** The same, of the document's. */
  readonly plan: readonly Edit[];
}

/**
 * The edits that make the change, in a document that other edits may change too. Errors:
 * `provider_unknown`, `provider_not_object`, `block_not_object`, `block_duplicate`, `block_missing`.
 */
export function planChange(
  { text, root }: Document,
  change: Change,
  file: string,
): Result<BlockPlan> {
  const { provider } = change;
  const member = root?.members.findLast(({ key }) => key === provider);
  if (member === undefined) {
    if (builtInProvider(provider) === undefined) return failure("provider_unknown", { provider });
    if (change.kind !== "enable") return failure("block_missing", { provider });
    const block = newBlock(change.details);
    return success({
      edits: [{ kind: "set", path: [ACTIVE_KEY], value: block }],
      plan: [{ kind: "set", path: [provider], value: [[ACTIVE_KEY, block]] }],
    });
  }
  if (member.kind !== "object") {
    return failure("provider_not_object", { provider, file, ...placeOf(text, member.start) });
  }
  if (!isProvider(member)) return failure("provider_unknown", { provider });
  const found = findBlock(text, member, file);
  if (!found.success) return found;
  const { active, disabled } = found.data;
  if (change.kind !== "enable" && !active && !disabled) {
    return failure("block_missing", { provider });
  }
  const edits = editsOf(change, found.data);
  return success({ edits, plan: within(provider, edits) });
}

interface FoundBlock {
  readonly active: Member | undefined;
  readonly disabled: Member | undefined;
}

/** The block of each kind, when each is there at most once and the one that counts is an object. */
function findBlock(
  text: string,
  { key: provider, members }: Member,
  file: string,
): Result<FoundBlock> {
  const blocks = blocksOf(members);
  for (const same of [blocks.active, blocks.disabled]) {
    if (same.length > 1) {
      const lineOf = lineFinder(text);
      const lines = same.map(({ keyStart }) => lineOf(keyStart));
      return failure("block_duplicate", { provider, file, lines });
    }
  }
  const [active] = blocks.active;
  const [disabled] = blocks.disabled;
  const counts = active ?? disabled;
  if (counts && counts.kind !== "object") {
    return failure("block_not_object", { provider, file, ...placeOf(text, counts.start) });
  }
  return success({ active, disabled });
}

function editsOf(change: Change, { active, disabled }: FoundBlock): readonly Edit[] {
  switch (change.kind) {
    case "enable": {
      if (!active && !disabled) {
        return [{ kind: "set", path: [ACTIVE_KEY], value: newBlock(change.details) }];
      }
      const rename: Edit = { kind: "rename", path: [DISABLED_KEY], to: ACTIVE_KEY };
      return [...(active ? [] : [rename]), ...within(ACTIVE_KEY, blockEdits(change.details))];
    }
    case "update":
      return within(active ? ACTIVE_KEY : DISABLED_KEY, blockEdits(change.details));
    case "disable":
      if (!active) return [];
      return [
        // Which of two equal keys is the older one only their old names say, so it goes first.
        ...(disabled ? ([{ kind: "remove", path: [DISABLED_KEY] }] as const) : []),
        { kind: "rename", path: [ACTIVE_KEY], to: DISABLED_KEY },
      ];
    case "forget":
      return [
        { kind: "remove", path: [ACTIVE_KEY] },
        { kind: "remove", path: [DISABLED_KEY] },
      ];
    default:
      return change satisfies never;
  }
}

/** What is removed goes whole: behind the last of two equal keys the first would come to count. */
function blockEdits({ accountId, gatewayName, token, segment }: BlockDetails): readonly Edit[] {
  return Object.entries({ accountId, gatewayName, token, segment }).flatMap(
    ([key, value]): readonly Edit[] => {
      if (value === undefined) return [];
      return [
        value === null ? { kind: "remove", path: [key] } : { kind: "set", path: [key], value },
      ];
    },
  );
}

/** Built-in, or told by its `providerType` to be a custom one. */
function isProvider({ key, members }: Member): boolean {
  if (builtInProvider(key) !== undefined) return true;
  const type = members.findLast((member) => member.key === "providerType");
  return type?.value === CUSTOM_PROVIDER_TYPE;
}

function newBlock({ accountId, gatewayName, token, segment }: BlockDetails): readonly NewMember[] {
  return Object.entries({ accountId, gatewayName, token, segment }).flatMap(
    ([key, value]): readonly NewMember[] =>
      value === undefined || value === null ? [] : [[key, value]],
  );
}
