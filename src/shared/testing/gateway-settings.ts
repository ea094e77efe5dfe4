/** Settings of gateways for tests and the gallery. */
import type { GatewaySettings } from "../account";

/** The settings of a gateway as Cloudflare creates one today, without its names. */
export const NEW_GATEWAY: Omit<GatewaySettings, "accountId" | "gatewayName"> = {
  authentication: true,
  collectsLogs: true,
  cacheSeconds: 0,
  rateLimit: null,
  retries: null,
  requiresProviderKey: false,
  spendLimits: [],
  guardrails: { prompts: false, responses: false },
  dlp: { requests: false, responses: false, blocks: false },
  logLimit: null,
  unread: [],
};
