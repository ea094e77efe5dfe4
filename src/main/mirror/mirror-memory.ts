/**
 * Where a block keeps the user's own values while the mirror stands in their place: `direct`, with
 * `baseUrl` and `headers` as mux spells them, because mux hides from its agents what is inside an
 * object named `headers`. Version 0.1.0 wrote `directBaseUrl` and `directHeaders`, which are read.
 */
import type { Edit, Path } from "../jsonc/plan";
import { ACTIVE_KEY, DISABLED_KEY, type BlockKey } from "../mux/blocks";
import { isObject } from "../mux/gateway-header";
import type { Written } from "./written";

export interface Kept {
  readonly path: Path;
  readonly value: unknown;
}

export interface MirrorMemory {
  readonly baseUrl: Kept | null;
  readonly headers: Kept | null;
}

const OLD_SPELLINGS = { baseUrl: "directBaseUrl", headers: "directHeaders" } as const;
const MEMORY = [...Object.values(OLD_SPELLINGS), "mirror"];
type KeptName = keyof typeof OLD_SPELLINGS;

interface Place {
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
}

/** The block that counts, then the other one, if the provider has both. */
export function placesOf({ key, block, other }: Written): readonly Place[] {
  const otherKey: BlockKey = key === ACTIVE_KEY ? DISABLED_KEY : ACTIVE_KEY;
  return [{ key, block }, ...(other === null ? [] : [{ key: otherKey, block: other }])];
}

/** What either block keeps; the block that counts goes first, and the new spelling. */
export function memoryOf(written: Written): MirrorMemory {
  const places = placesOf(written);
  const find = (name: KeptName): Kept | null => {
    for (const { key, block } of places) {
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

/** Whether a block keeps a value in a member that mux does not hide from its agents. */
export function isInOldSpelling(written: Written): boolean {
  return placesOf(written).some(({ block }) =>
    Object.values(OLD_SPELLINGS).some((name) => name in block),
  );
}

/** Copies each value that is kept elsewhere to the `direct` of the block that counts. */
export function moveMemory(written: Written, names: readonly KeptName[]): readonly Edit[] {
  const memory = memoryOf(written);
  return names.flatMap((name): readonly Edit[] => {
    const kept = memory[name];
    const path: Path = [written.key, "direct", name];
    if (kept === null || kept.path.join("/") === path.join("/")) return [];
    return [{ kind: "copy", path, from: kept.path }];
  });
}

/** With the object that they go into, which a block does not have at first. */
export function inMemory(written: Written, edits: readonly Edit[]): readonly Edit[] {
  if (edits.length === 0 || isObject(written.block["direct"])) return edits;
  return [{ kind: "set", path: [written.key, "direct"], value: { spelled: "{}" } }, ...edits];
}

/** Takes out every other place of memory: the old spellings, and all that the other block keeps. */
export function removeStaleMemory(written: Written): readonly Edit[] {
  return placesOf(written).flatMap(({ key, block }) =>
    key === written.key
      ? removeMembers(key, block, Object.values(OLD_SPELLINGS))
      : removeDirect(key, block).concat(removeMembers(key, block, MEMORY)),
  );
}

/** Takes out all memory of a mirror, of both blocks. */
export function removeMemory(written: Written): readonly Edit[] {
  return placesOf(written).flatMap(({ key, block }) =>
    removeDirect(key, block).concat(removeMembers(key, block, MEMORY)),
  );
}

/** A `direct` that holds anything else is not ours alone, and only our members go. */
function removeDirect(key: BlockKey, { direct }: Place["block"]): readonly Edit[] {
  if (!isObject(direct)) return [];
  const ours = Object.keys(OLD_SPELLINGS).filter((name) => name in direct);
  if (ours.length === Object.keys(direct).length)
    return [{ kind: "remove", path: [key, "direct"] }];
  return ours.map((name): Edit => ({ kind: "remove", path: [key, "direct", name] }));
}

function removeMembers(
  key: BlockKey,
  block: Place["block"],
  names: readonly string[],
): readonly Edit[] {
  return names
    .filter((name) => name in block)
    .map((name): Edit => ({ kind: "remove", path: [key, name] }));
}
