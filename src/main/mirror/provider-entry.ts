/** A provider with an active or disabled block, as written in the file. */
import type { Path } from "../jsonc/plan";
import { ACTIVE_KEY, CUSTOM_PROVIDER_TYPE, DISABLED_KEY, type BlockKey } from "../mux/blocks";
import { isObject } from "../mux/gateway-header";
import type { KnownTokens } from "./known-tokens";

export interface ProviderEntry {
  readonly id: string;
  /** The key of the block that counts. */
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
  /** The block that counts, then the disabled one if the provider has both. */
  readonly blocks: readonly KeyedBlock[];
  /** The members that the blocks list as mirrored. Null if no block has a list. */
  readonly listed: readonly unknown[] | null;
  readonly saved: SavedValues;
  /** All members of the provider, compatibility fields included. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly tokens: KnownTokens;
}

export interface KeyedBlock {
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
}

/** The user's own values, which the mirror replaced. Null for one that no block has saved. */
export interface SavedValues {
  readonly baseUrl: SavedValue | null;
  readonly headers: SavedValue | null;
}

export interface SavedValue {
  readonly path: Path;
  readonly value: unknown;
}

/** Names of saved values in a block of version 0.1.0. Now they are in `direct`. */
export const OLD_SPELLINGS = { baseUrl: "directBaseUrl", headers: "directHeaders" } as const;
export type SavedName = keyof typeof OLD_SPELLINGS;

/** The entry for which the block with this key counts. Null if that block is not an object. */
export function providerEntry(
  { id, values, tokens }: Pick<ProviderEntry, "id" | "values" | "tokens">,
  key: BlockKey,
): ProviderEntry | null {
  const block = values[key];
  if (!isObject(block)) return null;
  const otherKey: BlockKey = key === ACTIVE_KEY ? DISABLED_KEY : ACTIVE_KEY;
  const other = values[otherKey];
  const blocks: readonly KeyedBlock[] = [
    { key, block },
    ...(isObject(other) ? [{ key: otherKey, block: other }] : []),
  ];
  const lists = blocks.map((each) => each.block["mirror"]).filter(Array.isArray);
  const listed = lists.length === 0 ? null : lists.flat();
  const saved = { baseUrl: savedIn(blocks, "baseUrl"), headers: savedIn(blocks, "headers") };
  return { id, key, block, blocks, listed, saved, values, tokens };
}

/** The block that counts and the new spelling take precedence. */
function savedIn(blocks: readonly KeyedBlock[], name: SavedName): SavedValue | null {
  const old = OLD_SPELLINGS[name];
  for (const { key, block } of blocks) {
    const { direct } = block;
    if (isObject(direct) && name in direct) {
      return { path: [key, "direct", name], value: direct[name] };
    }
    if (old in block) return { path: [key, old], value: block[old] };
  }
  return null;
}

/**
 * Whether this is mux's built-in OpenRouter. mux sends OpenRouter every unknown member in the body of
 * each request, including both blocks, so these must not contain secrets.
 */
export function isOpenRouter({ id, values }: Pick<ProviderEntry, "id" | "values">): boolean {
  return id === "openrouter" && values["providerType"] !== CUSTOM_PROVIDER_TYPE;
}
