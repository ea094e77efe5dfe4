/** The members by which Cloudflare's analytics group and count requests. */
import type { DemoLogRow } from "./account-state";

/** The two sets of sums that were seen at Cloudflare. */
export type AnalyticsSums = "documented" | "short";

export type Row = DemoLogRow;
export type Dimension = (row: Row) => string | number;
const HOUR = 3_600_000;

export const DIMENSIONS: ReadonlyMap<string, Dimension> = new Map<string, Dimension>([
  ["provider", (row) => row.provider],
  ["model", (row) => row.model ?? ""],
  ["gateway", (row) => row.gatewayName],
  ["cached", (row) => Number(row.cached)],
  ["error", (row) => Number(!row.success)],
  ["rateLimited", (row) => Number(row.status === 429)],
  ["statusCode", (row) => row.status],
  ["userAgent", (row) => row.userAgent ?? ""],
  ["wholesale", () => 0],
  ["metadataRaw", (row) => row.metadata ?? ""],
  ["datetimeMinute", (row) => floored(row, HOUR / 60)],
  ["datetimeFiveMinutes", (row) => floored(row, HOUR / 12)],
  ["datetimeHour", (row) => floored(row, HOUR)],
  ["date", (row) => new Date(row.createdAt).toISOString().slice(0, 10)],
  ["datetime", (row) => floored(row, 1000)],
]);

const SHARED_SUMS: readonly (readonly [string, (row: Row) => number])[] = [
  ["cost", (row) => row.cost],
  ["cachedRequests", (row) => Number(row.cached)],
  ["erroredRequests", (row) => Number(!row.success)],
];
const uncached = (count: number | null, row: Row) => (row.cached ? 0 : (count ?? 0));
const fromCache = (count: number | null, row: Row) => (row.cached ? (count ?? 0) : 0);
export const SUMS: Readonly<Record<AnalyticsSums, ReadonlyMap<string, (row: Row) => number>>> = {
  documented: new Map([
    ...SHARED_SUMS,
    ["uncachedTokensIn", (row) => uncached(row.tokensIn, row)],
    ["uncachedTokensOut", (row) => uncached(row.tokensOut, row)],
    ["cachedTokensIn", (row) => fromCache(row.tokensIn, row)],
    ["cachedTokensOut", (row) => fromCache(row.tokensOut, row)],
  ]),
  short: new Map([
    ...SHARED_SUMS,
    ["tokensIn", (row) => row.tokensIn ?? 0],
    ["tokensOut", (row) => row.tokensOut ?? 0],
  ]),
};

function floored({ createdAt }: Row, step: number): string {
  const time = new Date(Math.floor(createdAt / step) * step).toISOString();
  return time.replace(".000Z", "Z");
}
