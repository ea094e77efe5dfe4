/** A Cloudflare account for tests and the gallery, in the form that main sends it. */
import type {
  AccountStatus,
  DoctorItem,
  GatewayDetailsView,
  GatewaySettings,
  LoggedRequest,
  LogProof,
  SettingWarning,
  TrafficView,
} from "../../shared/account";
import type { GatewayApiCalls } from "../../shared/contract";
import { gatewayPage } from "../../shared/dashboard";
import { success } from "../../shared/result";
import { NEW_GATEWAY } from "../../shared/testing/gateway-settings";
import { CULPRITS } from "./gallery-reports";
import { ACCOUNT } from "./sample-views";

export const OTHER_ACCOUNT = "fedcba9876543210fedcba9876543210";
const PAGE = gatewayPage({ accountId: ACCOUNT, gatewayName: "my-gateway" });
const NOW = Date.parse("2026-11-23T07:12:00.000Z");

export function accountStatus(changes: Partial<AccountStatus> = {}): AccountStatus {
  return {
    changes: 0,
    token: { source: "entered", expiresOn: null },
    problem: null,
    hasEnvironmentToken: false,
    canRemember: true,
    rememberProblem: null,
    missing: [],
    ...changes,
  };
}

export const NOT_CONNECTED = accountStatus({ token: null });

/** A gateway as Cloudflare creates one today. */
export function settings(changes: Partial<GatewaySettings> = {}): GatewaySettings {
  return {
    accountId: ACCOUNT,
    gatewayName: "my-gateway",
    ...NEW_GATEWAY,
    ...changes,
  };
}

export function details(changes: Partial<GatewayDetailsView> = {}): GatewayDetailsView {
  return { settings: settings(), domains: [], warnings: [], ...changes };
}

/** A gateway with everything that breaks or surprises agents. */
export const TROUBLED = settings({
  gatewayName: "team-gateway",
  authentication: false,
  cacheSeconds: 3600,
  rateLimit: { requests: 100, seconds: 60 },
  retries: { attempts: 5, delayMs: 2000 },
  requiresProviderKey: true,
  spendLimits: [{ limit: 10, seconds: 86_400 }],
  guardrails: { prompts: true, responses: true },
  dlp: { requests: true, responses: true, blocks: true },
  logLimit: { rows: 100_000, whenFull: "stop" },
});

const WARNINGS: readonly (readonly [SettingWarning["code"], string])[] = [
  ["open_gateway", "Anyone who knows the address can use this gateway, and your stored keys."],
  ["caching", "Caching is on: identical requests may be answered from the cache for 1 h."],
  ["retries", "The gateway tries a failed request up to 5 times, so an error can take minutes."],
  ["rate_limit", "More than 100 requests per minute are refused. Parallel agents reach that soon."],
  ["spend_limit", "Requests are refused once they cost $10 in a day."],
  ["requires_key", "This gateway refuses requests without a key, and OpenAI has none."],
  ["response_dlp", "Data loss prevention holds each response back until its end."],
  ["logs_full", "The log is full, so new requests are not recorded."],
  ["guardrails", "Guardrails check prompts and responses, and can block them."],
];

export const EVERY_WARNING: readonly SettingWarning[] = WARNINGS.map(([code, message]) => ({
  code,
  message,
  url: `${PAGE}/settings`,
}));

export const DOMAINS = [
  { host: "ai.example.com", isActive: true, status: "active" },
  { host: "llm.example.com", isActive: false, status: "pending_dcv" },
] as const;

const HOUR_MS = 3_600_000;

/** A day with a quiet night, and errors in the morning. */
export const TRAFFIC: TrafficView = {
  window: "day",
  from: new Date(NOW - 24 * HOUR_MS).toISOString(),
  to: new Date(NOW).toISOString(),
  source: "log",
  total: {
    requests: 1204,
    errors: 37,
    cached: 12,
    tokensIn: 1_204_512,
    tokensOut: 88_431,
    cost: 4.1203,
  },
  providers: [
    {
      segment: "anthropic",
      provider: "anthropic",
      requests: 1100,
      errors: 30,
      cached: 12,
      tokensIn: 1_100_000,
      tokensOut: 80_000,
      cost: 3.9,
    },
    {
      segment: "custom-moonshot",
      provider: null,
      requests: 104,
      errors: 7,
      cached: 0,
      tokensIn: null,
      tokensOut: null,
      cost: null,
    },
  ],
  steps: Array.from({ length: 24 }, (_, hour) => ({
    start: new Date(NOW - (24 - hour) * HOUR_MS).toISOString(),
    requests:
      [0, 0, 3, 40, 64, 92, 75, 60, 88, 120, 97, 41, 12, 0, 0, 0, 2, 18, 77, 103, 99, 84, 91, 38][
        hour
      ] ?? 0,
    errors: hour === 19 ? 29 : hour === 4 ? 8 : 0,
  })),
  unseen: ["openai"],
  remarks: [],
};

export const NO_TRAFFIC: TrafficView = {
  ...TRAFFIC,
  source: "analytics",
  total: { requests: 0, errors: 0, cached: 0, tokensIn: 0, tokensOut: 0, cost: 0 },
  providers: [],
  steps: TRAFFIC.steps.map(({ start }) => ({ start, requests: 0, errors: 0 })),
  unseen: ["anthropic", "openai"],
  remarks: ["The token lacks Account Analytics Read, so older requests are not counted."],
};

const rejected = CULPRITS.provider.diagnosis;
const KEY_REJECTED = rejected && { ...rejected, title: "OpenAI does not accept the API key." };

export function logged(changes: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    id: "01KAR4J6",
    at: "2026-11-23T07:05:00.000Z",
    segment: "anthropic",
    model: "claude-haiku-4-5",
    status: 200,
    durationMs: 812,
    tokens: { input: 2104, output: 388 },
    cost: 0.0041,
    isCached: false,
    paidWith: "own_key",
    isError: false,
    isOwnTest: false,
    diagnosis: null,
    ...changes,
  };
}

export const REQUESTS: readonly LoggedRequest[] = [
  logged(),
  logged({
    id: "2",
    at: "2026-11-23T07:04:10.000Z",
    segment: "openai",
    model: "gpt-5.2",
    status: 401,
    durationMs: 212,
    tokens: { input: null, output: null },
    cost: null,
    isError: true,
    diagnosis: KEY_REJECTED,
  }),
  logged({
    id: "3",
    at: "2026-11-23T06:59:00.000Z",
    isOwnTest: true,
    cost: 0.00003,
    tokens: { input: 21, output: 4 },
  }),
  logged({ id: "4", at: "2026-11-23T06:58:00.000Z", isCached: true, durationMs: 14, cost: 0 }),
  logged({
    id: "5",
    at: "2026-11-23T06:50:00.000Z",
    status: 502,
    isError: true,
    model: null,
    tokens: { input: null, output: null },
    cost: null,
  }),
];

const ITEMS: readonly DoctorItem[] = [
  item("account", "Ana’s Account exists, and the token can read it."),
  item("gateway", "my-gateway exists in this account."),
  item("gateway_token", "The gateway accepts the stored token."),
  {
    ...item("provider_keys", "OpenAI rejected its key."),
    state: "failed",
    fix: "Check the key in mux’s Providers settings, then test again.",
    provider: "openai",
  },
  item("logging", "The gateway keeps a log."),
  {
    ...item("cache", "Identical requests may be answered from the cache for 1 h."),
    state: "warning",
    fix: "Turn caching off for agents.",
    url: `${PAGE}/settings`,
  },
  item("rate_limit", "No rate limit and no spend limit is set."),
  {
    ...item("region", "Whether the region is allowed could not be found out."),
    state: "unknown",
    fix: "Test a provider through the gateway.",
  },
];

function item(check: DoctorItem["check"], message: string): DoctorItem {
  return { check, state: "ok", message, fix: null, url: null, provider: null };
}

export const CHECKLIST = {
  gateway: { accountId: ACCOUNT, gatewayName: "my-gateway" },
  items: ITEMS,
} as const;

export const CONFIRMED: LogProof = {
  state: "confirmed",
  row: logged(),
  differences: [],
  message:
    "Cloudflare’s log has this request: 200, 312 ms at the provider, 21 + 4 tokens, $0.00003, not from the cache, paid with your key.",
};

/** The calls of a connected account with one gateway. */
export const CONNECTED = {
  accountStatus: async () => success(accountStatus()),
  connectAccount: async () => success(accountStatus()),
  disconnectAccount: async () => success(NOT_CONNECTED),
  accounts: async () =>
    success({ accounts: [{ accountId: ACCOUNT, name: "Ana’s Account" }], isComplete: true }),
  accountGateways: async () => success({ gateways: [settings()] }),
  gatewayDetails: async () => success(details()),
  createGateway: async ({ accountId, gatewayName }) =>
    success({ settings: settings({ accountId, gatewayName }), domains: [], warnings: [] }.settings),
  customProvider: async () =>
    success({
      host: "api.moonshot.ai",
      segment: null,
      proposed: "custom-moonshot",
      isEnabled: true,
    }),
  createCustomProvider: async () =>
    success({
      host: "api.moonshot.ai",
      segment: "custom-moonshot",
      proposed: "custom-moonshot",
      isEnabled: true,
    }),
  logRow: async () => success(CONFIRMED),
  traffic: async ({ window }) => success({ ...TRAFFIC, window }),
  requests: async () => success({ requests: REQUESTS, remark: null }),
  doctor: async () => success(CHECKLIST),
} satisfies Partial<GatewayApiCalls>;
