/** A fetch that writes down everything it sees on the wire. */
import { isIP } from "node:net";
import { setImmediate as othersTurn } from "node:timers/promises";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../../shared/certificate-check";
import type { Log } from "../../text/log";
import { anyResponse } from "../../network/any-response";
import type { ConnectionWatch } from "../../network/connection-watch";
import { openHttpClient, type HttpClient } from "../../network/http-client";
import { AnswerTooLongError } from "../../network/unpaused-answers";
import type { Exchange, NetworkFailure, ObservedTls, Phase } from "./exchange";
import { keepAnswer } from "./kept-answer";

/**
 * How much of an answer is read, in bytes: several times the longest that a test can ask for. A longer
 * one is broken off before its end is seen, so it is never a success.
 */
const ANSWER_LIMIT = 2 * 1024 * 1024;

/** How much of it is read before everything else in the process has its turn, in bytes. */
const ONE_GO = 32 * 1024;

export interface ObservedClient {
  readonly fetch: typeof globalThis.fetch;
  /** What has been seen up to now, in the order of the requests. */
  readonly exchanges: () => readonly Exchange[];
  /** What is wrong with the environment's certificates or proxies, one sentence each. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ObservedClientOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** A host's own fetch; what happens below it (name, connection, TLS) then cannot be seen. */
  readonly fetch?: typeof globalThis.fetch;
  /** The host says that its own fetch checks certificates. */
  readonly tlsVerified?: boolean;
}

/**
 * Opens a client with fresh connections, so that their times are real. It retries nothing. Meant for
 * one request at a time: a connection's steps are counted for the request that is under way.
 */
export async function openObservedClient(options: ObservedClientOptions): Promise<ObservedClient> {
  const records: Recording[] = [];
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
        // Compressed; a little more, so that the limit on what came out of it is reached first.
        answerLimit: 2 * ANSWER_LIMIT,
        watch: {
          started: (proxy) => records.at(-1)?.connecting(proxy),
          reached: (...step) => records.at(-1)?.reached(...step),
        },
      });
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = request.body === null ? null : await request.text();
      const record = startRecording(request, body ?? "", (issuer) => ({
        check,
        issuer: client.trustsExtraCertificates ? issuer : null,
      }));
      records.push(record);
      try {
        const response = await client.fetch(request.url, {
          method: request.method,
          headers: request.headers,
          body,
          redirect: request.redirect,
          signal: request.signal,
        });
        return record.answered(response);
      } catch (error) {
        record.failed(error);
        throw error;
      }
    },
    exchanges: () => records.map((record) => record.exchange()),
    problems: client.problems,
    close: client.close,
  };
}

interface Recording {
  readonly connecting: (proxy: string | null) => void;
  readonly reached: ConnectionWatch["reached"];
  /** Takes the answer down and gives it on, its body recorded while it streams through. */
  readonly answered: (response: Response) => Response;
  readonly failed: (error: unknown) => void;
  readonly exchange: () => Exchange;
}

type Times = { -readonly [Step in keyof Exchange["at"]]: Exchange["at"][Step] };

function tlsCheckOf({ env, fetch, tlsVerified }: ObservedClientOptions): ObservedTls["check"] {
  if (!checksCertificates(env)) return "off";
  return fetch === undefined || tlsVerified === true ? "verified" : "unobserved";
}

function startRecording(
  request: Request,
  sentBody: string,
  tlsOf: (issuer: string | null) => ObservedTls,
): Recording {
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  const at: Times = {
    connect: null,
    dns: null,
    tcp: null,
    tunnel: null,
    tls: null,
    firstByte: null,
    lastByte: null,
  };
  const answer = keepAnswer();
  const arrivals: { readonly at: number; readonly bytes: number }[] = [];
  let kept = 0;
  let issuer: string | null = null;
  let seen: Pick<Exchange, "url" | "proxy" | "address" | "status" | "headers" | "failure"> = {
    url: request.url,
    proxy: null,
    address: null,
    status: null,
    headers: [],
    failure: null,
  };

  const keep = (chunk: Uint8Array): void => {
    const part = answer.add(chunk);
    if (part === 0) return;
    kept += part;
    arrivals.push({ at: since(), bytes: kept });
  };
  const failed = (error: unknown): void => {
    seen = { ...seen, failure: describeFailure(error, phaseOf(at, seen.proxy, request.url)) };
  };

  return {
    connecting: (proxy) => {
      at.connect = since();
      seen = { ...seen, proxy };
    },
    reached: (step, address, issuedBy = null) => {
      at[step] = since();
      issuer = issuedBy ?? issuer;
      seen = { ...seen, address: address ?? seen.address };
    },
    answered: (response) => {
      at.firstByte = since();
      seen = {
        ...seen,
        url: response.url === "" ? seen.url : response.url,
        status: response.status,
        headers: [...response.headers],
      };
      const ended = () => {
        at.lastByte = since();
      };
      return passingOn(response, { keep, ended, failed });
    },
    failed,
    exchange: () => ({
      ...seen,
      method: request.method,
      host: new URL(seen.url).host,
      sentHeaders: [...request.headers],
      sentBody,
      body: answer.head(),
      bodyCut: answer.isCut(),
      tail: answer.tail(),
      tls: tlsOf(issuer),
      complete: at.lastByte !== null,
      at: { ...at },
      arrivals: [...arrivals],
    }),
  };
}

interface BodyWatch {
  readonly keep: (chunk: Uint8Array) => void;
  readonly ended: () => void;
  readonly failed: (error: unknown) => void;
}

function passingOn(response: Response, watch: BodyWatch): Response {
  if (response.body === null) {
    watch.ended();
    return response;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  let bytes = 0;
  let inOneGo = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          watch.ended();
          controller.close();
          return;
        }
        bytes += value.length;
        inOneGo += value.length;
        watch.keep(value);
        if (bytes > ANSWER_LIMIT) throw new AnswerTooLongError(ANSWER_LIMIT);
        if (inOneGo > ONE_GO) {
          // What is there already is read without a pause otherwise, and no timer would run.
          await othersTurn();
          inOneGo = 0;
        }
        controller.enqueue(value);
      } catch (error) {
        watch.failed(error);
        controller.error(error);
        // Whatever is wrong, no more of it is wanted.
        await reader.cancel(error).catch(() => undefined);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return anyResponse(body, response);
}

function phaseOf(at: Times, proxy: string | null, url: string): Phase {
  if (at.firstByte !== null) return "body";
  // A connection that was there already, or one that somebody else's fetch makes: none of its steps is seen.
  if (at.connect === null) return "answer";
  if (at.tls !== null) return "answer";
  if (at.tcp !== null) {
    if (proxy !== null && at.tunnel === null) return "tunnel";
    return url.startsWith("https:") ? "tls" : "answer";
  }
  return at.dns === null && isIP(connectedHost(proxy ?? new URL(url).host)) === 0 ? "dns" : "tcp";
}

function connectedHost(host: string): string {
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
