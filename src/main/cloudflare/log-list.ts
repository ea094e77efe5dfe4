/** Lists rows of a gateway's log. */
import { success, type Result } from "../../shared/result";
import type { GatewayKey } from "../../shared/gateways";
import { asksOfGateway } from "./account-calls";
import { PER_PAGE, type Api } from "./api";
import type { Row } from "./api-schemas";

export interface LogSpan {
  /** In milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** A condition, in Cloudflare's names (SDK, ai-gateway/logs). */
export interface LogFilter {
  readonly key: "provider" | "success";
  readonly value: string;
}

export interface Rows {
  readonly rows: readonly Row<"logRow">[];
  /** How many rows match in all; null if Cloudflare does not say. */
  readonly count: number | null;
}

/** One page of rows, newest first. `page` counts from 1. */
export async function newestRows(
  api: Api,
  gateway: GatewayKey,
  signal: AbortSignal,
  options: { readonly page?: number; readonly span?: LogSpan; readonly filter?: LogFilter } = {},
): Promise<Result<Rows>> {
  const { page = 1, span, filter } = options;
  const read = await api.page(
    {
      ...asksOfGateway(gateway, "logs"),
      query: {
        page,
        // Cloudflare refuses more.
        per_page: PER_PAGE,
        order_by: "created_at",
        order_by_direction: "desc",
        ...(span === undefined ? {} : { start_date: iso(span.from), end_date: iso(span.to) }),
        ...(filter === undefined
          ? {}
          : {
              "filters[0][key]": filter.key,
              "filters[0][operator]": "eq",
              "filters[0][value][]": filter.value,
            }),
      },
      signal,
    },
    api.schemas.logRow,
  );
  return read.success ? success({ rows: read.data.rows, count: read.data.count }) : read;
}

/** How many pages of a span are read. */
const MOST_PAGES = 10;

/** The newest 500 rows of a span. */
export async function rowsOfSpan(
  api: Api,
  gateway: GatewayKey,
  span: LogSpan,
  signal: AbortSignal,
): Promise<Result<Rows>> {
  const first = await newestRows(api, gateway, signal, { span });
  if (!first.success) return first;
  const { count } = first.data;
  const pages = Math.min(Math.ceil((count ?? 0) / PER_PAGE), MOST_PAGES);
  const numbers = Array.from({ length: Math.max(pages - 1, 0) }, (_, index) => index + 2);
  const others = await Promise.all(
    numbers.map((page) => newestRows(api, gateway, signal, { span, page })),
  );
  const rows = [first, ...others].flatMap((read) => (read.success ? read.data.rows : []));
  const refused = others.find((read) => !read.success);
  if (refused?.success === false) return refused;
  // Rows that arrive meanwhile move others to the next page.
  const byId = new Map(rows.map((row, index) => [row.id ?? String(index), row]));
  return success({ rows: [...byId.values()], count });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
