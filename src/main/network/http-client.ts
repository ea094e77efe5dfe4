/** The HTTP client of the models, configured with the environment's proxies and certificates. */
import type { Dispatcher, fetch as UndiciFetch } from "undici";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../shared/certificate-check";
import type { Log } from "../text/log";
import { createResponse } from "./create-response";
import { watchConnections, type ConnectionWatch } from "./connection-watch";
import { toAnyAddress, type Connecting } from "./every-address";
import { failAfterHangUp } from "./hang-up";
import { readExtraCertificates } from "./extra-certificates";
import { readProxies } from "./proxies";
import { readWithoutPausing } from "./unpaused-responses";

export interface HttpClient {
  readonly fetch: typeof globalThis.fetch;
  /** Problems with the environment's certificates or proxies, one sentence each. */
  readonly problems: readonly string[];
  /** Whether certificates from NODE_EXTRA_CA_CERTS are trusted in addition to Node's. */
  readonly trustsExtraCertificates: boolean;
  readonly close: () => Promise<void>;
}

export interface HttpClientOptions {
  /**
   * `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` (lower-case names first), `NODE_EXTRA_CA_CERTS`,
   * `NODE_TLS_REJECT_UNAUTHORIZED`.
   */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Called for each step of each new connection. */
  readonly watch?: ConnectionWatch;
  /** The longest response on the wire, in bytes; the default is longer than any model's. */
  readonly responseLimit?: number;
}

/** For all addresses of a host together; then as long again for the TLS handshake. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Responses with images are tens of megabytes; longer ones would only fill the memory. */
const RESPONSE_LIMIT = 256 * 1024 * 1024;

/**
 * Opens a client that shares no connections with other clients, so that `watch` sees all of them.
 * Proxies follow undici's rules (`EnvHttpProxyAgent`), with `env` in place of `process.env`. Nothing
 * is retried; the caller decides about redirects.
 */
export async function openHttpClient(options: HttpClientOptions): Promise<HttpClient> {
  const { env, log, watch, responseLimit = RESPONSE_LIMIT } = options;
  const [undici, certificates] = await Promise.all([import("undici"), readExtraCertificates(env)]);
  const proxies = readProxies(env);
  const isChecked = checksCertificates(env);
  const unchecked = isChecked ? null : CERTIFICATES_UNCHECKED;
  const problems = [unchecked, certificates.problem, ...proxies.problems].filter(
    (problem) => problem !== null,
  );
  for (const problem of problems) log.warn(problem);

  const { secureContext } = certificates;
  const tls = {
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: isChecked,
    ...(secureContext ? { secureContext } : {}),
  };
  const connections = watch ? watchConnections(watch) : null;
  const connect = undici.buildConnector(tls);
  const follow = (watched: Connecting | null) => toAnyAddress(connect, CONNECT_TIMEOUT_MS, watched);
  const dispatcher = new undici.EnvHttpProxyAgent({
    ...proxies.settings,
    connect: follow(connections?.direct ?? null),
    requestTls: { ...tls, ...connections?.tunnelTls },
    clientFactory: (proxy) =>
      new undici.Pool(proxy, {
        connect: follow(connections?.toProxy(proxy.host) ?? null),
      }).compose(failAfterHangUp),
  });
  return {
    fetch: fetchThrough(undici.fetch, dispatcher.compose(readWithoutPausing(responseLimit))),
    problems,
    trustsExtraCertificates: secureContext !== null,
    close: async () => {
      connections?.stop();
      await dispatcher.destroy();
    },
  };
}

/**
 * A standard fetch over undici's. Node's built-in fetch uses another version of undici, which must
 * not be mixed with this dispatcher.
 */
function fetchThrough(send: typeof UndiciFetch, dispatcher: Dispatcher): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const received = await send(request.url, {
      method: request.method,
      headers: [...request.headers],
      body,
      redirect: request.redirect,
      signal: request.signal,
      dispatcher,
    });
    const response = createResponse(received.body, received);
    // A constructed Response has no URL, but the verdict needs the one that responded.
    Object.defineProperty(response, "url", { value: received.url });
    return response;
  };
}
