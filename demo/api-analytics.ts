/** Cloudflare's GraphQL API, as far as it counts the requests of gateways. */
import { z } from "zod";
import type { AccountState, DemoApiToken, DemoLogRow } from "./account-state";
import {
  DIMENSIONS,
  SUMS,
  type AnalyticsSums,
  type Dimension,
  type Row,
} from "./api-analytics-members";
import { compared } from "./api-logs";
import { may } from "./api-tokens";
import { GraphqlSyntaxError, parseQuery, type GraphqlField } from "./graphql-query";

export interface AnalyticsOptions {
  readonly sums: AnalyticsSums;
  /** How late a request is counted, in ms. */
  readonly delayMs: number;
}

const RETENTION_SECONDS = 62 * 86_400;
const LONGEST_SECONDS = 32 * 86_400;

const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});

/** Fails a whole query. At Cloudflare, one unknown member is enough. */
class QueryError extends Error {
  override readonly name = "QueryError";
}

/** Answers a query. A failure has status 200 and `errors`, as at Cloudflare. */
export function analytics(
  body: string,
  token: DemoApiToken,
  rowsOf: (accountId: string) => readonly DemoLogRow[],
  { state, options }: { readonly state: AccountState; readonly options: AnalyticsOptions },
): Response {
  try {
    const { query, variables } = requestSchema.parse(JSON.parse(body));
    const data: Record<string, unknown> = {};
    for (const field of parseQuery(query, variables)) {
      if (field.name === "viewer") data[field.alias] = viewer(field);
      else if (field.name === "__type") data[field.alias] = typeOf(field, options.sums);
      else throw new QueryError(`unknown field "${field.name}"`);
    }
    return Response.json({ data, errors: null });
  } catch (error) {
    const isExpected =
      error instanceof QueryError ||
      error instanceof GraphqlSyntaxError ||
      error instanceof SyntaxError ||
      error instanceof z.ZodError;
    if (!isExpected) throw error;
    const message = error instanceof z.ZodError ? "invalid request" : error.message;
    const extensions = { timestamp: new Date(state.now()).toISOString() };
    return Response.json({ data: null, errors: [{ message, path: null, extensions }] });
  }

  function viewer(field: GraphqlField): unknown {
    return members(field, (inner) => {
      if (inner.name !== "accounts") throw new QueryError(`unknown field "${inner.name}"`);
      const accountId = z.object({ accountTag: z.string() }).safeParse(inner.arguments["filter"]);
      const tag = accountId.data?.accountTag ?? "";
      if (!token.accounts.includes(tag) || !may(token, ["Account Analytics Read"])) {
        throw new QueryError("not authorized for that account");
      }
      return [members(inner, (set) => dataset(set, tag))];
    });
  }

  function dataset(field: GraphqlField, accountId: string): unknown {
    if (field.name === "settings") return members(field, (set) => settings(set, options.sums));
    if (field.name !== "aiGatewayRequestsAdaptiveGroups") {
      throw new QueryError(`unknown field "${field.name}"`);
    }
    const until = state.now() - options.delayMs;
    const rows = rowsOf(accountId).filter(({ createdAt }) => createdAt <= until);
    return grouped(rows, field, SUMS[options.sums]);
  }
}

function members(
  field: GraphqlField,
  value: (inner: GraphqlField) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(field.fields.map((inner) => [inner.alias, value(inner)]));
}

function settings(field: GraphqlField, sums: AnalyticsSums): unknown {
  const known: Readonly<Record<string, unknown>> = {
    enabled: true,
    availableFields: [
      "count",
      ...[...SUMS[sums].keys()].map((name) => `sum_${name}`),
      ...[...DIMENSIONS.keys()].map((name) => `dimensions_${name}`),
    ],
    maxDuration: LONGEST_SECONDS,
    notOlderThan: RETENTION_SECONDS,
    maxNumberOfFields: 30,
    maxPageSize: 10_000,
  };
  return members(field, ({ name }) => {
    if (!Object.hasOwn(known, name)) throw new QueryError(`unknown field "${name}"`);
    return known[name];
  });
}

function typeOf(field: GraphqlField, sums: AnalyticsSums): unknown {
  const prefix = "AccountAiGatewayRequestsAdaptiveGroups";
  const names =
    field.arguments["name"] === `${prefix}Sum`
      ? [...SUMS[sums].keys()]
      : field.arguments["name"] === `${prefix}Dimensions`
        ? [...DIMENSIONS.keys()]
        : null;
  return names === null ? null : { fields: names.map((name) => ({ name })) };
}

function grouped(
  rows: readonly Row[],
  field: GraphqlField,
  sums: ReadonlyMap<string, (row: Row) => number>,
): readonly unknown[] {
  const filter = z.record(z.string(), z.unknown()).parse(field.arguments["filter"] ?? {});
  checkWindow(filter);
  checkFields(field, sums);
  const kept = rows.filter((row) =>
    Object.entries(filter).every(([name, wanted]) => isKept(row, name, wanted)),
  );
  const dimensions = field.fields.find(({ name }) => name === "dimensions")?.fields ?? [];
  const groups = new Map<string, Row[]>();
  for (const row of kept) {
    const key = JSON.stringify(dimensions.map(({ name }) => dimension(name)(row)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const [order = "count", direction = "DESC"] = orderOf(field);
  const sign = direction === "DESC" ? -1 : 1;
  const rank = (group: readonly Row[]) => {
    const [first] = group;
    return String(order === "count" || !first ? group.length : dimension(order)(first));
  };
  const shown = [...groups.values()]
    .toSorted((one, other) => sign * compared(rank(one), rank(other)))
    .slice(0, z.number().catch(10).parse(field.arguments["limit"]));
  return shown.map((group) =>
    members(field, (inner) => {
      const [first] = group;
      if (inner.name === "count") return group.length;
      if (inner.name === "dimensions") {
        return members(inner, ({ name }) => (first ? dimension(name)(first) : null));
      }
      return members(inner, ({ name }) =>
        group.reduce((total, row) => total + (sums.get(name)?.(row) ?? 0), 0),
      );
    }),
  );
}

/** One unknown member fails the query even if no request matches. */
function checkFields(field: GraphqlField, sums: ReadonlyMap<string, unknown>): void {
  for (const { name, fields } of field.fields) {
    const known: Pick<ReadonlyMap<string, unknown>, "has"> | null =
      name === "sum" ? sums : name === "dimensions" ? DIMENSIONS : null;
    if (known === null && name !== "count") throw new QueryError(`unknown field "${name}"`);
    const unknown = fields.find((inner) => known?.has(inner.name) !== true);
    if (unknown) throw new QueryError(`unknown field "${unknown.name}"`);
  }
}

/** The member and the direction of `orderBy: [count_DESC]`. */
function orderOf(field: GraphqlField): readonly string[] {
  const [order = ""] = z.array(z.string()).catch([]).parse(field.arguments["orderBy"]);
  return /^(.+)_(ASC|DESC)$/.exec(order)?.slice(1) ?? [];
}

function checkWindow(filter: Readonly<Record<string, unknown>>): void {
  const from = filter["datetime_geq"] ?? filter["datetime_gt"];
  const to = filter["datetime_leq"] ?? filter["datetime_lt"];
  if (typeof from !== "string" || typeof to !== "string") return;
  if (Date.parse(to) - Date.parse(from) > LONGEST_SECONDS * 1000) {
    throw new QueryError(`cannot request a time range wider than ${LONGEST_SECONDS}s`);
  }
}

function isKept(row: Row, name: string, wanted: unknown): boolean {
  const [, field = "", operator = "eq"] =
    /^(.+?)(?:_(geq|leq|gt|lt|in|neq|like|notlike))?$/.exec(name) ?? [];
  const actual = String(field === "datetime" ? row.createdAt : dimension(field)(row));
  const others = (Array.isArray(wanted) ? wanted : [wanted]).map((value: unknown) =>
    field === "datetime" ? String(Date.parse(String(value))) : String(value),
  );
  const [other = ""] = others;
  switch (operator) {
    case "in":
    case "eq":
      return others.includes(actual);
    case "neq":
      return actual !== other;
    case "like":
      return isLike(actual, other);
    case "notlike":
      return !isLike(actual, other);
    case "geq":
      return compared(actual, other) >= 0;
    case "leq":
      return compared(actual, other) <= 0;
    case "gt":
      return compared(actual, other) > 0;
    default:
      return compared(actual, other) < 0;
  }
}

/** `%` in the pattern matches any text. */
function isLike(actual: string, pattern: string): boolean {
  const source = pattern.split("%").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "s").test(actual);
}

function dimension(name: string): Dimension {
  const found = DIMENSIONS.get(name);
  if (!found) throw new QueryError(`unknown field "${name}"`);
  return found;
}
