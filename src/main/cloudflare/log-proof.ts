/** Finds a test in the gateway's own log, which confirms the route independently. */
import { setTimeout as wait } from "node:timers/promises";

import type { LogProof, LogRow } from "../../shared/account";
import { failure, type Failure } from "../../shared/errors";
import { KNOWN_SEGMENTS } from "../../shared/segments";
import { success, type Result } from "../../shared/result";
import { asksOfGateway } from "./account-calls";
import type { Api } from "./api";
import type { Row } from "./api-schemas";
import { countWords, moneyWords } from "./figures";
import { readSettings } from "./gateway-calls";
import { metadataOf, numbersOf } from "./log-rows";
import type { PacedCall } from "./pace";
import type { SentTest } from "./sent-tests";

/** Cloudflare's old and new log IDs. Others are never sent. */
const LOG_ID = /^[A-Za-z0-9-]{1,64}$/;

/** Waits before each attempt, in milliseconds: a row appears some seconds after its response. */
export const LOG_PAUSES_MS: readonly number[] = [1000, 2000, 4000, 8000];

/** How far the clocks of this computer and of Cloudflare may differ. */
const CLOCK_MS = 120_000;

export function isLogId(text: string): boolean {
  return LOG_ID.test(text);
}

/** Fails with an error of the API; every other outcome is a proof with its state. */
export async function proveByLog(
  api: Api,
  test: SentTest,
  logId: string,
  options: {
    readonly pausesMs: readonly number[];
    readonly paced: PacedCall;
    readonly signal: AbortSignal;
  },
): Promise<Result<LogProof>> {
  const { pausesMs, paced, signal } = options;
  if (test.isUnlogged) {
    return success(
      without("logs_off", "The header cf-aig-collect-log: false keeps this test out of the log."),
    );
  }
  for (const [attempt, pause] of pausesMs.entries()) {
    // The time since the test ended counts as the first wait.
    const rest = attempt === 0 ? pause - (Date.now() - test.endedAt) : pause;
    if (!(await waited(rest, signal))) return failure("account_not_connected");
    const call = asksOfGateway(test.gateway, "logs", logId);
    const found = await paced(() => api.object({ ...call, signal }, api.schemas.logRow), signal);
    if (found.success) return success(judged(api, found.data, test));
    if (found.error.code !== "api_not_found") return found;
    if (attempt > 0) continue;
    const settings = await paced(() => readSettings(api, test.gateway, signal), signal);
    if (isStopped(settings)) return settings;
    if (settings.success && settings.data.collectsLogs === false) {
      const message = "The gateway keeps no logs, so this test cannot be confirmed there.";
      return success(without("logs_off", message));
    }
  }
  const listed = await paced(() => firstRow(api, test, signal), signal);
  return isStopped(listed) ? listed : success(explained(listed));
}

/** Another call after a rate limit would only prolong it. */
function isStopped(result: Result<unknown>): result is Failure {
  return !result.success && result.error.code === "api_rate_limited";
}

function firstRow(api: Api, test: SentTest, signal: AbortSignal) {
  const call = { ...asksOfGateway(test.gateway, "logs"), query: { page: 1, per_page: 1 }, signal };
  return api.page(call, api.schemas.anything);
}

/** An account whose log is empty may keep it elsewhere. */
function explained(listed: Result<{ readonly rows: readonly unknown[] }>): LogProof {
  if (listed.success && listed.data.rows.length === 0) {
    const message =
      "The gateway's log is empty. Newer accounts keep it in Workers Observability, where this test can be.";
    return without("logs_elsewhere", message);
  }
  const message = "The row of this test was not in the gateway's log in time. It can come later.";
  return without("not_found", message);
}

function without(state: LogProof["state"], message: string): LogProof {
  return { state, row: null, differences: [], message };
}

function judged(api: Api, row: Row<"logRow">, test: SentTest): LogProof {
  const numbers = numbersOf(row);
  const at = Date.parse(row.created_at ?? "");
  const isInTime = at >= test.startedAt - CLOCK_MS && at <= test.endedAt + CLOCK_MS;
  if (metadataOf(row).get("nonce") !== test.nonce || !isInTime) {
    const message =
      "The row with this log ID does not have the mark and time of this test, so it proves nothing.";
    return { state: "other_request", row: numbers, differences: [], message };
  }
  const differences = differencesOf(api, row, numbers, test);
  const domain =
    test.gateway.host === undefined
      ? ""
      : ` This does not prove the domain ${test.gateway.host}, because a relay would leave the same row.`;
  return {
    state: "confirmed",
    row: numbers,
    differences,
    message: `Cloudflare's log has this request: ${factsOf(numbers).join(", ")}.${domain}`,
  };
}

function differencesOf(
  api: Api,
  row: Row<"logRow">,
  { status, tokens, isCached, durationMs }: LogRow,
  test: SentTest,
): readonly string[] {
  const differences: string[] = [];
  if (test.status !== null && status !== null && status !== test.status) {
    differences.push(`Cloudflare logged status ${status}, but the response had ${test.status}.`);
  } else if (test.status !== null && row.success === test.status >= 400) {
    // A row can have no status.
    const logged = row.success ? "a success" : "a failure";
    differences.push(`Cloudflare logged ${logged}, but the response had status ${test.status}.`);
  }
  for (const kind of ["input", "output"] as const) {
    const [logged, seen] = [tokens[kind], test.tokens?.[kind] ?? null];
    if (logged !== null && seen !== null && logged !== seen) {
      const named = kind === "input" ? "input" : "output";
      differences.push(
        `Cloudflare counted ${countWords(logged, `${named} token`)}, but the response ${seen.toLocaleString("en-US")}.`,
      );
    }
  }
  if (isCached === true) {
    differences.push(
      "Cloudflare answered from its cache, although the test asked for a new response.",
    );
  }
  const total = test.endedAt - test.startedAt;
  if (durationMs !== null && durationMs > total + 1000) {
    differences.push(
      `Cloudflare logged ${durationMs.toLocaleString("en-US")} ms, but the whole test took ${Math.round(total).toLocaleString("en-US")} ms.`,
    );
  }
  const { provider } = row;
  const areKnown = KNOWN_SEGMENTS.has(provider ?? "") && KNOWN_SEGMENTS.has(test.segment ?? "");
  if (areKnown && provider !== test.segment) {
    differences.push(
      `Cloudflare logged the provider “${api.shown(provider ?? "")}”, but “${test.segment}” was called.`,
    );
  }
  return differences;
}

function factsOf({
  status,
  durationMs,
  tokens,
  cost,
  isCached,
  paidWith,
}: LogRow): readonly string[] {
  const { input, output } = tokens;
  const payers = {
    own_key: "paid with your key",
    stored_key: "paid with a stored key",
    unified_billing: "paid through Cloudflare",
  };
  const facts = [
    status === null ? null : `status ${status}`,
    durationMs === null
      ? null
      : `${Math.round(durationMs).toLocaleString("en-US")} ms at the provider`,
    input === null && output === null ? null : `${input ?? "?"} + ${output ?? "?"} tokens`,
    cost === null ? null : moneyWords(cost),
    isCached === null ? null : isCached ? "from the cache" : "not from the cache",
    paidWith === null ? null : payers[paidWith],
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? ["a row without details"] : facts;
}

async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(Math.max(ms, 0), undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
