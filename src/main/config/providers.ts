/** Interprets members of the file as providers, by mux's rules. Never fails. */
import { BUILT_IN_PROVIDERS } from "../../shared/providers";
import type { Notice } from "../../shared/view";
import { ACTIVE_KEY, blocksOf, CUSTOM_PROVIDER_TYPE, DISABLED_KEY } from "../mux/blocks";
import { bareObject } from "../jsonc/document";
import { lineFinder } from "../jsonc/text-lines";
import { isObject } from "../mux/gateway-header";
import type { Edit } from "../jsonc/plan";
import { copyOfText, copyOfValue, valuesAfter } from "../jsonc/values";
import { knowsSame, NO_TOKENS, withTokensOf, type KnownTokens } from "../mirror/known-tokens";
import { removeMirror } from "../mirror/mirror";
import { isMirrored, mirroredToken } from "../mirror/mirrored-fields";
import { providerEntry, type ProviderEntry } from "../mirror/provider-entry";
import { notice } from "./warning-sentences";
import type { Outline, OutlineMember } from "../jsonc/outline";
import type { GatewayBlock, ProviderConfig } from "../mux/provider-config";
import { routedProvider } from "../mux/routed-provider";
import type { RoutedProvider } from "../../shared/gateway-url";

/** A provider with everything that the panel needs. Contains secrets. */
export interface ReadProvider {
  readonly config: ProviderConfig;
  /** The block that counts: the active one, or else the disabled one, or null. */
  readonly shown: GatewayBlock | null;
  /** The block as written, with all members of the provider; null without a block. */
  readonly entry: ProviderEntry | null;
  /** The complete contents of its blocks, which show whether they have changed. */
  readonly blocks: readonly (readonly [key: string, value: unknown])[];
  /** The tokens of all blocks in the file, and those that the panel has written before. */
  readonly tokens: KnownTokens;
  readonly notices: readonly Notice[];
}

/**
 * All built-in providers in mux's order, then the custom ones in the order of the file. A custom
 * provider with a built-in one's key replaces it. If a key is repeated, its last member counts, as in
 * any parser. `knownTokens`: known tokens besides those of the blocks. `unchanged`: for members of the
 * outline, the provider that need not be read again.
 */
export function readProviders(
  text: string,
  outline: readonly Outline[],
  knownTokens: KnownTokens = NO_TOKENS,
  unchanged: readonly (ReadProvider | undefined)[] = [],
): readonly ReadProvider[] {
  const one = unchanged.find((each) => each !== undefined);
  // Copies are worth their cost only if the other values keep an older text in memory.
  const copies = one !== undefined && unchanged.filter(Boolean).length > outline.length / 2;
  // A document parses its members again on each access.
  const entries = outline.map((each, index) => (unchanged[index] ? each : outlined(each, copies)));
  const blocks: unknown[] = [];
  /** The index of the member that counts, in the order of the file. */
  const places = new Map<string, number>();
  const repeated = new Map<string, Outline[]>();
  for (const [index, entry] of entries.entries()) {
    const { key } = entry;
    const own = unchanged[index]?.blocks.map(([, value]) => value) ?? blockValues(entry);
    for (const block of own) blocks.push(block);
    const earlier = places.get(key);
    if (earlier !== undefined) {
      const same = repeated.get(key) ?? entries.slice(earlier, earlier + 1);
      same.push(entry);
      repeated.set(key, same);
      places.delete(key);
    }
    places.set(key, index);
  }
  const all = withTokensOf(knownTokens, blocks);
  const tokens = one && knowsSame(one.tokens, all) ? one.tokens : all;
  const lineOf = lineFinder(text);
  const read = (id: string, kind: ProviderConfig["kind"]) => {
    const index = places.get(id) ?? -1;
    const same = repeated.get(id);
    const known = same ? undefined : unchanged[index];
    const members = same ?? entries.slice(index, index < 0 ? 0 : index + 1);
    return known ? withTokens(known, tokens) : readProvider(lineOf, id, kind, members, tokens);
  };
  const custom = new Set<string>();
  for (const [id, index] of places) {
    const known = unchanged[index];
    if (known ? known.config.kind === "custom" : isCustomEntry(entries[index])) custom.add(id);
  }
  const builtIn = BUILT_IN_PROVIDERS.filter(({ id }) => !custom.has(id));
  return [
    ...builtIn.map(({ id }) => read(id, "built-in")),
    ...[...custom].map((id) => read(id, "custom")),
  ];
}

/** `copies`: whether to copy the values, so that they do not keep the whole text in memory. */
function outlined({ key, keyStart, kind, members }: Outline, copies: boolean): Outline {
  if (!copies) return { key, keyStart, kind, members };
  const own = members.map((each) => ({
    key: copyOfText(each.key),
    keyStart: each.keyStart,
    value: copyOfValue(each.value),
  }));
  return { key, keyStart, kind, members: own };
}

/** All members of a provider in the file, compatibility fields included. */
export function membersOf({ config, entry }: ReadProvider): ProviderConfig["values"] {
  return entry?.values ?? config.values;
}

/** The provider as a mux version without blocks sees it, including the compatibility fields. */
export function asWritten(provider: ReadProvider): ProviderConfig {
  return { ...provider.config, values: membersOf(provider), block: null };
}

/**
 * The provider with the user's own base URL, which determines the host that its key belongs to. A
 * mirrored URL beside a disabled block is ignored.
 */
export function keyOwner({ config, entry }: ReadProvider, env: NodeJS.ProcessEnv): RoutedProvider {
  const hasMirror = config.block === null && entry !== null && isMirrored(entry);
  const values = hasMirror
    ? valuesAfter(config.values, removeMirror(entry, { claim: false }))
    : config.values;
  return routedProvider({ ...config, values }, env);
}

type LineOf = (offset: number) => number;

/** The blocks of any member, even if it is not a provider or not the one that counts. */
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

/** The provider after edits of its members, without parsing a text. */
export function providerAfter(before: ReadProvider, edits: readonly Edit[]): ReadProvider {
  if (edits.length === 0) return before;
  const { id, kind } = before.config;
  const values = valuesAfter(membersOf(before), edits);
  const blocks = [ACTIVE_KEY, DISABLED_KEY]
    .filter((key) => key in values)
    .map((key) => [key, values[key]] as const);
  const tokens = withTokensOf(
    before.tokens,
    blocks.map(([, block]) => block),
  );
  return { ...before, ...interpreted({ id, values, tokens }, { kind, inFile: true }), blocks };
}

/** The provider interpreted with other known tokens. */
function withTokens(provider: ReadProvider, tokens: KnownTokens): ReadProvider {
  if (provider.tokens === tokens) return provider;
  const { config, blocks } = provider;
  if (blocks.length === 0) return { ...provider, tokens };
  const { id, kind, inFile } = config;
  const values = membersOf(provider);
  return { ...provider, ...interpreted({ id, values, tokens }, { kind, inFile }) };
}

type Read = Pick<ProviderEntry, "id" | "values" | "tokens">;

function interpreted(
  read: Read,
  about: Pick<ProviderConfig, "kind" | "inFile">,
): Omit<ReadProvider, "blocks" | "notices"> {
  const { id, values, tokens } = read;
  const on = providerEntry(read, ACTIVE_KEY);
  const entry = ACTIVE_KEY in values ? on : providerEntry(read, DISABLED_KEY);
  const shown = entry && readBlock(entry);
  return {
    config: {
      id,
      ...about,
      enabled: values["enabled"] !== false && values["enabled"] !== "false",
      values: on ? valuesAfter(values, removeMirror(on, { claim: true })) : values,
      block: entry === on ? shown : on && readBlock(on),
    },
    shown,
    entry,
    tokens,
  };
}

function readBlock(entry: ProviderEntry): GatewayBlock {
  const { block } = entry;
  return {
    accountId: stringOf(block["accountId"]) ?? "",
    gatewayName: stringOf(block["gatewayName"]) ?? "",
    token: stringOf(block["token"]) ?? mirroredToken(entry),
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

/** The block's host. Any value means that the gateway is not on Cloudflare's host. */
function hostOf(value: unknown): string | null {
  return value === undefined || value === null ? null : (stringOf(value) ?? "");
}

function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
