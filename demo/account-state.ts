/** The state that the gateway's stand-in and the API's stand-in share. */
import type { DemoGatewaySettings } from "./cloudflare-rules";

/** Cloudflare's names of the permissions of a token. */
export type DemoPermission =
  | "AI Gateway Run"
  | "AI Gateway Read"
  | "AI Gateway Edit"
  | "AI Gateway Metadata Read"
  | "Account Settings Read"
  | "Account Analytics Read";

export interface DemoAccount {
  readonly id: string;
  /** Null: the API does not name it. */
  readonly name: string | null;
  /** The Run token for all gateways that the API creates. */
  readonly runToken: string;
}

export interface DemoApiToken {
  readonly id: string;
  readonly status: "active" | "disabled" | "expired";
  readonly permissions: readonly DemoPermission[];
  /** The IDs of the token's accounts. */
  readonly accounts: readonly string[];
  /** Where the token was created. The user's endpoint does not know an account's token. */
  readonly ownedBy: "user" | "account";
  /** ISO 8601. */
  readonly expiresOn?: string;
}

export interface DemoCustomProvider {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly slug: string;
  readonly baseUrl: string;
  /** The gateway accepts only providers that are on. */
  readonly enable: boolean;
  /** A JSON object of headers, which may hold a secret. */
  readonly headers: string | null;
  readonly createdAt: string;
}

export interface DemoDomain {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly hostname: string;
  readonly status: string;
}

/** A request in the log of a gateway. */
export interface DemoLogRow {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly id: string;
  /** In ms. */
  readonly createdAt: number;
  /** The segment. */
  readonly provider: string;
  readonly model: string | null;
  readonly path: string;
  readonly success: boolean;
  readonly cached: boolean;
  readonly durationMs: number;
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  /** In US dollars. */
  readonly cost: number;
  readonly status: number;
  /** The header `cf-aig-metadata` as it was sent. */
  readonly metadata: string | null;
  readonly userAgent: string | null;
  /** Null when payloads are not kept. */
  readonly request: string | null;
  readonly response: string | null;
}

export interface AccountState {
  readonly accounts: Map<string, DemoAccount>;
  /** By secret. */
  readonly tokens: Map<string, DemoApiToken>;
  /** By `gatewayAddress`. */
  readonly gateways: Map<string, DemoGatewaySettings>;
  /** By account and slug. */
  readonly customProviders: Map<string, DemoCustomProvider>;
  readonly domains: DemoDomain[];
  /** The requests to the gateway's stand-in, oldest first. */
  readonly rows: DemoLogRow[];
  /** The time in ms. */
  readonly now: () => number;
}

export function emptyState(now: () => number): AccountState {
  return {
    accounts: new Map(),
    tokens: new Map(),
    gateways: new Map(),
    customProviders: new Map(),
    domains: [],
    rows: [],
    now,
  };
}

export function gatewayAddress({
  accountId,
  name,
}: {
  readonly accountId: string;
  readonly name: string;
}): string {
  return `${accountId}/${name}`;
}

/** Creates or replaces a custom provider. */
export function putCustomProvider(state: AccountState, provider: DemoCustomProvider): void {
  state.customProviders.set(`${provider.accountId}/${provider.slug}`, provider);
}
