/** Turns an answer of Cloudflare's API into its result, or into an error in words. */
import { failure, type Failure } from "../../shared/errors";
import type { AccountPermission } from "../../shared/account";
import { success, type Result } from "../../shared/result";
import type { Redact } from "../text/redact";
import type { ApiAnswer } from "./api-client";
import type { ApiSchemas, Row } from "./api-schemas";
import { apiText } from "./api-text";

/** The subject of a request, so that its refusal can be explained. */
export interface Asked {
  /** The permission that it needs; null if any token may ask. */
  readonly permission: AccountPermission | null;
  readonly accountId: string | null;
  /** The object in a few words: “gateway “x””. */
  readonly what: string;
  /** Maps Cloudflare's name of an input to the member of the panel's call. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The schemas of answers, and the redaction of texts in them. */
export interface Reading {
  readonly schemas: ApiSchemas;
  /** Removes secrets from Cloudflare's texts. */
  readonly redact: Redact;
}

type ApiError = Row<"error">;

export interface ApiResult {
  readonly result: unknown;
  /** How many pages and rows there are, if Cloudflare says so. */
  readonly pages: number | null;
  readonly count: number | null;
}

/**
 * The result of an answer. It is a failure if it has an error status, or `success: false`, or both.
 */
export function apiResult(
  answer: ApiAnswer,
  asked: Asked,
  { schemas, redact }: Reading,
): Result<ApiResult> {
  const envelope = schemas.envelope.safeParse(parseJson(answer.text));
  if (answer.status < 400 && envelope.success && envelope.data.success === true) {
    const { result, result_info: info } = envelope.data;
    return success({
      result,
      pages: info?.total_pages ?? null,
      count: info?.total_count ?? null,
    });
  }
  return refusal(answer, envelope.success ? envelope.data : null, asked, redact);
}

/** The failure of an answer with an error status, for bodies that have no envelope. */
export function apiRefusal(answer: ApiAnswer, asked: Asked, { schemas, redact }: Reading): Failure {
  const envelope = schemas.envelope.safeParse(parseJson(answer.text));
  return refusal(answer, envelope.success ? envelope.data : null, asked, redact);
}

function refusal(
  { status, retryAfter }: ApiAnswer,
  envelope: Row<"envelope"> | null,
  asked: Asked,
  redact: Redact,
): Failure {
  if (status === 429) return failure("api_rate_limited", { seconds: secondsOf(retryAfter) });
  const [error] = envelope?.errors ?? [];
  const known = error && knownError(error, asked, redact);
  if (known) return known;
  if (status >= 500) return failure("api_failed", { status });
  if (envelope === null || envelope.cloudflare_error === true) {
    return status === 401 || status === 403
      ? failure("api_edge_refused", { status })
      : failure("api_answer_unreadable", { status });
  }
  if (status === 401 || status === 403) return withoutPermission(asked);
  if (status === 404) return failure("api_not_found", { what: asked.what });
  if (error === undefined && status < 400 && envelope.success === undefined) {
    return failure("api_answer_unreadable", { status });
  }
  return failure("api_refused", { status, said: saidOf(error, redact) });
}

/** The failure for Cloudflare's error code, which counts whatever the status is. */
function knownError(error: ApiError, asked: Asked, redact: Redact): Failure | null {
  const codes = [error.code, ...(error.error_chain ?? []).map(({ code }) => code)];
  for (const code of codes) {
    switch (code) {
      case 6003:
      case 6111:
        return failure("api_token_invalid", { what: "Cloudflare could not read the token." });
      case 1000:
        return failure("api_token_unknown");
      case 9106:
      case 9109:
      case 10000:
        return withoutPermission(asked);
      case 7001:
        return inputRefused(error, asked, redact);
      case 7002:
        return failure("api_not_found", { what: asked.what });
      case 7000:
      case 7003:
        return failure("api_no_route");
      case 1010:
        return failure("api_edge_refused", { status: 403 });
      case undefined:
      default:
        break;
    }
  }
  return error.path === undefined ? null : inputRefused(error, asked, redact);
}

function withoutPermission({ permission, accountId }: Asked): Failure {
  return failure("api_permission_missing", { permission, account: accountId });
}

function inputRefused(error: ApiError, { fields = {} }: Asked, redact: Redact): Failure {
  const named = [...(error.path ?? []), ...(error.source?.pointer.split("/") ?? [])];
  const field = named
    .map((name) => (typeof name === "string" && Object.hasOwn(fields, name) ? fields[name] : null))
    .find((name) => typeof name === "string");
  const refused = failure("api_input_refused", { said: saidOf(error, redact) });
  return field === undefined || field === null
    ? refused
    : { ...refused, error: { ...refused.error, field } };
}

function saidOf(error: ApiError | undefined, redact: Redact): string | null {
  const said = apiText(error?.message ?? "", redact);
  return said === "" ? null : said.replace(/\.$/, "");
}

/** The longest wait that is named, in seconds. */
const LONGEST_WAIT = 3600;

function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d{1,6}$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 1), LONGEST_WAIT);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
