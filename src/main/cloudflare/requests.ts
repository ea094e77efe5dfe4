/** The last requests in a gateway's log, with the diagnosis of those that failed. */
import type { LoggedRequest, RequestsInput, RequestsView } from "../../shared/account";
import type { GatewayKey } from "../../shared/gateways";
import type { Diagnosis } from "../../shared/report";
import { success, type Result } from "../../shared/result";
import { asksOfGateway } from "./account-calls";
import { PER_PAGE, type Api } from "./api";
import type { Row } from "./api-schemas";
import { readSettings } from "./gateway-calls";
import { newestRows } from "./log-list";
import { isLogId } from "./log-proof";
import { isFailed, isOwnTest, numbersOf } from "./log-rows";

/** A failed request as the log kept it. The body never leaves the main process. */
export interface LoggedFailure {
  readonly gateway: GatewayKey;
  /** Cloudflare's name of the provider. */
  readonly segment: string;
  readonly model: string | null;
  readonly status: number;
  readonly body: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

export interface RequestSources {
  /** Explains a failure without quoting it; null if it cannot. */
  readonly diagnose: (failure: LoggedFailure) => Promise<Diagnosis | null>;
  /** Whether this process sent a test with this nonce. */
  readonly hasNonce: (nonce: string) => boolean;
}

export async function readRequests(
  api: Api,
  { errorsFirst, ...gateway }: RequestsInput,
  sources: RequestSources,
  signal: AbortSignal,
): Promise<Result<RequestsView>> {
  const newest = await newestRows(api, gateway, signal);
  if (!newest.success) return newest;
  const failed = errorsFirst ? await failedRows(api, gateway, signal) : [];
  const rows = merged(failed, newest.data.rows, errorsFirst);
  const diagnoses = await diagnosesOf(api, gateway, rows, sources, signal);
  const requests = rows.map((row): LoggedRequest => {
    const model = row.model?.trim() ?? "";
    return Object.assign(numbersOf(row), {
      id: api.shown(row.id ?? ""),
      at: isoOf(row),
      segment: api.shown(row.provider ?? ""),
      model: model === "" ? null : api.shown(model),
      isError: isFailed(row),
      isOwnTest: isOwnTest(row, sources.hasNonce),
      diagnosis: diagnoses.get(row) ?? null,
    });
  });
  return success({
    requests,
    remark: requests.length === 0 ? await whyEmpty(api, gateway, signal) : null,
  });
}

/** The newest failures, which may be older than the newest rows; empty if they cannot be filtered. */
async function failedRows(
  api: Api,
  gateway: GatewayKey,
  signal: AbortSignal,
): Promise<readonly Row<"logRow">[]> {
  const filter = { key: "success", value: "false" } as const;
  const read = await newestRows(api, gateway, signal, { filter });
  return read.success ? read.data.rows.filter(isFailed) : [];
}

function merged(
  failed: readonly Row<"logRow">[],
  newest: readonly Row<"logRow">[],
  errorsFirst: boolean,
): readonly Row<"logRow">[] {
  const byId = new Map(
    [...failed, ...newest].map((row, index) => [row.id ?? String(index), row] as const),
  );
  const time = (row: Row<"logRow">) => Date.parse(row.created_at ?? "") || 0;
  const sorted = [...byId.values()].sort((a, b) => time(b) - time(a));
  const first = errorsFirst
    ? [...sorted.filter(isFailed), ...sorted.filter((row) => !isFailed(row))]
    : sorted;
  return first.slice(0, PER_PAGE);
}

/** Responses that are fetched at the same time. */
const AT_ONCE = 10;

/** Fetches the responses of failed rows alone, and never a request. */
async function diagnosesOf(
  api: Api,
  gateway: GatewayKey,
  rows: readonly Row<"logRow">[],
  { diagnose }: RequestSources,
  signal: AbortSignal,
): Promise<ReadonlyMap<Row<"logRow">, Diagnosis>> {
  const failed = rows.filter((row) => isFailed(row) && isLogId(row.id ?? ""));
  const found = new Map<Row<"logRow">, Diagnosis>();
  for (let start = 0; start < failed.length && !signal.aborted; start += AT_ONCE) {
    const isLimited = await Promise.all(
      failed.slice(start, start + AT_ONCE).map(async (row) => {
        const call = asksOfGateway(gateway, "logs", row.id ?? "", "response");
        const answer = await api.raw({ ...call, signal });
        if (!answer.success) return answer.error.code === "api_rate_limited";
        const diagnosis = await diagnose({
          gateway,
          segment: api.shown(row.provider ?? ""),
          model: row.model ? api.shown(row.model) : null,
          status: row.status_code ?? 0,
          body: answer.data.text,
          at: Date.parse(row.created_at ?? "") || 0,
        });
        if (diagnosis !== null) found.set(row, diagnosis);
        return false;
      }),
    );
    if (isLimited.includes(true)) break;
  }
  return found;
}

async function whyEmpty(api: Api, gateway: GatewayKey, signal: AbortSignal): Promise<string> {
  const settings = await readSettings(api, gateway, signal);
  return settings.success && settings.data.collectsLogs === false
    ? "The gateway keeps no logs. Switch logging on in the dashboard to see requests."
    : "The log is empty. Newer accounts keep it in Workers Observability, which the panel cannot read.";
}

function isoOf({ created_at: at }: Row<"logRow">): string | null {
  const time = Date.parse(at ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
