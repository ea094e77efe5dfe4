/** Plans how a gateway block is enabled, updated, disabled and forgotten. */
import { failure } from "../../shared/errors";
import { builtInProvider } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import type { Document, Member } from "../jsonc/document";
import { lineFinder, placeOf } from "../jsonc/text-lines";
import { within, type Edit, type NewMember, type Spelled } from "../jsonc/plan";
import { ACTIVE_KEY, blocksOf, CUSTOM_PROVIDER_TYPE, DISABLED_KEY } from "../mux/blocks";

/** `"token": null` in a block: the user confirmed that the gateway needs no token. */
export const OPEN: Spelled = { spelled: "null" };

const FALSE: Spelled = { spelled: "false" };

/** The requested members of a block. `undefined` keeps a member, null removes it. */
export interface BlockDetails {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly host?: string | null | undefined;
  readonly token?: string | null | Spelled | undefined;
  readonly segment?: string | null | undefined;
  readonly storePrompts?: boolean | undefined;
}

/** The members of a block, in their order. `undefined` keeps a member, null removes it. */
export function membersOf({
  accountId,
  gatewayName,
  host,
  token,
  segment,
  storePrompts,
}: BlockDetails): readonly (readonly [string, string | null | Spelled | undefined])[] {
  // Cloudflare stores prompts by default, so only the exception is written.
  const stored = storePrompts === undefined ? undefined : storePrompts ? null : FALSE;
  return Object.entries({ accountId, gatewayName, host, token, segment, storePrompts: stored });
}

export type Change =
  | { readonly kind: "enable"; readonly provider: string; readonly details: BlockDetails }
  /** Changes the block that counts, but not whether it is active. */
  | { readonly kind: "update"; readonly provider: string; readonly details: BlockDetails }
  | { readonly kind: "disable"; readonly provider: string }
  | { readonly kind: "forget"; readonly provider: string };

/**
 * The edits of the provider for the change. Errors: `provider_unknown`, `provider_not_object`,
 * `block_not_object`, `block_duplicate`, `block_missing`.
 */
export function planChange(
  { text, root }: Document,
  change: Change,
  file: string,
): Result<readonly Edit[]> {
  const { provider } = change;
  const member = root?.last(provider);
  if (member === undefined) {
    if (builtInProvider(provider) === undefined) return failure("provider_unknown", { provider });
    return change.kind === "enable"
      ? success(editsOf(change, {}))
      : failure("block_missing", { provider });
  }
  if (member.kind !== "object") {
    return failure("provider_not_object", { provider, file, ...placeOf(text, member.start) });
  }
  if (!isProvider(member)) return failure("provider_unknown", { provider });
  const found = findBlock(text, member, file);
  if (!found.success) return found;
  const { active, disabled } = found.data;
  return change.kind === "enable" || active || disabled
    ? success(editsOf(change, found.data))
    : failure("block_missing", { provider });
}

interface FoundBlock {
  readonly active?: Member | undefined;
  readonly disabled?: Member | undefined;
}

/** Finds both blocks. Fails for duplicates, or if the block that counts is not an object. */
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
        // Removed before the rename, because afterwards both blocks have the same key.
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

/** `remove` deletes all duplicates, because otherwise an earlier one would take effect. */
function blockEdits(details: BlockDetails): readonly Edit[] {
  return membersOf(details).flatMap(([key, value]): readonly Edit[] => {
    if (value === undefined) return [];
    return [value === null ? { kind: "remove", path: [key] } : { kind: "set", path: [key], value }];
  });
}

/** Whether a key is a built-in provider, or a custom one by its `providerType`. */
function isProvider({ key, members }: Member): boolean {
  if (builtInProvider(key) !== undefined) return true;
  const type = members.findLast((member) => member.key === "providerType");
  return type?.value === CUSTOM_PROVIDER_TYPE;
}

function newBlock(details: BlockDetails): readonly NewMember[] {
  return membersOf(details).flatMap(([key, value]): readonly NewMember[] =>
    value === undefined || value === null ? [] : [[key, value]],
  );
}
