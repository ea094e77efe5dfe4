/** A provider with an active or disabled block, as written in the file. */
import { CUSTOM_PROVIDER_TYPE, type BlockKey } from "../mux/blocks";
import type { KnownTokens } from "./known-tokens";

export interface ProviderEntry {
  readonly id: string;
  /** The key of the block that counts. */
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
  /** The disabled block of a provider that also has an active one; else null. */
  readonly other: Readonly<Record<string, unknown>> | null;
  /** All members of the provider, compatibility fields included. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly tokens: KnownTokens;
}

/**
 * Whether this is mux's built-in OpenRouter. mux sends OpenRouter every unknown member in the body of
 * each request, including both blocks, so these must not contain secrets.
 */
export function isOpenRouter({ id, values }: Pick<ProviderEntry, "id" | "values">): boolean {
  return id === "openrouter" && values["providerType"] !== CUSTOM_PROVIDER_TYPE;
}
