/**
 * The user's Cloudflare account, as far as their API token shows it. All of it is optional: without
 * a token the panel works as before. No type here has a member that could hold the token itself, a
 * prompt, a response or a URL from Cloudflare.
 */
import type { GatewayError } from "./errors";
import type { GatewayKey } from "./gateways";
import type { Diagnosis, TestRoute } from "./report";

/** `stored`: encrypted by the app, or by the host's `SecretStore`. */
export type ApiTokenSource = "entered" | "environment" | "stored";

/** Cloudflare's names for the permissions that the panel can use. */
export type AccountPermission =
  "AI Gateway Read" | "AI Gateway Edit" | "Account Settings Read" | "Account Analytics Read";

export interface AccountStatus {
  /** Increases with each connection and disconnection, as the view's `accountChanges`. */
  readonly changes: number;
  /** The token in use; null: not connected. */
  readonly token: {
    readonly source: ApiTokenSource;
    /** ISO 8601; null if it does not expire or Cloudflare does not say. */
    readonly expiresOn: string | null;
  } | null;
  /** Why Cloudflare does not accept the token, or could not be asked; null: it works. */
  readonly problem: GatewayError | null;
  /** `CLOUDFLARE_API_TOKEN` holds a token, which is sent only after the user chose it. */
  readonly hasEnvironmentToken: boolean;
  /** Whether a token can be stored encrypted. */
  readonly canRemember: boolean;
  /**
   * Why the token of the last `connectAccount` was not stored, although that was asked, or why a
   * stored one was not deleted.
   */
  readonly rememberProblem: GatewayError | null;
  /** Permissions that the token lacks, found out by asking. Editing cannot be asked without a change. */
  readonly missing: readonly AccountPermission[];
}

export interface ConnectAccountInput {
  /** A token that the user entered, or `CLOUDFLARE_API_TOKEN`, which is never stored. */
  readonly token: string | { readonly from: "environment" };
  /** Store it encrypted until `disconnectAccount`. */
  readonly remember: boolean;
}

export interface CloudflareAccountName {
  readonly accountId: string;
  /** Null if Cloudflare does not name it. */
  readonly name: string | null;
}

export interface AccountsView {
  /** Empty: the token does not name its accounts, so an ID must be entered. */
  readonly accounts: readonly CloudflareAccountName[];
  /** Whether these are all accounts of the token. */
  readonly isComplete: boolean;
}

export interface AccountInput {
  readonly accountId: string;
}

/** A setting that Cloudflare's answer may leave out, or give in a form that is not known. */
export type UnreadSetting =
  "rateLimit" | "retries" | "requiresProviderKey" | "spendLimits" | "guardrails" | "dlp";

/** A gateway's settings as Cloudflare reports them; null where it does not say. */
export interface GatewaySettings {
  readonly accountId: string;
  readonly gatewayName: string;
  /** Whether requests need a Run token. */
  readonly authentication: boolean | null;
  readonly collectsLogs: boolean | null;
  /** How long identical requests are answered from the cache, in seconds; 0: never. */
  readonly cacheSeconds: number | null;
  /** Null: no limit. */
  readonly rateLimit: { readonly requests: number; readonly seconds: number } | null;
  /** How often the gateway itself tries again; null: never. */
  readonly retries: { readonly attempts: number; readonly delayMs: number } | null;
  /** "Require provider credentials": a request without a key is refused. */
  readonly requiresProviderKey: boolean;
  /** Limits that are on. */
  readonly spendLimits: readonly {
    /** In US dollars. */
    readonly limit: number;
    /** In seconds; null if unknown. */
    readonly seconds: number | null;
  }[];
  readonly guardrails: { readonly prompts: boolean; readonly responses: boolean };
  /** Data loss prevention. A check of responses holds a stream back until its end. */
  readonly dlp: {
    readonly requests: boolean;
    readonly responses: boolean;
    readonly blocks: boolean;
  };
  /** How many log rows are kept, and what happens then; null: unknown or no limit. */
  readonly logLimit: { readonly rows: number; readonly whenFull: "stop" | "delete_oldest" } | null;
  /** Members above that say "none" or "off" only because Cloudflare's answer could not be read there. */
  readonly unread: readonly UnreadSetting[];
}

/** A custom domain of a gateway. */
export interface GatewayDomain {
  readonly host: string;
  /** Only an active domain may be used; any other status proves nothing. */
  readonly isActive: boolean;
  /** In Cloudflare's word: "active", "pending_dcv". */
  readonly status: string;
}

export interface GatewayDetailsView {
  readonly settings: GatewaySettings;
  /** Null: they could not be listed. */
  readonly domains: readonly GatewayDomain[] | null;
  /** Settings that break or surprise agents, worst first. */
  readonly warnings: readonly SettingWarning[];
}

export interface SettingWarning {
  readonly code:
    | "open_gateway"
    | "caching"
    | "retries"
    | "rate_limit"
    | "spend_limit"
    | "requires_key"
    | "response_dlp"
    | "logs_off"
    | "logs_full"
    | "guardrails";
  /** The consequence for mux, in one sentence. */
  readonly message: string;
  /** The page of Cloudflare's dashboard with the setting; made here, never Cloudflare's. */
  readonly url: string;
}

export interface AccountGatewaysView {
  readonly gateways: readonly GatewaySettings[];
}

export interface CreateGatewayInput extends AccountInput {
  readonly gatewayName: string;
  readonly collectLogs: boolean;
}

/** A provider whose host Cloudflare reaches through a custom provider. */
export interface CustomProviderInput extends AccountInput {
  readonly provider: string;
  /** The provider's `mark` when it was shown; a change since then is a `conflict`. */
  readonly seen: string;
}

export interface CustomProviderView {
  /** The host in the file, which Cloudflare will call. */
  readonly host: string;
  /** The segment of a custom provider with this host: `custom-<slug>`; null: there is none yet. */
  readonly segment: string | null;
  /** The segment that `createCustomProvider` would choose. */
  readonly proposed: string;
  /** False: it exists but is switched off, which only Cloudflare's dashboard can change. */
  readonly isEnabled: boolean;
}

export interface LogRowInput extends GatewayKey {
  readonly provider: string;
  /** The report's `logId`. */
  readonly logId: string;
  /** The report's `startedAt`. Two responses can name the same log ID. */
  readonly startedAt: string;
  readonly route: TestRoute;
}

/** One request in the gateway's log, in numbers. */
export interface LogRow {
  readonly status: number | null;
  /** Time at the provider. */
  readonly durationMs: number | null;
  readonly tokens: { readonly input: number | null; readonly output: number | null };
  /** In US dollars. */
  readonly cost: number | null;
  readonly isCached: boolean | null;
  /** Who paid the provider; null if Cloudflare does not say. */
  readonly paidWith: "own_key" | "stored_key" | "unified_billing" | null;
}

/**
 * Cloudflare's own record of a test.
 * - `confirmed`: the row has this test's nonce, and its time fits
 * - `other_request`: the row exists but belongs to something else, so it proves nothing
 * - `not_found`: not within 15 seconds; rows can come later
 * - `logs_off`: the gateway keeps no logs, or the test asked not to be logged
 * - `logs_elsewhere`: the account keeps its logs in Workers Observability
 */
export interface LogProof {
  readonly state: "confirmed" | "other_request" | "not_found" | "logs_off" | "logs_elsewhere";
  readonly row: LogRow | null;
  /** Where the row and the observation differ, each in one sentence. */
  readonly differences: readonly string[];
  /** The whole in one or two sentences. */
  readonly message: string;
}

export type TrafficWindow = "hour" | "day" | "week";

export interface TrafficInput extends GatewayKey {
  readonly window: TrafficWindow;
}

/** Sums over requests, without the panel's own tests. */
export interface TrafficSums {
  readonly requests: number;
  readonly errors: number;
  readonly cached: number;
  /** Null where Cloudflare does not show them to this token. */
  readonly tokensIn: number | null;
  readonly tokensOut: number | null;
  /** In US dollars. */
  readonly cost: number | null;
}

export interface TrafficView {
  readonly window: TrafficWindow;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** `log` is seconds late; `analytics` some minutes, so that an empty answer is not zero use. */
  readonly source: "log" | "analytics";
  readonly total: TrafficSums;
  readonly providers: readonly (TrafficSums & {
    /** Cloudflare's name. */
    readonly segment: string;
    /** The provider in the file whose block has this segment; null if none. */
    readonly provider: string | null;
  })[];
  /** Equal steps from `from` to `to`, for a chart. */
  readonly steps: readonly {
    readonly start: string;
    readonly requests: number;
    readonly errors: number;
  }[];
  /**
   * Providers that are routed through this gateway, of which Cloudflare has seen no request in 24 h
   * but the panel's own tests. Only those that were switched on at least 15 minutes ago.
   */
  readonly unseen: readonly string[];
  /** One sentence for each missing part, with the reason. */
  readonly remarks: readonly string[];
}

export interface RequestsInput extends GatewayKey {
  readonly errorsFirst: boolean;
}

export interface LoggedRequest extends LogRow {
  /** Cloudflare's ID, unchecked and only for display. */
  readonly id: string;
  /** ISO 8601; null if Cloudflare's time cannot be read. */
  readonly at: string | null;
  /** Cloudflare's name of the provider. */
  readonly segment: string;
  readonly model: string | null;
  readonly isError: boolean;
  /** A test of this panel. */
  readonly isOwnTest: boolean;
  /** From the table of diagnoses; null for a success, and where no response body was kept. */
  readonly diagnosis: Diagnosis | null;
}

export interface RequestsView {
  readonly requests: readonly LoggedRequest[];
  /** Why there are none, although requests may have come; null otherwise. */
  readonly remark: string | null;
}

export type DoctorCheck =
  | "account"
  | "gateway"
  | "gateway_token"
  | "provider_keys"
  | "logging"
  | "cache"
  | "rate_limit"
  | "region";

/** One line of the checklist. */
export interface DoctorItem {
  readonly check: DoctorCheck;
  /** `unknown`: it could not be found out, which is not a success. */
  readonly state: "ok" | "warning" | "failed" | "unknown";
  /** The finding, in one sentence. */
  readonly message: string;
  /** The next step; null if there is none. */
  readonly fix: string | null;
  /** The page of Cloudflare's dashboard where it is fixed; null if there is none. */
  readonly url: string | null;
  /** The provider whose row or test has the reason; null if it is none's. */
  readonly provider: string | null;
}

export interface DoctorReport {
  readonly gateway: GatewayKey;
  /** All checks, in the order of `DoctorCheck`. */
  readonly items: readonly DoctorItem[];
}
