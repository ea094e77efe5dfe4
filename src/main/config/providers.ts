/** Members of the file → providers, by mux's rules of what is one; nothing here fails. */
import { BUILT_IN_PROVIDERS } from "../../shared/providers";
import type { Notice } from "../../shared/view";
import {
  ACTIVE_KEY,
  blocksOf,
  CUSTOM_PROVIDER_TYPE,
  DISABLED_KEY,
  type BlockKey,
} from "../mux/blocks";
import { bareObject } from "../jsonc/document";
import { lineFinder } from "../jsonc/text-lines";
import { isObject } from "../mux/gateway-header";
import type { Edit } from "../jsonc/plan";
import { copyOfText, copyOfValue, valuesAfter } from "../jsonc/values";
import { knowsSame, NO_TOKENS, withTokensOf, type KnownTokens } from "../mirror/known-tokens";
import { removeMirror } from "../mirror/mirror";
import { isMirrored, mirroredToken } from "../mirror/mirrored-fields";
import type { ProviderEntry } from "../mirror/provider-entry";
import { notice } from "./notices";
import type { Outline, OutlineMember } from "../jsonc/outline";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import type { RoutedProvider } from "../../shared/gateway-url";

/** A provider, with what only the panel needs of it. Holds secrets. */
export interface ReadProvider {
  readonly config: ProviderConfig;
  /** The block that counts: the active one, else the disabled one, else null. */
  readonly shown: GatewayBlock | null;
  /** Its place and all that is written beside it, the mirror's part included; null without a block. */
  readonly written: ProviderEntry | null;
  /** Everything that its blocks hold, to tell whether they have changed. */
  readonly blocks: readonly (readonly [key: string, value: unknown])[];
  /** Those of every block of the file, and those that the panel wrote. */
  readonly tokens: KnownTokens;
  readonly notices: readonly Notice[];
}

/**
 * The built-in providers in mux's order, whether or not the file has them, then the custom ones in
 * the file's. A custom provider under a built-in one's key takes its place. Of a key that stands more
 * than once the last one counts, as for every parser. `written`: the tokens that are known besides
 * those of the blocks. `unchanged`: providers that need not be read again, by their keys.
 */
export function readProviders(
  text: string,
  outline: readonly Outline[],
  written: KnownTokens = NO_TOKENS,
  unchanged: ReadonlyMap<string, ReadProvider> = new Map(),
): readonly ReadProvider[] {
  const places = new Map<string, Outline[]>();
  const blocks: unknown[] = [];
  // Only few changes keep the values, and so the text, of the earlier providers in memory.
  const copies = unchanged.size > outline.length / 2;
  for (const each of outline) {
    const known = unchanged.get(each.key);
    // A document reads its members anew each time.
    const entry = known ? each : outlined(each, copies);
    const own = known ? known.blocks.map(([, value]) => value) : blockValues(entry);
    for (const block of own) blocks.push(block);
    const same = places.get(each.key);
    if (same) same.push(entry);
    else places.set(each.key, [entry]);
  }
  const [one] = unchanged.values();
  const all = withTokensOf(written, blocks);
  const tokens = one && knowsSame(one.tokens, all) ? one.tokens : all;
  const lineOf = lineFinder(text);
  const read = (id: string, kind: ProviderConfig["kind"], entries: readonly Outline[]) => {
    const known = unchanged.get(id);
    return known ? withTokens(known, tokens) : readProvider(lineOf, id, kind, entries, tokens);
  };
  const custom = [...places].filter(([id, entries]) =>
    unchanged.has(id) ? unchanged.get(id)?.config.kind === "custom" : isCustomEntry(entries.at(-1)),
  );
  const isCustom = new Set(custom.map(([id]) => id));
  const builtIn = BUILT_IN_PROVIDERS.filter(({ id }) => !isCustom.has(id)).map(({ id }) =>
    read(id, "built-in", places.get(id) ?? []),
  );
  const others = custom
    .toSorted(([, a], [, b]) => (a.at(-1)?.keyStart ?? 0) - (b.at(-1)?.keyStart ?? 0))
    .map(([id, entries]) => read(id, "custom", entries));
  return [...builtIn, ...others];
}

/** `copies`: without hold on the text, which the values would otherwise keep in memory. */
function outlined({ key, keyStart, kind, members }: Outline, copies: boolean): Outline {
  if (!copies) return { key, keyStart, kind, members };
  const own = members.map((each) => ({
    key: copyOfText(each.key),
    keyStart: each.keyStart,
    value: copyOfValue(each.value),
  }));
  return { key, keyStart, kind, members: own };
}

/**
 * The provider with the user's own base URL, which decides whom its key belongs to: without the
 * address that a mirror has left beside a disabled block.
 */
export function keyOwner(
  { config, written }: ReadProvider,
  env: NodeJS.ProcessEnv,
): RoutedProvider {
  const hasMirror = config.block === null && written !== null && isMirrored(written);
  const values = hasMirror
    ? valuesAfter(config.values, removeMirror(written, { claim: false }))
    : config.values;
  return routedProvider({ ...config, values }, env);
}

type LineOf = (offset: number) => number;

/** Also of a key that is no provider, and of members that do not count. */
function blockValues({ members }: Outline): readonly unknown[] {
  return members
    .filter(({ key }) => key === ACTIVE_KEY || key === DISABLED_KEY)
    .map(({ value }) => value);
}

function isCustomEntry(entry: Outline | undefined): boolean {
  const type = entry?.members.findLast(({ key }) => key === "providerType");
  return type?.value === CUSTOM_PROVIDER_TYPE;
}

function readProvider(
  lineOf: LineOf,
  id: string,
  kind: ProviderConfig["kind"],
  entries: readonly Outline[],
  tokens: KnownTokens,
): ReadProvider {
  const entry = entries.at(-1);
  const members = entry?.members ?? [];
  const values = bareObject();
  for (const { key, value } of members) values[key] = value;
  const { active, disabled } = blocksOf(members);
  const inFile = entry?.kind === "object";
  return {
    ...interpreted({ id, values, tokens }, { kind, inFile }),
    blocks: [...active, ...disabled].map(({ key, value }) => [key, value] as const),
    notices: noticesOf(lineOf, entries, active, disabled),
  };
}

/** The provider as edits of its members make it, without another look at any text. */
export function providerAfter(before: ReadProvider, edits: readonly Edit[]): ReadProvider {
  if (edits.length === 0) return before;
  const { id, kind } = before.config;
  const values = valuesAfter(before.written?.values ?? before.config.values, edits);
  const blocks = [ACTIVE_KEY, DISABLED_KEY]
    .filter((key) => key in values)
    .map((key) => [key, values[key]] as const);
  const tokens = withTokensOf(
    before.tokens,
    blocks.map(([, block]) => block),
  );
  return { ...before, ...interpreted({ id, values, tokens }, { kind, inFile: true }), blocks };
}

/** The same members in the light of other tokens. */
function withTokens(provider: ReadProvider, tokens: KnownTokens): ReadProvider {
  if (provider.tokens === tokens) return provider;
  const { config, written, blocks } = provider;
  if (blocks.length === 0) return { ...provider, tokens };
  const { id, kind, inFile } = config;
  const values = written?.values ?? config.values;
  return { ...provider, ...interpreted({ id, values, tokens }, { kind, inFile }) };
}

type Read = Pick<ProviderEntry, "id" | "values" | "tokens">;

function interpreted(
  read: Read,
  about: Pick<ProviderConfig, "kind" | "inFile">,
): Omit<ReadProvider, "blocks" | "notices"> {
  const { id, values, tokens } = read;
  const on = writtenWith(read, ACTIVE_KEY, DISABLED_KEY);
  const written = ACTIVE_KEY in values ? on : writtenWith(read, DISABLED_KEY, ACTIVE_KEY);
  return {
    config: {
      id,
      ...about,
      enabled: values["enabled"] !== false && values["enabled"] !== "false",
      values: on ? valuesAfter(values, removeMirror(on, { claim: true })) : values,
      block: on && readBlock(on),
    },
    shown: written && readBlock(written),
    written,
    tokens,
  };
}

/** A block that is not an object says nothing, and is none. */
function writtenWith(read: Read, key: BlockKey, otherKey: BlockKey): ProviderEntry | null {
  const { [key]: block, [otherKey]: other } = read.values;
  return isObject(block) ? { ...read, key, block, other: isObject(other) ? other : null } : null;
}

function readBlock(written: ProviderEntry): GatewayBlock {
  const { block } = written;
  return {
    accountId: stringOf(block["accountId"]) ?? "",
    gatewayName: stringOf(block["gatewayName"]) ?? "",
    token: stringOf(block["token"]) ?? mirroredToken(written),
    segment: stringOf(block["segment"]),
    ...(block["storePrompts"] === false ? { storePrompts: false } : {}),
    host: hostOf(block["host"]),
  };
}

function noticesOf(
  lineOf: LineOf,
  entries: readonly Outline[],
  active: readonly OutlineMember[],
  disabled: readonly OutlineMember[],
): readonly Notice[] {
  const line = ({ keyStart }: { readonly keyStart: number }) => lineOf(keyStart);
  const notices: Notice[] = [];
  const entry = entries.at(-1);
  if (entries.length > 1) notices.push(notice("duplicate_provider", { lines: entries.map(line) }));
  if (entry && entry.kind !== "object") {
    notices.push(notice("provider_not_object", { line: line(entry) }));
  }
  for (const same of [active, disabled]) {
    if (same.length > 1) notices.push(notice("duplicate_block", { lines: same.map(line) }));
  }
  const counts = active.at(-1) ?? disabled.at(-1);
  if (counts && !isObject(counts.value)) {
    const key = active.length > 0 ? ACTIVE_KEY : DISABLED_KEY;
    notices.push(notice("block_not_object", { key, line: line(counts) }));
  }
  if (active.length > 0 && disabled.length > 0) notices.push(notice("both_blocks"));
  return notices;
}

/** Whatever it is, it says that the gateway is elsewhere. */
function hostOf(value: unknown): string | null {
  return value === undefined || value === null ? null : (stringOf(value) ?? "");
}

function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
