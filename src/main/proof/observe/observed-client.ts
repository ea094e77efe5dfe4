/** A fetch that records each request, its connection and its response. */
import { isIP } from "node:net";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../../shared/certificate-check";
import type { Log } from "../../text/log";
import { createResponse } from "../../network/create-response";
import type { ConnectionWatch } from "../../network/connection-watch";
import { openHttpClient, type HttpClient } from "../../network/http-client";
import { ResponseTooLongError } from "../../network/unpaused-responses";
import {
  NO_TIMES,
  type Exchange,
  type NetworkFailure,
  type ObservedTls,
  type Phase,
} from "./exchange";
import { keepResponse } from "./kept-response";

/**
 * The longest response that is read, in bytes: several times the longest that a probe can request. A
 * longer one is aborted before its end and is therefore never a success.
 */
const RESPONSE_LIMIT = 2 * 1024 * 1024;

/** How much is read before other work in the process can run, in bytes. */
const BYTES_BEFORE_YIELD = 32 * 1024;

export interface ObservedClient {
  readonly fetch: typeof globalThis.fetch;
  /** The recorded exchanges so far, in the order of the requests. */
  readonly exchanges: () => readonly Exchange[];
  /** Problems with the environment's certificates or proxies, one sentence each. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ObservedClientOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** The host's own fetch; its connection steps (DNS, TCP, TLS) cannot be observed. */
  readonly fetch?: typeof globalThis.fetch;
  /** The host declares that its own fetch checks certificates. */
  readonly tlsVerified?: boolean;
}

/**
 * Opens a client with new connections, so that their timings are real. It retries nothing. It is
 * meant for one request at a time: connection steps are recorded for the latest request.
 */
export async function openObservedClient(options: ObservedClientOptions): Promise<ObservedClient> {
  const recordings: Recording[] = [];
  const check = tlsCheckOf(options);
  const client: HttpClient = options.fetch
    ? {
        fetch: options.fetch,
        problems: check === "off" ? [CERTIFICATES_UNCHECKED] : [],
        trustsExtraCertificates: false,
        close: async () => undefined,
      }
    : await openHttpClient({
        env: options.env,
        log: options.log,
        // Counts compressed bytes; higher, so that the limit on decompressed bytes applies first.
        responseLimit: 2 * RESPONSE_LIMIT,
        watch: {
          onStart: (proxy) => recordings.at(-1)?.onStart(proxy),
          onStep: (...step) => recordings.at(-1)?.onStep(...step),
          onCertificate: (issuer) => recordings.at(-1)?.onCertificate(issuer),
        },
      });
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = request.body === null ? null : await request.text();
      const recording = startRecording(request, body ?? "", (issuer) => ({
        check,
        issuer: client.trustsExtraCertificates ? issuer : null,
      }));
      recordings.push(recording);
      try {
        const response = await client.fetch(request.url, {
          method: request.method,
          headers: request.headers,
          body,
          redirect: request.redirect,
          signal: request.signal,
        });
        return recording.onResponse(response);
      } catch (error) {
        recording.onFailure(error);
        throw error;
      }
    },
    exchanges: () => recordings.map((recording) => recording.exchange()),
    problems: client.problems,
    close: client.close,
  };
}

interface Recording extends ConnectionWatch {
  /** Records the response and returns a copy whose body is recorded while it is read. */
  readonly onResponse: (response: Response) => Response;
  readonly onFailure: (error: unknown) => void;
  readonly exchange: () => Exchange;
}

type Times = { -readonly [Step in keyof Exchange["at"]]: Exchange["at"][Step] };

function tlsCheckOf({ env, fetch, tlsVerified }: ObservedClientOptions): ObservedTls["check"] {
  if (!checksCertificates(env)) return "off";
  // Node's own fetch asks the process, whatever environment we were given.
  if (fetch !== undefined && !checksCertificates(process.env)) return "off";
  return fetch === undefined || tlsVerified === true ? "verified" : "unobserved";
}

function startRecording(
  request: Request,
  sentBody: string,
  tlsOf: (issuer: string | null) => ObservedTls,
): Recording {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const at: Times = { ...NO_TIMES };
  const response = keepResponse();
  const arrivals: { readonly at: number; readonly bytes: number }[] = [];
  let headBytes = 0;
  let issuer: string | null = null;
  let shownIssuer: string | null = null;
  let observed: Pick<Exchange, "url" | "proxy" | "address" | "status" | "headers" | "failure"> = {
    url: request.url,
    proxy: null,
    address: null,
    status: null,
    headers: [],
    failure: null,
  };

  const onChunk = (chunk: Uint8Array): void => {
    const part = response.add(chunk);
    if (part === 0) return;
    headBytes += part;
    arrivals.push({ at: elapsed(), bytes: headBytes });
  };
  const onFailure = (error: unknown): void => {
    observed = {
      ...observed,
      failure: describeFailure(error, phaseOf(at, observed.proxy, request.url)),
    };
  };

  return {
    onStart: (proxy) => {
      at.connect = elapsed();
      observed = { ...observed, proxy };
    },
    onStep: (step, address, issuedBy = null) => {
      at[step] = elapsed();
      issuer = issuedBy ?? issuer;
      observed = { ...observed, address: address ?? observed.address };
    },
    onCertificate: (of) => {
      shownIssuer = of;
    },
    onResponse: (received) => {
      at.firstByte = elapsed();
      observed = {
        ...observed,
        // A host's own fetch may return any value.
        url: URL.canParse(received.url) ? received.url : observed.url,
        status: received.status,
        headers: [...received.headers],
      };
      const onEnd = () => {
        at.lastByte = elapsed();
      };
      return recordBody(received, { onChunk, onEnd, onFailure });
    },
    onFailure,
    exchange: () => ({
      ...observed,
      method: request.method,
      host: new URL(observed.url).host,
      sentHeaders: [...request.headers],
      sentBody,
      body: response.head(),
      bodyCut: response.isCut(),
      text: response.whole(),
      tls: {
        ...tlsOf(issuer),
        rejectedIssuer: observed.failure?.phase === "tls" ? shownIssuer : null,
      },
      complete: at.lastByte !== null,
      at: { ...at },
      arrivals: [...arrivals],
    }),
  };
}

interface BodyWatch {
  readonly onChunk: (chunk: Uint8Array) => void;
  readonly onEnd: () => void;
  readonly onFailure: (error: unknown) => void;
}

function recordBody(response: Response, watch: BodyWatch): Response {
  if (response.body === null) {
    watch.onEnd();
    return response;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  let bytes = 0;
  let bytesSinceYield = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          watch.onEnd();
          controller.close();
          return;
        }
        bytes += value.length;
        bytesSinceYield += value.length;
        watch.onChunk(value);
        if (bytes > RESPONSE_LIMIT) throw new ResponseTooLongError(RESPONSE_LIMIT);
        if (bytesSinceYield > BYTES_BEFORE_YIELD) {
          // Buffered data is read in microtasks, which would keep timers from running.
          await yieldToEventLoop();
          bytesSinceYield = 0;
        }
        controller.enqueue(value);
      } catch (error) {
        watch.onFailure(error);
        controller.error(error);
        // The rest of the response is not needed after any error.
        await reader.cancel(error).catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return createResponse(body, response);
}

function phaseOf(at: Times, proxy: string | null, url: string): Phase {
  if (at.firstByte !== null) return "body";
  // A reused connection, or one of the host's own fetch, has no observed steps.
  if (at.connect === null) return "response";
  if (at.tls !== null) return "response";
  if (at.tcp !== null) {
    if (proxy !== null && at.tunnel === null) return "tunnel";
    return url.startsWith("https:") ? "tls" : "response";
  }
  return at.dns === null && isIP(hostWithoutPort(proxy ?? new URL(url).host)) === 0 ? "dns" : "tcp";
}

function hostWithoutPort(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}

function describeFailure(error: unknown, phase: Phase): NetworkFailure {
  const codes: string[] = [];
  const messages: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (!(value instanceof Error) || depth > 5) return;
    if ("code" in value && typeof value.code === "string") codes.push(value.code);
    messages.push(value.message === "" ? value.name : value.message);
    visit(value.cause, depth + 1);
    if (value instanceof AggregateError) for (const each of value.errors) visit(each, depth + 1);
  };
  visit(error, 0);
  return { phase, codes, messages };
}
