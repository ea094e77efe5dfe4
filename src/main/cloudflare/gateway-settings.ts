/** Reads the settings of a gateway from Cloudflare's answer. */
import { z } from "zod";

import type { GatewaySettings } from "../../shared/account";
import { checkGatewayName } from "../../shared/gateway-names";

const NUMBER = z.number().finite().nonnegative().nullish().catch(undefined);
const FLAG = z.boolean().nullish().catch(undefined);

const SPEND_RULE = z.object({
  enabled: FLAG,
  limit: z.number(),
  limitType: z.string().optional().catch(undefined),
  window: NUMBER,
});

const POLICY = z.object({
  enabled: FLAG,
  action: z.string().optional().catch(undefined),
  check: z.array(z.string()).optional().catch(undefined),
});

const CATEGORIES = z.record(z.string(), z.unknown()).nullish().catch(undefined);

/** Every member but the name may be missing or of another type (SDK, ai-gateway). */
export const GATEWAY = z.object({
  id: z.string().refine((id) => checkGatewayName(id).success),
  authentication: FLAG,
  collect_logs: FLAG,
  cache_ttl: NUMBER,
  rate_limiting_interval: NUMBER,
  rate_limiting_limit: NUMBER,
  retry_max_attempts: NUMBER,
  retry_delay: NUMBER,
  byok_only: FLAG,
  log_management: NUMBER,
  log_management_strategy: z.string().nullish().catch(undefined),
  spend_limits: z
    .object({ enabled: FLAG, rules: z.array(z.unknown()).optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  guardrails: z.object({ prompt: CATEGORIES, response: CATEGORIES }).nullish().catch(undefined),
  dlp: POLICY.extend({ policies: z.array(z.unknown()).optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
type Gateway = z.infer<typeof GATEWAY>;

/** The settings in our words. */
export function settingsOf(accountId: string, gateway: Gateway): GatewaySettings {
  const { rate_limiting_limit: requests, rate_limiting_interval: seconds } = gateway;
  const { retry_max_attempts: attempts, log_management: rows } = gateway;
  return {
    accountId,
    gatewayName: gateway.id,
    authentication: gateway.authentication ?? null,
    collectsLogs: gateway.collect_logs ?? null,
    // null is Cloudflare's other spelling of "no cache"; a missing member says nothing.
    cacheSeconds: gateway.cache_ttl === undefined ? null : (gateway.cache_ttl ?? 0),
    rateLimit: requests && seconds ? { requests, seconds } : null,
    retries: attempts ? { attempts, delayMs: gateway.retry_delay ?? 0 } : null,
    requiresProviderKey: gateway.byok_only === true,
    spendLimits: spendLimitsOf(gateway.spend_limits),
    guardrails: {
      prompts: hasMembers(gateway.guardrails?.prompt),
      responses: hasMembers(gateway.guardrails?.response),
    },
    dlp: dlpOf(gateway.dlp),
    logLimit: rows
      ? {
          rows,
          whenFull: gateway.log_management_strategy === "DELETE_OLDEST" ? "delete_oldest" : "stop",
        }
      : null,
  };
}

function spendLimitsOf(limits: Gateway["spend_limits"]): GatewaySettings["spendLimits"] {
  if (limits?.enabled !== true) return [];
  return (limits.rules ?? []).flatMap((each) => {
    const rule = SPEND_RULE.safeParse(each);
    if (!rule.success || rule.data.enabled === false) return [];
    return [{ limit: rule.data.limit, seconds: rule.data.window ?? null }];
  });
}

function dlpOf(dlp: Gateway["dlp"]): GatewaySettings["dlp"] {
  if (!dlp || dlp.enabled === false) return { requests: false, responses: false, blocks: false };
  const policies = (dlp.policies ?? []).flatMap((each) => {
    const policy = POLICY.safeParse(each);
    return policy.success && policy.data.enabled !== false ? [policy.data] : [];
  });
  // The older form has one action and checks both directions.
  const all = dlp.policies === undefined ? [{ ...dlp, check: ["REQUEST", "RESPONSE"] }] : policies;
  const checks = (direction: string) =>
    all.some(({ check }) => check?.includes(direction) !== false);
  return {
    requests: checks("REQUEST"),
    responses: checks("RESPONSE"),
    blocks: all.some(({ action }) => action === "BLOCK"),
  };
}

function hasMembers(value: object | null | undefined): boolean {
  return value !== null && value !== undefined && Object.keys(value).length > 0;
}
