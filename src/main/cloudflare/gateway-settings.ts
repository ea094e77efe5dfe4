/** Reads the settings of a gateway from Cloudflare's answer. */
import type { GatewaySettings, UnreadSetting } from "../../shared/account";
import type { ApiSchemas, Row } from "./api-schemas";

type Gateway = Row<"gateway">;

/** The settings in our words. */
export function settingsOf(
  accountId: string,
  gateway: Gateway,
  schemas: ApiSchemas,
): GatewaySettings {
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
    spendLimits: spendLimitsOf(gateway.spend_limits, schemas),
    guardrails: {
      prompts: hasMembers(gateway.guardrails?.prompt),
      responses: hasMembers(gateway.guardrails?.response),
    },
    dlp: dlpOf(gateway.dlp, schemas),
    logLimit: rows
      ? {
          rows,
          whenFull: gateway.log_management_strategy === "DELETE_OLDEST" ? "delete_oldest" : "stop",
        }
      : null,
    unread: unreadOf(gateway, schemas),
  };
}

/** The settings that are missing, or have another form. */
function unreadOf(gateway: Gateway, schemas: ApiSchemas): readonly UnreadSetting[] {
  const { rate_limiting_limit: requests, rate_limiting_interval: seconds } = gateway;
  const { spend_limits: spend, guardrails, dlp } = gateway;
  const isKnownRule = (rule: unknown) => schemas.spendRule.safeParse(rule).success;
  const unread: readonly (readonly [UnreadSetting, boolean])[] = [
    ["rateLimit", requests === undefined || seconds === undefined],
    ["retries", gateway.retry_max_attempts === undefined],
    ["requiresProviderKey", gateway.byok_only === undefined],
    ["spendLimits", spend === undefined || (spend?.rules ?? []).some((rule) => !isKnownRule(rule))],
    ["guardrails", guardrails === undefined],
    ["dlp", dlp === undefined],
  ];
  return unread.flatMap(([setting, isUnread]) => (isUnread ? [setting] : []));
}

function spendLimitsOf(
  limits: Gateway["spend_limits"],
  schemas: ApiSchemas,
): GatewaySettings["spendLimits"] {
  if (limits?.enabled !== true) return [];
  return (limits.rules ?? []).flatMap((each) => {
    const rule = schemas.spendRule.safeParse(each);
    if (!rule.success || rule.data.enabled === false) return [];
    return [{ limit: rule.data.limit, seconds: rule.data.window ?? null }];
  });
}

function dlpOf(dlp: Gateway["dlp"], schemas: ApiSchemas): GatewaySettings["dlp"] {
  if (!dlp || dlp.enabled === false) return { requests: false, responses: false, blocks: false };
  const policies = (dlp.policies ?? []).flatMap((each) => {
    const policy = schemas.policy.safeParse(each);
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
