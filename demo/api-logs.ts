/** The log of a gateway as Cloudflare's API shows it: rows, filters and order. */
import { z } from "zod";
import type { DemoLogRow } from "./account-state";
import { inputError, paged, refused, result } from "./api-answers";

/** Rows on one page, at most; the API refuses more. */
const LARGEST_PAGE = 50;
/** Characters of a body that the row itself shows. */
const HEAD = 512;

/** A row as the list shows it. */
export function shownRow(row: DemoLogRow) {
  return {
    id: row.id,
    event_id: row.id,
    created_at: new Date(row.createdAt).toISOString(),
    provider: row.provider,
    model: row.model ?? "",
    model_type: "",
    path: row.path,
    success: row.success,
    cached: row.cached,
    duration: row.durationMs,
    tokens_in: row.tokensIn,
    tokens_out: row.tokensOut,
    cost: row.cost,
    custom_cost: false,
    status_code: row.status,
    step: 0,
    request_type: "chat",
    request_content_type: "application/json",
    response_content_type: "text/event-stream",
    authentication: true,
    wholesale: false,
    byok: false,
    user_agent: row.userAgent ?? "",
    feedback: null,
    score: null,
    location: { region: "WEUR", colo: "AMS" },
    timings: { total: row.durationMs, latency: Math.round(row.durationMs / 3) },
    usage_metadata: {},
    ...(row.metadata === null ? {} : { metadata: row.metadata }),
    request: "",
    response: "",
  };
}

/** One row, with the beginning of both bodies. */
export function shownRowAlone(row: DemoLogRow): Response {
  return result({
    ...shownRow(row),
    ...head("request", row.request ?? ""),
    ...head("response", row.response ?? ""),
  });
}

function head(name: "request" | "response", body: string) {
  return {
    [`${name}_head`]: body.slice(0, HEAD),
    [`${name}_head_complete`]: body.length <= HEAD,
    [`${name}_size`]: Buffer.byteLength(body),
  };
}

const filterSchema = z.object({
  key: z.string(),
  operator: z.enum(["eq", "neq", "contains", "lt", "gt"]),
  value: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
type Filter = z.infer<typeof filterSchema>;

const ORDERS = ["created_at", "provider", "model", "model_type", "success", "cached"] as const;
const isOrder = z.enum(ORDERS);

/** A page of rows, filtered and ordered by the query. */
export function listedRows(rows: readonly DemoLogRow[], query: URLSearchParams): Response {
  const filters = z.array(filterSchema).safeParse(filtersOf(query));
  if (!filters.success) return refused(inputError(["query", "filters"], "Invalid input"));
  const order = isOrder.safeParse(query.get("order_by") ?? "created_at");
  if (!order.success) return refused(inputError(["query", "order_by"], "Invalid option"));
  for (const name of ["start_date", "end_date"] as const) {
    if (Number.isNaN(timeOf(query, name) ?? 0)) {
      return refused(inputError(["query", name], "Invalid datetime"));
    }
  }
  const from = timeOf(query, "start_date") ?? -Infinity;
  const to = timeOf(query, "end_date") ?? Infinity;
  const search = query.get("search") ?? "";
  const kept = rows
    .filter(({ createdAt }) => createdAt >= from && createdAt <= to)
    .map(shownRow)
    .filter((row) => filters.data.every((filter) => isMatch(row, filter)))
    .filter((row) => `${row.id} ${row.provider} ${row.model} ${row.path}`.includes(search));
  const ascending = query.get("order_by_direction") === "asc" ? 1 : -1;
  const value = (row: (typeof kept)[number]) => `${String(row[order.data])} ${row.created_at}`;
  const ordered = kept.toSorted(
    (one, other) =>
      ascending * (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : 0),
  );
  return paged(ordered, query, LARGEST_PAGE);
}

function timeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  return text === null ? null : Date.parse(text);
}

/** Filters as JSON, or as members: `filters[0][key]=…&filters[0][value][]=…`. */
function filtersOf(query: URLSearchParams): unknown {
  const json = query.get("filters");
  if (json !== null) return parsed(json);
  const filters = new Map<string, { key?: string; operator?: string; value: string[] }>();
  for (const [name, text] of query) {
    const match = /^filters\[(\d+)\]\[(key|operator|value)\](?:\[\d*\])?$/.exec(name);
    if (!match) continue;
    const [, index = "", member] = match;
    const filter = filters.get(index) ?? { value: [] };
    if (member === "value") filter.value.push(text);
    else if (member === "key") filter.key = text;
    else filter.operator = text;
    filters.set(index, filter);
  }
  return [...filters.values()];
}

/** The value of a JSON text. Invalid JSON becomes null, which no schema accepts. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isMatch(row: ReturnType<typeof shownRow>, { key, operator, value }: Filter): boolean {
  const actual = valuesOf(row, key);
  const some = (test: (actual: string, wanted: string) => boolean) =>
    actual.some((one) => value.some((wanted) => test(one, String(wanted))));
  switch (operator) {
    case "eq":
      return some((one, wanted) => one === wanted);
    case "neq":
      return !some((one, wanted) => one === wanted);
    case "contains":
      return some((one, wanted) => one.includes(wanted));
    case "lt":
      return some((one, wanted) => compared(one, wanted) < 0);
    case "gt":
      return some((one, wanted) => compared(one, wanted) > 0);
    default:
      return operator satisfies never;
  }
}

/** Orders texts, as numbers if both are. */
export function compared(one: string, other: string): number {
  const numbers = [Number(one), Number(other)] as const;
  if (numbers.every((number) => !Number.isNaN(number))) return numbers[0] - numbers[1];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The text forms of a member's values; none for an unknown member. */
function valuesOf(row: ReturnType<typeof shownRow>, key: string): readonly string[] {
  if (key === "metadata.key") return Object.keys(metadataOf(row.metadata));
  const values: readonly unknown[] =
    key === "metadata.value"
      ? Object.values(metadataOf(row.metadata))
      : key === "tokens"
        ? [(row.tokens_in ?? 0) + (row.tokens_out ?? 0)]
        : Object.entries(row).flatMap(([name, value]) => (name === key ? [value] : []));
  return values
    .filter((value) => value !== null)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
}

function metadataOf(text: string | undefined): object {
  const value = parsed(text ?? "null");
  return typeof value === "object" && value !== null ? value : {};
}
