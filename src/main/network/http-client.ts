/** The HTTP client that models call the network with: proxies and extra certificates as the environment says. */
import type { Dispatcher, fetch as UndiciFetch } from "undici";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../shared/certificate-check";
import type { Log } from "../text/log";
import { anyResponse } from "./any-response";
import { watchConnections, type ConnectionWatch } from "./connection-watch";
import { readExtraCertificates } from "./extra-certificates";
import { readProxies } from "./proxies";
import { takeWithoutPausing } from "./unpaused-answers";

export interface HttpClient {
  readonly fetch: typeof globalThis.fetch;
  /** What is wrong with the environment's certificates or proxies, one sentence each. */
  readonly problems: readonly string[];
  /** Whether certificates of NODE_EXTRA_CA_CERTS are trusted beside Node's own. */
  readonly trustsExtraCertificates: boolean;
  readonly close: () => Promise<void>;
}

export interface HttpClientOptions {
  /** `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` (small letters first), `NODE_EXTRA_CA_CERTS`, `NODE_TLS_REJECT_UNAUTHORIZED`. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Told of each step of each new connection. */
  readonly watch?: ConnectionWatch;
  /** How long an answer may be on the wire, in bytes; by default longer than any model's. */
  readonly answerLimit?: number;
}

/** A connection that is not made within this time, in milliseconds, has failed. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Answers with pictures in them are tens of megabytes; what is longer only fills the memory. */
const ANSWER_LIMIT = 256 * 1024 * 1024;

/**
 * Opens a client with connections of its own, so that a watched connection is always a real one.
 * Proxies follow undici's rules (`EnvHttpProxyAgent`), with the given environment instead of the
 * process's. Nothing is retried; redirects are the caller's affair.
 */
export async function openHttpClient(options: HttpClientOptions): Promise<HttpClient> {
  const { env, log, watch, answerLimit = ANSWER_LIMIT } = options;
  const [undici, certificates] = await Promise.all([import("undici"), readExtraCertificates(env)]);
  const proxies = readProxies(env);
  const isChecked = checksCertificates(env);
  const unchecked = isChecked ? null : CERTIFICATES_UNCHECKED;
  const found = [unchecked, certificates.problem, ...proxies.problems];
  const problems = found.filter((text) => text !== null);
  for (const problem of problems) log.warn(problem);

  const { secureContext } = certificates;
  const tls = {
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: isChecked,
    ...(secureContext ? { secureContext } : {}),
  };
  const connections = watch ? watchConnections(watch) : null;
  const connect = undici.buildConnector(tls);
  const dispatcher = new undici.EnvHttpProxyAgent({
    ...proxies.settings,
    connect: connections?.direct(connect) ?? connect,
    requestTls: { ...tls, ...connections?.tunnelTls },
    clientFactory: (proxy) =>
      new undici.Pool(proxy, { connect: connections?.toProxy(connect, proxy.host) ?? connect }),
  });
  return {
    fetch: fetchThrough(undici.fetch, dispatcher.compose(takeWithoutPausing(answerLimit))),
    problems,
    trustsExtraCertificates: secureContext !== null,
    close: async () => {
      connections?.stop();
      await dispatcher.destroy();
    },
  };
}

/**
 * A fetch over undici's own, which Node's built-in one cannot be given a dispatcher for without
 * mixing two versions of undici.
 */
function fetchThrough(send: typeof UndiciFetch, dispatcher: Dispatcher): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const answer = await send(request.url, {
      method: request.method,
      headers: [...request.headers],
      body,
      redirect: request.redirect,
      signal: request.signal,
      dispatcher,
    });
    const response = anyResponse(answer.body, answer);
    // A Response that a program makes has no URL, and where an answer came from is what we ask.
    Object.defineProperty(response, "url", { value: answer.url });
    return response;
  };
}
