/** What the two keys of a gateway block are, and which of a provider's members carry it. */
import { builtInProvider, type NamedProvider } from "../../shared/providers";

/** mux's own key: a provider with this block is routed. */
export const ACTIVE_KEY = "cloudflareGateway";
/** The same block while it is switched off; mux does not know the key and calls the provider directly. */
export const DISABLED_KEY = "cloudflareGatewayDisabled";
export type BlockKey = typeof ACTIVE_KEY | typeof DISABLED_KEY;
/** The value of `providerType` that makes a provider out of a key that mux does not know. */
export const CUSTOM_PROVIDER_TYPE = "openai-compatible";

/** Every place where a provider has a block, in the order of the file. */
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
 * What mux takes a provider for by its `providerType`, whatever its key is. Source: mux, provider
 * settings: a custom provider may have the key of a built-in one.
 */
export function kindOf(id: string, providerType: unknown): NamedProvider["kind"] {
  const isCustom = providerType === CUSTOM_PROVIDER_TYPE || builtInProvider(id) === undefined;
  return isCustom ? "custom" : "built-in";
}
