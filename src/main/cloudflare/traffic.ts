/** The traffic of a gateway, and the providers of which Cloudflare has seen none. */
import type { TrafficInput, TrafficSums, TrafficView } from "../../shared/account";
import { success, type Result } from "../../shared/result";
import type { GatewayKey } from "../../shared/gateways";
import { KNOWN_SEGMENTS } from "../../shared/segments";
import type { ProvidersView } from "../../shared/view";
import { asksAnalytics } from "./analytics";
import { trafficByAnalytics, type AnalyticsTraffic } from "./analytics-traffic";
import { PER_PAGE, type Api } from "./api";
import type { Row } from "./api-schemas";
import { readSettings } from "./gateway-calls";
import { newestRows, type LogSpan } from "./log-list";
import { isOwnTest } from "./log-rows";
import { trafficByLog, type LogTraffic } from "./log-traffic";
import { routedSegments } from "./routed-segments";
import { bySegment, spanOf, stepsOf, summed, without, NO_SUMS, type Portion } from "./tally";

export interface TrafficSources {
  readonly view: ProvidersView;
  /** Providers that have used this gateway for 15 minutes or longer. */
  readonly settled: ReadonlySet<string>;
  /** Whether this process sent a test with this nonce. */
  readonly hasNonce: (nonce: string) => boolean;
  readonly now: number;
}

/** The log for an hour, analytics for a day or a week, and the other one where that one is missing. */
export async function readTraffic(
  api: Api,
  input: TrafficInput,
  sources: TrafficSources,
  signal: AbortSignal,
): Promise<Result<TrafficView>> {
  const { window: _, ...gateway } = input;
  const [settings, traffic] = await Promise.all([
    readSettings(api, gateway, signal),
    trafficOf(api, input, sources, signal),
  ]);
  // Analytics know nothing of a deleted gateway, which would look quiet.
  if (settings.success || settings.error.code !== "api_not_found" || !traffic.success) {
    return traffic;
  }
  if (traffic.data.total.requests === 0) return settings;
  return success({ ...traffic.data, unseen: [], remarks: [DELETED, ...traffic.data.remarks] });
}

const DELETED = "This gateway no longer exists at Cloudflare.";

async function trafficOf(
  api: Api,
  { window, ...gateway }: TrafficInput,
  sources: TrafficSources,
  signal: AbortSignal,
): Promise<Result<TrafficView>> {
  const { view, hasNonce, now } = sources;
  const span = spanOf(window, now);
  const fields = await asksAnalytics(api, gateway.accountId, signal);
  const byAnalytics = async (of: LogSpan) =>
    fields.success ? trafficByAnalytics(api, gateway, fields.data, of, signal) : fields;
  const byLog = () => trafficByLog(api, gateway, span, hasNonce, signal);

  const day = await byAnalytics(spanOf("day", now));
  const providers = routedSegments(view, gateway);
  const canName = fields.success && fields.data.includes("dimensions_provider");
  const unseen =
    day.success && canName
      ? await unseenProviders(api, gateway, countedIn(day.data), sources, signal)
      : [];
  const rest = { window, from: iso(span.from), to: iso(span.to), unseen };

  const fromLog = (log: LogTraffic, remarks: readonly string[]): TrafficView => ({
    ...rest,
    source: "log",
    total: certain(summed(log.portions)),
    providers: named(bySegment(log.portions), providers),
    steps: stepsOf(window, span, log.portions),
    remarks: [
      ...(log.read < log.rows
        ? [
            `There are ${log.rows.toLocaleString("en-US")} requests; these are the newest ${log.read}.`,
          ]
        : []),
      OWN_TESTS_OUT,
      ...remarks,
    ],
  });
  const fromAnalytics = (found: AnalyticsTraffic, remarks: readonly string[]): TrafficView => ({
    ...rest,
    source: "analytics",
    total: totalOf(found),
    providers: named(countedIn(found), providers),
    steps: stepsOf(window, span, [...found.hours, ...negative(found.own?.hours ?? [])]),
    remarks: [found.own === null ? OWN_TESTS_IN : OWN_TESTS_OUT, ...remarks],
  });

  if (window === "hour") {
    const log = await byLog();
    if (!log.success && log.error.code === "api_not_found") return log;
    if (log.success && log.data.rows > 0) return success(fromLog(log.data, []));
    const counted = await byAnalytics(span);
    if (counted.success && (!log.success || totalOf(counted.data).requests > 0)) {
      const why = log.success ? LOGS_MISSING : `The log was not read. ${log.error.message}`;
      return success(fromAnalytics(counted.data, [why]));
    }
    if (!log.success) return log;
    return success(fromLog(log.data, counted.success ? [] : [LOGS_MAY_MISS]));
  }
  const counted = window === "day" ? day : await byAnalytics(span);
  if (counted.success) return success(fromAnalytics(counted.data, []));
  const log = await byLog();
  if (!log.success) return counted;
  return success(fromLog(log.data, [`Only the log was read. ${counted.error.message}`]));
}

const OWN_TESTS_OUT = "The panel's own tests are not counted.";
const OWN_TESTS_IN = "The panel's own tests are included.";
const LOGS_MISSING =
  "The log has none of these requests: it is off, or in Workers Observability, as in newer accounts.";
const LOGS_MAY_MISS =
  "The log is empty. Newer accounts keep it in Workers Observability, which the panel cannot read.";

/** By segment, without the panel's own tests. */
function countedIn({ portions, own }: AnalyticsTraffic): ReadonlyMap<string, TrafficSums> {
  const ours = bySegment(own?.portions ?? []);
  return new Map(
    [...bySegment(portions)].map(([segment, sums]) => [
      segment,
      without(sums, ours.get(segment) ?? NO_SUMS),
    ]),
  );
}

function totalOf(found: AnalyticsTraffic): TrafficSums {
  return certain(summed([...countedIn(found).values()]));
}

/** Without requests, tokens and cost are known to be zero. */
function certain(sums: TrafficSums): TrafficSums {
  return sums.requests === 0 ? { ...sums, tokensIn: 0, tokensOut: 0, cost: 0 } : sums;
}

function negative(portions: readonly Portion[]): readonly Portion[] {
  return portions.map((each) => ({ ...each, requests: -each.requests, errors: -each.errors }));
}

/** The sums of each provider, the busiest first. */
function named(
  sums: ReadonlyMap<string, TrafficSums>,
  providers: ReadonlyMap<string, readonly string[]>,
): TrafficView["providers"] {
  const busy = [...sums].filter(([, { requests }]) => requests > 0);
  busy.sort(([, a], [, b]) => b.requests - a.requests);
  return busy.map(([segment, each]) =>
    Object.assign({ segment, provider: providers.get(segment)?.[0] ?? null }, each),
  );
}

/**
 * Providers for which neither analytics nor the log has a request, except the panel's own tests. The
 * log alone is not enough, because it can be off. Custom providers are left out, because Cloudflare
 * does not document their names there.
 */
async function unseenProviders(
  api: Api,
  gateway: GatewayKey,
  counted: ReadonlyMap<string, TrafficSums>,
  { view, settled, hasNonce, now }: TrafficSources,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const unseen: string[] = [];
  const span = spanOf("day", now);
  for (const [segment, users] of routedSegments(view, gateway)) {
    const asked = users.filter((id) => settled.has(id));
    if (!KNOWN_SEGMENTS.has(segment)) continue;
    if (asked.length === 0 || (counted.get(segment)?.requests ?? 0) > 0) continue;
    const isOther = (row: Row<"logRow">) => row.provider === segment && !isOwnTest(row, hasNonce);
    // Analytics are late, so they do not count without the log.
    if (await hasNone(api, gateway, { span, segment, isOther }, signal)) unseen.push(...asked);
  }
  return unseen;
}

/** How many pages of a provider's rows are read. With more, nothing is claimed. */
const MOST_PAGES = 4;

/** Whether a span of the log surely has no such row. Many tests can be newer than it. */
async function hasNone(
  api: Api,
  gateway: GatewayKey,
  asked: {
    readonly span: LogSpan;
    readonly segment: string;
    readonly isOther: (row: Row<"logRow">) => boolean;
  },
  signal: AbortSignal,
): Promise<boolean> {
  const { span, segment, isOther } = asked;
  const filter = { key: "provider", value: segment } as const;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const logged = await newestRows(api, gateway, signal, { span, filter, page });
    if (!logged.success || logged.data.rows.some(isOther)) return false;
    const { rows, count } = logged.data;
    if (count === null ? rows.length < PER_PAGE : page * PER_PAGE >= count) return true;
  }
  return false;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
