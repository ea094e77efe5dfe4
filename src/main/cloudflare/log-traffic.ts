/** Counts traffic by the log, which is seconds late, but only in the newest rows. */
import { success, type Result } from "../../shared/result";
import type { GatewayKey } from "../../shared/gateways";
import type { Api } from "./api";
import { rowsOfSpan, type LogSpan } from "./log-list";
import { isFailed, isOwnTest } from "./log-rows";
import type { Portion } from "./tally";

export interface LogTraffic {
  /** One portion per request, without the panel's own tests. */
  readonly portions: readonly Portion[];
  /** How many rows the window has, tests included. */
  readonly rows: number;
  /** How many of them were read. */
  readonly read: number;
}

export async function trafficByLog(
  api: Api,
  gateway: GatewayKey,
  span: LogSpan,
  hasNonce: (nonce: string) => boolean,
  signal: AbortSignal,
): Promise<Result<LogTraffic>> {
  const read = await rowsOfSpan(api, gateway, span, signal);
  if (!read.success) return read;
  const { rows, count } = read.data;
  const portions = rows
    .filter((row) => !isOwnTest(row, hasNonce))
    .map((row): Portion => {
      const at = Date.parse(row.created_at ?? "");
      return {
        segment: api.shown(row.provider ?? ""),
        at: Number.isNaN(at) ? null : at,
        requests: 1,
        errors: isFailed(row) ? 1 : 0,
        cached: row.cached === true ? 1 : 0,
        tokensIn: row.tokens_in ?? null,
        tokensOut: row.tokens_out ?? null,
        cost: row.cost ?? null,
      };
    });
  return success({ portions, rows: count ?? rows.length, read: rows.length });
}
