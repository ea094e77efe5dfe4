/** The HTTP client of the models, configured with the environment's proxies and certificates. */
import type { SecureContext } from "node:tls";

import type { Dispatcher, EnvHttpProxyAgent, fetch as UndiciFetch, RequestInit } from "undici";

import { CERTIFICATES_UNCHECKED, checksCertificates } from "../../shared/certificate-check";
import type { Log } from "../text/log";
import { createResponse } from "./create-response";
import { watchConnections, type ConnectionWatch } from "./connection-watch";
import { toAnyAddress, type Connecting } from "./every-address";
import { failAfterHangUp } from "./hang-up";
import { readProxies } from "./proxies";
import { isUntrusted, trustedCertificates } from "./trusted-certificates";
import { readWithoutPausing } from "./unpaused-responses";

export interface HttpClient {
  readonly fetch: typeof globalThis.fetch;
  /** Problems with the environment's certificates or proxies, one sentence each. */
  readonly problems: readonly string[];
  /** Whether certificates of the environment or the system are trusted in addition to Node's. */
  readonly trustsExtraCertificates: boolean;
  readonly close: () => Promise<void>;
}

export interface HttpClientOptions {
  /**
   * `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` (lower-case names first), `MUX_SETTINGS_CA_CERTS`,
   * `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE` (Linux), `NODE_TLS_REJECT_UNAUTHORIZED`.
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

/** Loads undici, which takes longer than the rest of the client. */
export const importUndici = () => import("undici");

/**
 * Opens a client that shares no connections with other clients, so that `watch` sees all of them.
 * Proxies follow undici's rules (`EnvHttpProxyAgent`), with `env` in place of `process.env`.
 * No request is sent twice; the caller decides about redirects. A handshake is repeated with the
 * system's certificates if the others do not include the issuer.
 */
export async function openHttpClient(options: HttpClientOptions): Promise<HttpClient> {
  const { env, log, watch, responseLimit = RESPONSE_LIMIT } = options;
  const [undici, trusted] = await Promise.all([importUndici(), trustedCertificates(env)]);
  const proxies = readProxies(env);
  const isChecked = checksCertificates(env);
  const unchecked = isChecked ? null : CERTIFICATES_UNCHECKED;
  const problems = [unchecked, ...trusted.problems, ...proxies.problems].filter(
    (problem) => problem !== null,
  );
  for (const problem of problems) log.warn(problem);

  const connections = watch ? watchConnections(watch) : null;
  const openWith = (secureContext: SecureContext | null): Opened => {
    const tls = {
      timeout: CONNECT_TIMEOUT_MS,
      rejectUnauthorized: isChecked,
      ...(secureContext ? { secureContext } : {}),
    };
    const connect = undici.buildConnector(tls);
    const follow = (watched: Connecting | null) =>
      toAnyAddress(connect, CONNECT_TIMEOUT_MS, watched);
    const agent = new undici.EnvHttpProxyAgent({
      ...proxies.settings,
      connect: follow(connections?.direct ?? null),
      requestTls: { ...tls, ...connections?.tunnelTls },
      clientFactory: (proxy) =>
        new undici.Pool(proxy, {
          connect: follow(connections?.toProxy(proxy.host) ?? null),
        }).compose(failAfterHangUp),
    });
    return { agent, dispatcher: agent.compose(readWithoutPausing(responseLimit)), secureContext };
  };
  let opened = openWith(trusted.secureContext);
  const replaced: Opened[] = [];
  let system: Promise<boolean> | null = null;
  const trustSystem = async (): Promise<boolean> => {
    const context = await trusted.withSystem();
    if (context === null) return false;
    replaced.push(opened);
    opened = openWith(context);
    return true;
  };
  const send: Send = async (url, init) => {
    const { dispatcher } = opened;
    try {
      return await undici.fetch(url, { ...init, dispatcher });
    } catch (error) {
      // The handshake failed, so nothing was sent, except by a redirect from another host.
      if (init.redirect === "follow" || !isUntrusted(error)) throw error;
      system ??= trustSystem();
      if (!(await system) || opened.dispatcher === dispatcher) throw error;
      return undici.fetch(url, { ...init, dispatcher: opened.dispatcher });
    }
  };
  return {
    fetch: fetchThrough(send),
    problems,
    get trustsExtraCertificates() {
      return opened.secureContext !== null;
    },
    close: async () => {
      connections?.stop();
      await Promise.all([opened, ...replaced].map(({ agent }) => agent.destroy()));
    },
  };
}

/** The connections that trust the same certificates. */
interface Opened {
  readonly agent: EnvHttpProxyAgent;
  readonly dispatcher: Dispatcher;
  /** Null for Node's default. */
  readonly secureContext: SecureContext | null;
}

type Send = (url: string, init: RequestInit) => ReturnType<typeof UndiciFetch>;

/**
 * A standard fetch over undici's. Node's built-in fetch uses another version of undici, which must
 * not be mixed with this dispatcher.
 */
function fetchThrough(send: Send): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    const received = await send(request.url, {
      method: request.method,
      headers: [...request.headers],
      body,
      redirect: request.redirect,
      signal: request.signal,
    });
    const response = createResponse(received.body, received);
    // A constructed Response has no URL, but the verdict needs the one that responded.
    Object.defineProperty(response, "url", { value: received.url });
    return response;
  };
}
