/** The two keys of a gateway block, and the members of a provider that have them. */
import { builtInProvider, type NamedProvider } from "../../shared/providers";

/** mux's key: mux routes a provider with this block through the gateway. */
export const ACTIVE_KEY = "cloudflareGateway";
/** Key of a disabled block. mux does not know it and calls the provider directly. */
export const DISABLED_KEY = "cloudflareGatewayDisabled";
export type BlockKey = typeof ACTIVE_KEY | typeof DISABLED_KEY;
/** The `providerType` of a custom provider. */
export const CUSTOM_PROVIDER_TYPE = "openai-compatible";

/** All blocks of a provider, duplicates included, in the order of the file. */
export interface Blocks<Member> {
  readonly active: readonly Member[];
  readonly disabled: readonly Member[];
}

export function blocksOf<Member extends { readonly key: string }>(
  members: readonly Member[],
): Blocks<Member> {
  return {
    active: members.filter(({ key }) => key === ACTIVE_KEY),
    disabled: members.filter(({ key }) => key === DISABLED_KEY),
  };
}

/**
 * The kind of a provider according to mux. `providerType` takes precedence over the key. Source: mux,
 * provider settings: a custom provider may have the key of a built-in one.
 */
export function kindOf(id: string, providerType: unknown): NamedProvider["kind"] {
  const isCustom = providerType === CUSTOM_PROVIDER_TYPE || builtInProvider(id) === undefined;
  return isCustom ? "custom" : "built-in";
}
