/** Which requests may carry the gateway's own headers: decided by the host that is called, at the last moment. */
import { atGatewayHost } from "../../shared/gateway-host";

/** Prefix of every header of Cloudflare AI Gateway, its token's above all. */
export const GATEWAY_HEADER_PREFIX = "cf-aig-";

/** True for a URL whose requests Cloudflare's AI Gateway receives, over TLS and on its own port. */
export function isGatewayUrl(url: URL): boolean {
  return atGatewayHost(url.href)?.wrong === null;
}

/**
 * A fetch that adds `headers` (names in lower case) to requests to the gateway's host and takes
 * every `cf-aig-*` header off all others, whoever wrote it there. Redirects are answered to the
 * caller and never followed: a request repeated elsewhere would carry the keys along.
 */
export function withGatewayHeaders(
  send: typeof globalThis.fetch,
  headers: Readonly<Record<string, string>>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const asked = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    const sent = isGatewayUrl(url)
      ? new Headers({ ...Object.fromEntries(asked), ...headers })
      : new Headers([...asked].filter(([name]) => !name.startsWith(GATEWAY_HEADER_PREFIX)));
    return send(input, { ...init, headers: sent, redirect: "manual" });
  };
}
