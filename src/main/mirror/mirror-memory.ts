/**
 * A block saves the user's own values, which the mirror replaces, in `direct`. Its members have
 * mux's names `baseUrl` and `headers`, because mux hides the content of any `headers` object from its
 * agents. Version 0.1.0 wrote `directBaseUrl` and `directHeaders`; these are still read.
 */
import type { Edit, Path } from "../jsonc/plan";
import { ACTIVE_KEY, DISABLED_KEY, type BlockKey } from "../mux/blocks";
import { isObject } from "../mux/gateway-header";
import type { ProviderEntry } from "./provider-entry";

export interface KeptValue {
  readonly path: Path;
  readonly value: unknown;
}

export interface MirrorMemory {
  readonly baseUrl: KeptValue | null;
  readonly headers: KeptValue | null;
}

const OLD_SPELLINGS = { baseUrl: "directBaseUrl", headers: "directHeaders" } as const;
const MEMORY = [...Object.values(OLD_SPELLINGS), "mirror"];
type KeptName = keyof typeof OLD_SPELLINGS;

interface KeyedBlock {
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
}

/** The block that counts, then the other one if the provider has both. */
export function blocksByPriority({ key, block, other }: ProviderEntry): readonly KeyedBlock[] {
  const otherKey: BlockKey = key === ACTIVE_KEY ? DISABLED_KEY : ACTIVE_KEY;
  return [{ key, block }, ...(other === null ? [] : [{ key: otherKey, block: other }])];
}

/** The saved values. The block that counts and the new spelling take precedence. */
export function memoryOf(entry: ProviderEntry): MirrorMemory {
  const blocks = blocksByPriority(entry);
  const find = (name: KeptName): KeptValue | null => {
    for (const { key, block } of blocks) {
      const { direct } = block;
      if (isObject(direct) && name in direct) {
        return { path: [key, "direct", name], value: direct[name] };
      }
      const old = OLD_SPELLINGS[name];
      if (old in block) return { path: [key, old], value: block[old] };
    }
    return null;
  };
  return { baseUrl: find("baseUrl"), headers: find("headers") };
}

/** Whether a block saves a value where mux's agents can read it. */
export function isInOldSpelling(entry: ProviderEntry): boolean {
  return blocksByPriority(entry).some(({ block }) =>
    Object.values(OLD_SPELLINGS).some((name) => name in block),
  );
}

/** Moves saved values from other places to `direct` in the block that counts. */
export function moveMemory(entry: ProviderEntry, names: readonly KeptName[]): readonly Edit[] {
  const memory = memoryOf(entry);
  return names.flatMap((name): readonly Edit[] => {
    const kept = memory[name];
    const path: Path = [entry.key, "direct", name];
    if (kept === null || kept.path.join("/") === path.join("/")) return [];
    return [{ kind: "copy", path, from: kept.path }];
  });
}

/** The edits, preceded by one that creates the `direct` object if it is missing. */
export function withDirectObject(entry: ProviderEntry, edits: readonly Edit[]): readonly Edit[] {
  if (edits.length === 0 || isObject(entry.block["direct"])) return edits;
  return [{ kind: "set", path: [entry.key, "direct"], value: { spelled: "{}" } }, ...edits];
}

/** Removes saved values in the old spelling, and all saved values of the other block. */
export function removeStaleMemory(entry: ProviderEntry): readonly Edit[] {
  return blocksByPriority(entry).flatMap(({ key, block }) =>
    key === entry.key
      ? removeMembers(key, block, Object.values(OLD_SPELLINGS))
      : removeDirect(key, block).concat(removeMembers(key, block, MEMORY)),
  );
}

/** Removes all saved values and mirror lists from both blocks. */
export function removeMemory(entry: ProviderEntry): readonly Edit[] {
  return blocksByPriority(entry).flatMap(({ key, block }) =>
    removeDirect(key, block).concat(removeMembers(key, block, MEMORY)),
  );
}

/** Removes our members from `direct`, and `direct` itself if it has no others. */
function removeDirect(key: BlockKey, { direct }: KeyedBlock["block"]): readonly Edit[] {
  if (!isObject(direct)) return [];
  const ours = Object.keys(OLD_SPELLINGS).filter((name) => name in direct);
  if (ours.length === Object.keys(direct).length)
    return [{ kind: "remove", path: [key, "direct"] }];
  return ours.map((name): Edit => ({ kind: "remove", path: [key, "direct", name] }));
}

function removeMembers(
  key: BlockKey,
  block: KeyedBlock["block"],
  names: readonly string[],
): readonly Edit[] {
  return names
    .filter((name) => name in block)
    .map((name): Edit => ({ kind: "remove", path: [key, name] }));
}
