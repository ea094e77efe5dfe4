/** Traffic by Cloudflare's analytics: of up to a month, some minutes late. */
import { failure } from "../../shared/errors";
import { OWN_TEST_SOURCE } from "../../shared/own-tests";
import { success, type Result } from "../../shared/result";
import type { GatewayKey } from "../../shared/gateways";
import { graphql } from "./analytics";
import type { Api } from "./api";
import type { Row } from "./api-schemas";
import type { LogSpan } from "./log-list";
import type { Portion } from "./tally";

export interface AnalyticsTraffic {
  /** By provider; `at` is null. */
  readonly portions: readonly Portion[];
  /** By hour, for a chart. */
  readonly hours: readonly Portion[];
  /** The same for the panel's own tests; null if they cannot be told apart. */
  readonly own: {
    readonly portions: readonly Portion[];
    readonly hours: readonly Portion[];
  } | null;
}

type Group = Row<"analyticsGroup">;

/** The traffic in a span of time. `fields`: the names that the token may see. */
export async function trafficByAnalytics(
  api: Api,
  gateway: GatewayKey,
  fields: readonly string[],
  span: LogSpan,
  signal: AbortSignal,
): Promise<Result<AnalyticsTraffic>> {
  const has = new Set(fields);
  const split = has.has("dimensions_metadataRaw");
  const counted = await countedBy(api, gateway, { has, canSplit: split }, span, signal);
  if (counted.success || !split || counted.error.code !== "api_refused") return counted;
  // Try again without splitting off the panel's own tests, in case that filter was refused.
  return countedBy(api, gateway, { has, canSplit: false }, span, signal);
}

async function countedBy(
  api: Api,
  { accountId, gatewayName }: GatewayKey,
  { has, canSplit }: { readonly has: ReadonlySet<string>; readonly canSplit: boolean },
  { from, to }: LogSpan,
  signal: AbortSignal,
): Promise<Result<AnalyticsTraffic>> {
  const variables = {
    a: accountId,
    g: gatewayName,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(canSplit ? { own: `%${OWN_TEST_SOURCE}%` } : {}),
  };
  const answer = await graphql(api, accountId, queryOf(has, canSplit), variables, signal);
  if (!answer.success) return answer;
  const parsed = api.schemas.analytics.safeParse(answer.data);
  const found = parsed.success ? parsed.data.viewer.accounts[0] : undefined;
  if (found === undefined) return failure("api_answer_unreadable", { status: 200 });
  const portions = (groups: readonly Group[] | undefined) =>
    (groups ?? []).map((group) => portionOf(api, group));
  return success({
    portions: portions(found.all),
    hours: portions(found.hours),
    own: canSplit ? { portions: portions(found.own), hours: portions(found.ownHours) } : null,
  });
}

const SUMS = [
  "cost",
  "cachedRequests",
  "erroredRequests",
  "tokensIn",
  "tokensOut",
  "uncachedTokensIn",
  "uncachedTokensOut",
  "cachedTokensIn",
  "cachedTokensOut",
] as const;

/** Names only fields in `has`, because one that the token may not see fails the whole query. */
function queryOf(has: ReadonlySet<string>, canSplit: boolean): string {
  const dimensions = (names: readonly string[]) => {
    const known = names.filter((name) => has.has(`dimensions_${name}`));
    return known.length === 0 ? "" : ` dimensions { ${known.join(" ")} }`;
  };
  const sums = SUMS.filter((name) => has.has(`sum_${name}`));
  const sum = sums.length === 0 ? "" : ` sum { ${sums.join(" ")} }`;
  const filter = "gateway: $g, datetime_geq: $from, datetime_leq: $to";
  const set = (alias: string, only: string, shown: string) =>
    `${alias}: aiGatewayRequestsAdaptiveGroups(limit: 2000, filter: {${filter}${only}}, orderBy: [count_DESC]) { count${shown} }`;
  const byProvider = dimensions(["provider", "cached", "error"]) + sum;
  const byHour = has.has("dimensions_datetimeHour")
    ? dimensions(["datetimeHour", "error"]) +
      (has.has("sum_erroredRequests") ? " sum { erroredRequests }" : "")
    : null;
  const own = ", metadataRaw_like: $own";
  const sets = [
    set("all", "", byProvider),
    byHour === null ? "" : set("hours", "", byHour),
    ...(canSplit
      ? [set("own", own, byProvider), byHour === null ? "" : set("ownHours", own, byHour)]
      : []),
  ];
  const variables = `$a: string!, $g: string!, $from: Time!, $to: Time!${canSplit ? ", $own: string!" : ""}`;
  return `query (${variables}) { viewer { accounts(filter: {accountTag: $a}) { ${sets.join(" ")} } } }`;
}

function portionOf(api: Api, { count, dimensions = {}, sum = {} }: Group): Portion {
  const figure = (name: (typeof SUMS)[number]) => sum?.[name] ?? null;
  const both = (a: number | null, b: number | null) =>
    a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  const counted = (dimension: unknown, sums: number | null) =>
    dimension === undefined || dimension === null ? (sums ?? 0) : isSet(dimension) ? count : 0;
  const at = Date.parse(textOf(dimensions?.["datetimeHour"]));
  return {
    segment: api.shown(textOf(dimensions?.["provider"])),
    at: Number.isNaN(at) ? null : at,
    requests: count,
    errors: counted(dimensions?.["error"], figure("erroredRequests")),
    cached: counted(dimensions?.["cached"], figure("cachedRequests")),
    tokensIn: figure("tokensIn") ?? both(figure("uncachedTokensIn"), figure("cachedTokensIn")),
    tokensOut: figure("tokensOut") ?? both(figure("uncachedTokensOut"), figure("cachedTokensOut")),
    cost: figure("cost"),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Cloudflare's dimensions for yes and no are numbers, which other versions may write as words. */
function isSet(value: unknown): boolean {
  return value === true || value === "true" || Number(value) > 0;
}
