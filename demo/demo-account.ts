/** The demo's account: its gateways, tokens, custom providers and domains. */
import { emptyState, gatewayAddress, putCustomProvider, type AccountState } from "./account-state";
import type { DemoGatewaySettings } from "./cloudflare-rules";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ACCOUNT_NAME,
  DEMO_API_TOKEN,
  DEMO_BUSY_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_DOMAIN,
  DEMO_GATEWAY,
  DEMO_LOCKED_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_OWN_HOST,
  DEMO_PENDING_DOMAIN,
  DEMO_TEAM_GATEWAY,
  DEMO_TOKEN,
} from "./names";

const ours = { accountId: DEMO_ACCOUNT_ID, token: DEMO_TOKEN } as const;

/** The gateways of the demo's account. */
export const DEMO_GATEWAYS: readonly DemoGatewaySettings[] = [
  { ...ours, name: DEMO_GATEWAY, traffic: { busy: 24, cached: 0 } },
  {
    ...ours,
    name: DEMO_TEAM_GATEWAY,
    traffic: { busy: 60, cached: 0 },
    shown: {
      retry_max_attempts: 3,
      retry_delay: 2000,
      retry_backoff: "exponential",
      log_management: 100_000,
      log_management_strategy: "DELETE_OLDEST",
      spend_limits: {
        enabled: true,
        rules: [
          { id: "monthly", enabled: true, limit: 200, limitType: "cost", window: 2_592_000 },
          { id: "daily", enabled: false, limit: 5, limitType: "cost", window: 86_400 },
        ],
      },
    },
  },
  { ...ours, name: DEMO_LOCKED_GATEWAY, shown: { byok_only: true } },
  { ...ours, name: DEMO_CACHED_GATEWAY, cache: true, traffic: { busy: 8, cached: 35 } },
  {
    ...ours,
    name: DEMO_BUSY_GATEWAY,
    rateLimit: 0,
    shown: { rate_limiting_limit: 10, rate_limiting_interval: 60 },
  },
  {
    accountId: DEMO_ACCOUNT_ID,
    name: DEMO_OPEN_GATEWAY,
    shown: {
      dlp: { enabled: true, policies: [policy("FLAG", ["REQUEST", "RESPONSE"])] },
      guardrails: { prompt: { S1: "FLAG", P1: "BLOCK" }, response: {} },
    },
  },
];

function policy(action: "FLAG" | "BLOCK", check: readonly ("REQUEST" | "RESPONSE")[]): object {
  return { id: "default", enabled: true, action, check, profiles: ["credentials"] };
}

const CUSTOM_PROVIDERS = [
  { slug: "moonshot", name: "Moonshot AI", baseUrl: "https://api.moonshot.ai" },
  { slug: "acme", name: "Acme LLM", baseUrl: `https://${DEMO_OWN_HOST}` },
] as const;

/** The demo's account at its start. */
export function demoAccount(
  gateways: readonly DemoGatewaySettings[],
  now: () => number,
): AccountState {
  const state = emptyState(now);
  const accountId = DEMO_ACCOUNT_ID;
  state.accounts.set(accountId, {
    id: accountId,
    name: DEMO_ACCOUNT_NAME,
    runToken: DEMO_TOKEN,
  });
  state.tokens.set(DEMO_API_TOKEN, {
    id: "ed17574386854bf78a67040be0a770b0",
    status: "active",
    permissions: ["AI Gateway Edit", "Account Settings Read", "Account Analytics Read"],
    accounts: [accountId],
    ownedBy: "user",
  });
  state.tokens.set(DEMO_TOKEN, {
    id: "5f1c0d3b8a5e4f0f9d7a6b5c4d3e2f10",
    status: "active",
    permissions: ["AI Gateway Run"],
    accounts: [accountId],
    ownedBy: "user",
  });
  for (const gateway of gateways) state.gateways.set(gatewayAddress(gateway), gateway);
  for (const [index, provider] of CUSTOM_PROVIDERS.entries()) {
    putCustomProvider(state, {
      ...provider,
      id: `7b0c1d2e-3f40-4a5b-8c6d-00000000000${index}`,
      accountId,
      enable: true,
      headers: null,
      createdAt: "2026-06-01T10:00:00.000Z",
    });
  }
  const gatewayName = DEMO_TEAM_GATEWAY;
  state.domains.push(
    { accountId, gatewayName, hostname: DEMO_DOMAIN, status: "active" },
    { accountId, gatewayName, hostname: DEMO_PENDING_DOMAIN, status: "pending_dcv" },
  );
  return state;
}
