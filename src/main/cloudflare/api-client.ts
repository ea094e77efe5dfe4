/** The only file that calls Cloudflare's account API: one request, one answer of at most 1 MiB. */
import { failure } from "../../shared/errors";
import { checksCertificates } from "../../shared/certificate-check";
import { success, type Result } from "../../shared/result";
import { openHttpClient, type HttpClient } from "../network/http-client";
import type { Log } from "../text/log";
import { unreachable } from "./unreachable";

const BASE = "https://api.cloudflare.com/client/v4";

/** In bytes. */
const ANSWER_LIMIT = 1024 * 1024;

const TIME_LIMIT_MS = 15_000;

/** More than the panel ever sends, so that a page cannot use up the account's limit. */
const MOST_RUNNING = 40;

/** A step of a path: IDs, names and host names. */
const STEP = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}$/;

export interface ApiRequest {
  readonly token: string;
  readonly method?: "GET" | "POST";
  /** The steps of the path after `/client/v4`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** An answer of any status. */
export interface ApiAnswer {
  readonly status: number;
  /** The value of `retry-after`. */
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface ApiClient {
  /**
   * Sends one request. It retries nothing and follows no redirect. Every complete answer is a success.
   * Fails with `api_tls_unchecked` before anything is sent, with `api_rate_limited` while too many
   * requests are running, and with `api_unreachable`, `api_timeout`, `api_redirected` or
   * `api_answer_too_large`.
   */
  readonly send: (request: ApiRequest) => Promise<Result<ApiAnswer>>;
  /** Aborts running requests. */
  readonly close: () => Promise<void>;
}

export interface ApiClientOptions {
  /** The proxies and extra certificates, as for models. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Default: 15 seconds. */
  readonly timeLimitMs?: number;
}

/** Opens the client. Nothing is connected before the first request. */
export function openApiClient({
  env,
  log,
  timeLimitMs = TIME_LIMIT_MS,
}: ApiClientOptions): ApiClient {
  let opened: Promise<HttpClient> | null = null;
  let running = 0;
  const closed = new AbortController();

  return {
    send: async (request) => {
      if (!checksCertificates(env)) return failure("api_tls_unchecked");
      if (closed.signal.aborted) return failure("closed");
      const url = urlOf(request);
      if (!url.success) return url;
      if (running >= MOST_RUNNING) return failure("api_rate_limited", { seconds: 1 });
      running += 1;
      const timeout = AbortSignal.timeout(timeLimitMs);
      const signals = [timeout, closed.signal, ...(request.signal ? [request.signal] : [])];
      const signal = AbortSignal.any(signals);
      try {
        opened ??= openHttpClient({ env, log, responseLimit: ANSWER_LIMIT });
        const client = await opened;
        const response = await client.fetch(url.data, {
          method: request.method ?? "GET",
          headers: {
            authorization: `Bearer ${request.token}`,
            accept: "application/json",
            ...(request.body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          redirect: "error",
          signal,
        });
        const text = await readAnswer(response);
        if (text === null) return failure("api_answer_too_large");
        const retryAfter = response.headers.get("retry-after");
        return success({ status: response.status, retryAfter, text });
      } catch (error) {
        if (closed.signal.aborted || request.signal?.aborted) return failure("cancelled");
        if (timeout.aborted) return failure("api_timeout", { seconds: timeLimitMs / 1000 });
        return unreachable(error);
      } finally {
        running -= 1;
      }
    },
    close: async () => {
      closed.abort();
      await (await opened)?.close();
    },
  };
}

function urlOf({ path, query = {} }: ApiRequest): Result<string> {
  if (!path.every((step) => STEP.test(step))) return failure("api_no_route");
  const url = new URL(`${BASE}/${path.map(encodeURIComponent).join("/")}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return success(url.href);
}

/** The decoded text, or null when it is too large. */
export async function readAnswer(response: Response): Promise<string | null> {
  const length = Number(response.headers.get("content-length") ?? 0);
  if (length > ANSWER_LIMIT) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest. Compressed answers grow here.
    if (bytes > ANSWER_LIMIT) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
