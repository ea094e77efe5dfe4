/** Which gateway tokens the panel knows, so that a header is recognized by its value. */
import { isDeepStrictEqual } from "node:util";

import { isObject, possibleTokensIn } from "../mux/gateway-header";

export interface KnownTokens {
  /**
   * Whether the value of a header is a gateway token: of any block of the file, active or disabled,
   * or one that this panel has written before.
   */
  readonly isToken: (headerValue: unknown) => boolean;
  /** The token that blocks of the same account, gateway and host hold; null for none or several. */
  readonly ofGateway: (gateway: GatewayNames) => string | null;
  /** Where they come from: the same source knows the same tokens. */
  readonly source: TokenSource;
}

interface TokenSource {
  /** Null for tokens of no block. */
  readonly before: KnownTokens | null;
  readonly byGateway: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The members that identify the gateway of a block, not validated. */
export interface GatewayNames {
  readonly accountId?: unknown;
  readonly gatewayName?: unknown;
  readonly host?: unknown;
}

/** Knows the tokens that were written before and no block. */
export function writtenTokens(wasWritten: (token: string) => boolean): KnownTokens {
  return {
    isToken: (value) => possibleTokensIn(value).some(wasWritten),
    ofGateway: () => null,
    source: { before: null, byGateway: new Map() },
  };
}

export const NO_TOKENS: KnownTokens = writtenTokens(() => false);

/** Knows the tokens of `before` and of these blocks. Ignores values that are not objects. */
export function withTokensOf(before: KnownTokens, blocks: readonly unknown[]): KnownTokens {
  const all = new Set<string>();
  const byGateway = new Map<string, Set<string>>();
  for (const block of blocks) {
    const token = isObject(block) ? block["token"] : null;
    if (!isObject(block) || typeof token !== "string" || token.trim() === "") continue;
    all.add(token.trim());
    const names = nameOf(block);
    byGateway.set(names, (byGateway.get(names) ?? new Set()).add(token));
  }
  if (all.size === 0) return before;
  return {
    isToken: (value) =>
      possibleTokensIn(value).some((token) => all.has(token)) || before.isToken(value),
    ofGateway: (gateway) => {
      const [token, ...others] = byGateway.get(nameOf(gateway)) ?? [];
      if (token === undefined) return before.ofGateway(gateway);
      return others.length === 0 ? token : null;
    },
    source: { before, byGateway },
  };
}

/** Whether two of them know the same tokens of the same gateways. */
export function knowsSame(one: KnownTokens, other: KnownTokens): boolean {
  const [a, b] = [one.source, other.source];
  if (one === other || a.before === null || b.before === null) return one === other;
  return a.before === b.before && isDeepStrictEqual(a.byGateway, b.byGateway);
}

function nameOf({ accountId, gatewayName, host }: GatewayNames): string {
  return JSON.stringify([accountId, gatewayName, host ?? null]);
}
