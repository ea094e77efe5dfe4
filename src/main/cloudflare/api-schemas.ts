/** The forms of Cloudflare's answers. Every member but a name may be missing or of another type. */
import { checkGatewayDomain } from "../../shared/gateway-domain";
import { checkGatewayName, checkSegment } from "../../shared/gateway-names";
import { lazySchema } from "../text/schema";

export const API_SCHEMAS = lazySchema((z) => {
  const text = z.string().nullish().catch(undefined);
  // A larger one is an error of the sender, and would fill the page with digits.
  const number = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish().catch(undefined);
  const flag = z.boolean().nullish().catch(undefined);
  const code = z.union([z.number(), z.string()]).transform(Number).optional().catch(undefined);
  const rows = z.array(z.unknown()).optional().catch(undefined);
  const time = z
    .string()
    .refine((written) => !Number.isNaN(Date.parse(written)))
    .transform((written) => new Date(written).toISOString())
    .nullish()
    .catch(undefined);

  const error = z.object({
    code,
    message: z.string().optional().catch(undefined),
    path: rows,
    source: z.object({ pointer: z.string() }).optional().catch(undefined),
    error_chain: z.array(z.object({ code })).optional().catch(undefined),
  });

  const account = z.object({ id: z.string(), name: text });

  const policy = z.object({
    enabled: flag,
    action: text,
    check: z.array(z.string()).optional().catch(undefined),
  });
  const categories = z.record(z.string(), z.unknown()).nullish().catch(undefined);

  const analyticsGroup = z.object({
    count: z.number(),
    dimensions: z.record(z.string(), z.unknown()).nullish().catch(undefined),
    sum: z.record(z.string(), number).nullish().catch(undefined),
  });
  const analyticsGroups = z.array(analyticsGroup).optional();

  return {
    /** The members of every answer (Cloudflare, fundamentals/api). */
    envelope: z.object({
      success: z.boolean().optional().catch(undefined),
      errors: z.array(error).optional().catch(undefined),
      /** The edge's own form, in front of the API (changelog of 2026-03-11). */
      cloudflare_error: z.boolean().optional().catch(undefined),
      result: z.unknown().optional(),
      result_info: z
        .object({ total_pages: number, total_count: number })
        .optional()
        .catch(undefined),
    }),
    error,
    anything: z.unknown(),
    list: z.array(z.unknown()),

    token: z.object({
      status: z.string().optional().catch(undefined),
      expires_on: time,
      not_before: time,
    }),
    account,
    /** A user's membership of an account. */
    membership: z.object({ account }),

    /** SDK, ai-gateway/ai-gateway. */
    gateway: z.object({
      id: z.string().refine((id) => checkGatewayName(id).success),
      authentication: flag,
      collect_logs: flag,
      cache_ttl: number,
      rate_limiting_interval: number,
      rate_limiting_limit: number,
      retry_max_attempts: number,
      retry_delay: number,
      byok_only: flag,
      log_management: number,
      log_management_strategy: text,
      spend_limits: z.object({ enabled: flag, rules: rows }).nullish().catch(undefined),
      guardrails: z.object({ prompt: categories, response: categories }).nullish().catch(undefined),
      dlp: policy.extend({ policies: rows }).nullish().catch(undefined),
    }),
    spendRule: z.object({ enabled: flag, limit: z.number(), window: number }),
    policy,
    /** AI Gateway, configuration/custom-domains. */
    domain: z.object({
      hostname: z.string().refine((host) => checkGatewayDomain(host).success),
      status: z.string().catch("unknown"),
    }),
    /** Without `headers`, which may hold credentials and are never read. */
    customProvider: z.object({
      slug: z.string().refine((slug) => checkSegment(`custom-${slug}`).success),
      base_url: z.string(),
      enable: flag,
    }),

    /**
     * SDK, ai-gateway/logs. Without paths and heads of bodies, so that prompts are dropped here; the
     * metadata is compared and never shown.
     */
    logRow: z.object({
      id: text,
      created_at: text,
      provider: text,
      model: text,
      status_code: number,
      success: flag,
      cached: flag,
      duration: number,
      tokens_in: number,
      tokens_out: number,
      cost: number,
      wholesale: flag,
      byok: flag,
      metadata: z
        .union([z.string(), z.record(z.string(), z.unknown())])
        .nullish()
        .catch(undefined),
    }),

    /** Cloudflare, analytics/graphql-api/errors. */
    graphql: z.object({
      data: z.unknown().optional(),
      errors: z.array(z.unknown()).nullish().catch(undefined),
    }),
    analyticsGroup,
    /** One account with the sets of groups of our query. */
    analytics: z.object({
      viewer: z.object({
        accounts: z.array(
          z.object({
            all: z.array(analyticsGroup),
            own: analyticsGroups,
            hours: analyticsGroups,
            ownHours: analyticsGroups,
          }),
        ),
      }),
    }),
    /** Which fields of the analytics the token may see. */
    analyticsFields: z.object({
      viewer: z.object({
        accounts: z.array(
          z.object({
            settings: z.object({
              aiGatewayRequestsAdaptiveGroups: z.object({
                enabled: z.boolean().optional().catch(undefined),
                availableFields: z.array(z.string()),
              }),
            }),
          }),
        ),
      }),
    }),
  };
});

type Schemas = Awaited<ReturnType<typeof API_SCHEMAS>>;
export type ApiSchemas = Schemas;
/** The parsed values of one schema. */
export type Row<Name extends keyof Schemas> = Schemas[Name]["_output"];
