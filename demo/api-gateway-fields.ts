/** Gateways as Cloudflare's API shows and accepts them. */
import { z } from "zod";
import type { DemoGatewaySettings } from "./cloudflare-rules";

/** In seconds, for a gateway of which only `cache: true` is known. */
const USUAL_CACHE_TIME = 3600;
const CREATED = "2026-03-02T09:15:00.000Z";

/** A gateway with all members that Cloudflare shows. */
export function shownGateway(gateway: DemoGatewaySettings): Readonly<Record<string, unknown>> {
  return {
    id: gateway.name,
    cache_ttl: gateway.cache === true ? USUAL_CACHE_TIME : null,
    cache_invalidate_on_update: false,
    collect_logs: gateway.logs !== false,
    rate_limiting_interval: gateway.rateLimit === undefined ? null : 60,
    rate_limiting_limit: gateway.rateLimit ?? null,
    rate_limiting_technique: "fixed",
    authentication: gateway.token !== undefined,
    byok_only: false,
    workers_ai_billing_mode: "postpaid",
    zdr: false,
    store_id: null,
    log_management: null,
    log_management_strategy: null,
    log_classification: false,
    logpush: false,
    logpush_public_key: null,
    otel: null,
    retry_max_attempts: null,
    retry_delay: null,
    retry_backoff: null,
    spend_limits: null,
    dlp: null,
    guardrails: null,
    stripe: null,
    is_default: false,
    internal: false,
    wholesale: false,
    created_at: CREATED,
    modified_at: CREATED,
    ...gateway.shown,
  };
}

const limit = z.number().int().min(0).nullable();

/** The members that a new gateway must have. Others are kept as they are. */
export const newGatewaySchema = z.looseObject({
  id: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9_-]+$/, "Only lowercase letters, digits, hyphens and underscores"),
  cache_ttl: limit,
  cache_invalidate_on_update: z.boolean(),
  collect_logs: z.boolean(),
  rate_limiting_interval: limit,
  rate_limiting_limit: limit,
  rate_limiting_technique: z.enum(["fixed", "sliding"]).nullable().optional(),
  // Since November 2026 every new gateway requires a token.
  authentication: z
    .literal(true, "Authentication is required and cannot be turned off")
    .default(true),
});

export type NewGateway = z.infer<typeof newGatewaySchema>;

/** The new gateway as the gateway's stand-in serves it. */
export function gatewayFrom(
  created: NewGateway,
  { accountId, token, at }: { readonly accountId: string; readonly token: string; at: number },
): DemoGatewaySettings {
  const time = new Date(at).toISOString();
  const { cache_ttl: cacheTime, rate_limiting_limit: rateLimit } = created;
  return {
    accountId,
    name: created.id,
    token,
    cache: cacheTime !== null && cacheTime > 0,
    logs: created.collect_logs,
    ...(rateLimit === null || rateLimit === 0 ? {} : { rateLimit }),
    shown: { ...created, created_at: time, modified_at: time },
  };
}

/** The members that a new custom provider must have. */
export const newCustomProviderSchema = z.looseObject({
  name: z.string().min(1),
  slug: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9-]+$/, "Only lowercase letters, digits and hyphens"),
  base_url: z.url({ protocol: /^https$/, error: "Must be an https URL" }),
  enable: z.boolean().default(false),
  headers: z.string().nullable().default(null),
});
