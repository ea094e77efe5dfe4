/** Text + change → text: the rules by which a gateway block is switched on, switched off and forgotten. */
import { failure } from "../../shared/errors";
import { builtInProvider } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { ACTIVE_KEY, blocksOf, CUSTOM_PROVIDER_TYPE, DISABLED_KEY } from "../mux/blocks";
import {
  objectAt,
  parseDocument,
  placeOf,
  stringAt,
  type Member,
  type ObjectNode,
} from "../jsonc/document";
import {
  appendMember,
  appendObject,
  removeMember,
  renameKey,
  replaceStrings,
} from "../jsonc/splice";
import { differsAsAsked } from "./verify";

/** What a block is to say; `undefined` keeps what it has, null removes it. */
export interface BlockDetails {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly token?: string | null | undefined;
  readonly segment?: string | null | undefined;
}

export type Change =
  | { readonly kind: "enable"; readonly provider: string; readonly details: BlockDetails }
  | { readonly kind: "disable"; readonly provider: string }
  | { readonly kind: "forget"; readonly provider: string };

/**
 * The text after the change, which is the same text when there is nothing to change. It was parsed
 * again, and differs from the old one by what was asked and nothing else (`edit_refused` otherwise).
 *
 * Besides the errors of `parseDocument`: `provider_unknown`, `provider_not_object`,
 * `block_not_object`, `block_duplicate`, `block_missing`.
 */
export function applyChange(text: string, change: Change, file: string): Result<string> {
  const changed = changeText(text, change, file);
  if (!changed.success || changed.data === text) return changed;
  return differsAsAsked(text, changed.data, change) ? changed : failure("edit_refused", { file });
}

function changeText(text: string, change: Change, file: string): Result<string> {
  const document = parseDocument(text, file);
  if (!document.success) return document;
  const { provider } = change;
  const { root } = document.data;
  const member = root?.members.findLast(({ key }) => key === provider);
  if (root === null || member === undefined) {
    if (builtInProvider(provider) === undefined) return failure("provider_unknown", { provider });
    if (change.kind !== "enable") return failure("block_missing", { provider });
    const added = [provider, [[ACTIVE_KEY, newBlock(change.details)]]] as const;
    return success(
      root === null ? appendObject(text, [added]) : appendMember(text, root, added, root),
    );
  }
  if (member.kind !== "object") {
    return failure("provider_not_object", { provider, file, ...placeOf(text, member.start) });
  }
  const object = objectAt(text, member.start);
  if (!isProvider(text, provider, object)) return failure("provider_unknown", { provider });
  const found = findBlock(text, provider, object, file);
  if (!found.success) return found;
  switch (change.kind) {
    case "enable":
      return success(enable(text, root, object, found.data, change.details));
    case "disable":
      return disable(text, provider, object, found.data);
    case "forget":
      return forget(text, provider, object, found.data);
    default:
      return change satisfies never;
  }
}

interface FoundBlock {
  readonly active: Member | undefined;
  readonly disabled: Member | undefined;
}

/** The block of each kind, when each stands at most once and the one that counts is an object. */
function findBlock(
  text: string,
  provider: string,
  object: ObjectNode,
  file: string,
): Result<FoundBlock> {
  const blocks = blocksOf(object.members);
  for (const same of [blocks.active, blocks.disabled]) {
    if (same.length > 1) {
      const lines = same.map(({ keyStart }) => placeOf(text, keyStart).line);
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

function enable(
  text: string,
  root: ObjectNode,
  object: ObjectNode,
  { active, disabled }: FoundBlock,
  details: BlockDetails,
): string {
  const member = active ?? disabled;
  if (!member) return appendMember(text, object, [ACTIVE_KEY, newBlock(details)], root);
  const renamed = active ? text : renameKey(text, member, DISABLED_KEY, ACTIVE_KEY);
  // A rename moves the block by as much as it shortens the text.
  return updateBlock(renamed, member.start - (text.length - renamed.length), details, root);
}

function updateBlock(
  text: string,
  start: number,
  { accountId, gatewayName, token, segment }: BlockDetails,
  root: ObjectNode,
): string {
  const asked = Object.entries({ accountId, gatewayName, token, segment });
  const last = (object: ObjectNode, key: string) => object.members.findLast((m) => m.key === key);
  const before = objectAt(text, start);
  let changed = replaceStrings(
    text,
    asked.flatMap(([key, value]) => {
      const member = last(before, key);
      if (typeof value !== "string" || !member || stringAt(text, member.start) === value) return [];
      return [{ member, value }];
    }),
  );
  for (const [key, value] of asked) {
    if (value !== null) continue;
    // Every one of them: behind the last of two equal keys the first would come to count.
    for (;;) {
      const object = objectAt(changed, start);
      const member = last(object, key);
      if (!member) break;
      changed = removeMember(changed, object, member);
    }
  }
  for (const [key, value] of asked) {
    if (typeof value !== "string" || last(before, key)) continue;
    const [object, whole] = [objectAt(changed, start), objectAt(changed, root.start)];
    changed = appendMember(changed, object, [key, value], whole);
  }
  return changed;
}

function disable(
  text: string,
  provider: string,
  object: ObjectNode,
  { active, disabled }: FoundBlock,
): Result<string> {
  if (!active) return disabled ? success(text) : failure("block_missing", { provider });
  const renamed = renameKey(text, active, ACTIVE_KEY, DISABLED_KEY);
  if (!disabled) return success(renamed);
  // Which of two equal keys is the older one only their old names say, so it goes first.
  const without = removeMember(text, object, disabled);
  const rest = objectAt(without, object.start);
  const [same] = blocksOf(rest.members).active;
  return same
    ? success(renameKey(without, same, ACTIVE_KEY, DISABLED_KEY))
    : failure("block_missing", { provider });
}

function forget(
  text: string,
  provider: string,
  object: ObjectNode,
  { active, disabled }: FoundBlock,
): Result<string> {
  if (!active && !disabled) return failure("block_missing", { provider });
  let changed = text;
  for (;;) {
    const rest = objectAt(changed, object.start);
    const { active: on, disabled: off } = blocksOf(rest.members);
    const member = on[0] ?? off[0];
    if (!member) return success(changed);
    changed = removeMember(changed, rest, member);
  }
}

/** Built-in, or told by its `providerType` to be a custom one. */
function isProvider(text: string, provider: string, object: ObjectNode): boolean {
  if (builtInProvider(provider) !== undefined) return true;
  const type = object.members.findLast(({ key }) => key === "providerType");
  return type !== undefined && stringAt(text, type.start) === CUSTOM_PROVIDER_TYPE;
}

function newBlock({ accountId, gatewayName, token, segment }: BlockDetails) {
  return Object.entries({ accountId, gatewayName, token, segment }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
}
