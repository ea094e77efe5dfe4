/** For tests: providers as they are read from the file. */
import type { GatewayBlock, ProviderConfig } from "../../mux/provider-config";
import { builtInProvider } from "../../../shared/providers";
import type { Log } from "../../text/log";

export const ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
export const GATEWAY_NAME = "my-gateway";

/** A block with valid names. */
export function block(overrides: Partial<GatewayBlock> = {}): GatewayBlock {
  return {
    accountId: ACCOUNT_ID,
    gatewayName: GATEWAY_NAME,
    token: null,
    segment: null,
    host: null,
    ...overrides,
  };
}

/** A provider with a key; `values` are the members of its object. */
export function provider(
  id: string,
  values: Readonly<Record<string, unknown>> = {},
  overrides: Partial<ProviderConfig> = {},
): ProviderConfig {
  return {
    id,
    kind: builtInProvider(id) ? "built-in" : "custom",
    inFile: true,
    enabled: true,
    values: { apiKey: `key-of-${id}-0123456789`, ...values },
    block: null,
    ...overrides,
  };
}

/** A log that keeps its lines. */
export function recordingLog(): Log & { readonly lines: unknown[][] } {
  const lines: unknown[][] = [];
  const add = (...line: unknown[]) => void lines.push(line);
  return { lines, info: add, warn: add };
}
