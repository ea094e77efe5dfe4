/** A provider with a block, on or off, as the file has it. */
import { CUSTOM_PROVIDER_TYPE, type BlockKey } from "../mux/blocks";
import type { KnownTokens } from "./known-tokens";

export interface Written {
  readonly id: string;
  /** Of the block that counts. */
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
  /** The block that does not count, of a provider that has both; else null. */
  readonly other: Readonly<Record<string, unknown>> | null;
  /** Every member of the provider, the mirror's part included. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly tokens: KnownTokens;
}

/**
 * mux sends OpenRouter every member that it does not know in the body of each request, both blocks
 * included, so they may hold no secret. Custom providers of that name are not OpenRouter.
 */
export function isOpenRouter({ id, values }: Pick<Written, "id" | "values">): boolean {
  return id === "openrouter" && values["providerType"] !== CUSTOM_PROVIDER_TYPE;
}
