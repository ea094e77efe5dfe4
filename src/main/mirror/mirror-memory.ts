/**
 * A block saves the user's own values, which the mirror replaces, in `direct`. Its members have
 * mux's names `baseUrl` and `headers`, because mux hides the content of any `headers` object from its
 * agents. Version 0.1.0 wrote `directBaseUrl` and `directHeaders`; these are still read.
 */
import type { Edit, Path } from "../jsonc/plan";
import { isObject } from "../mux/gateway-header";
import {
  OLD_SPELLINGS,
  type KeyedBlock,
  type ProviderEntry,
  type SavedName,
} from "./provider-entry";

const OLD_NAMES = Object.values(OLD_SPELLINGS);
const ALL_NAMES = [...OLD_NAMES, "mirror"];

/** Whether a block saves a value where mux's agents can read it. */
export function isInOldSpelling(entry: ProviderEntry): boolean {
  return entry.blocks.some(({ block }) => OLD_NAMES.some((name) => name in block));
}

/** Moves saved values from other places to `direct` in the block that counts. */
export function moveMemory(
  { key, saved }: ProviderEntry,
  names: readonly SavedName[],
): readonly Edit[] {
  return names.flatMap((name): readonly Edit[] => {
    const found = saved[name];
    const path: Path = [key, "direct", name];
    if (found === null || found.path.join("/") === path.join("/")) return [];
    return [{ kind: "copy", path, from: found.path }];
  });
}

/** The edits, preceded by one that creates the `direct` object if it is missing. */
export function withDirectObject(entry: ProviderEntry, edits: readonly Edit[]): readonly Edit[] {
  if (edits.length === 0 || isObject(entry.block["direct"])) return edits;
  return [{ kind: "set", path: [entry.key, "direct"], value: { spelled: "{}" } }, ...edits];
}

/** Removes saved values in the old spelling, and all saved values of the other block. */
export function removeStaleMemory(entry: ProviderEntry): readonly Edit[] {
  return entry.blocks.flatMap(({ key, block }) =>
    key === entry.key
      ? removeMembers(key, block, OLD_NAMES)
      : removeDirect(key, block).concat(removeMembers(key, block, ALL_NAMES)),
  );
}

/** Removes all saved values and mirror lists from both blocks. */
export function removeMemory(entry: ProviderEntry): readonly Edit[] {
  return entry.blocks.flatMap(({ key, block }) =>
    removeDirect(key, block).concat(removeMembers(key, block, ALL_NAMES)),
  );
}

/** Removes our members from `direct`, and `direct` itself if it has no others. */
function removeDirect(key: string, { direct }: KeyedBlock["block"]): readonly Edit[] {
  if (!isObject(direct)) return [];
  const ours = Object.keys(OLD_SPELLINGS).filter((name) => name in direct);
  if (ours.length === Object.keys(direct).length)
    return [{ kind: "remove", path: [key, "direct"] }];
  return ours.map((name): Edit => ({ kind: "remove", path: [key, "direct", name] }));
}

function removeMembers(
  key: string,
  block: KeyedBlock["block"],
  names: readonly string[],
): readonly Edit[] {
  return names
    .filter((name) => name in block)
    .map((name): Edit => ({ kind: "remove", path: [key, name] }));
}
