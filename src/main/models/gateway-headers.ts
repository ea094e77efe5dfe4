/** Sends the gateway's headers to the gateway only, decided from the URL of each request. */
import { atGatewayHost, GATEWAY_HOST } from "../../shared/gateway-host";

/** Prefix of every header of Cloudflare AI Gateway, including its token's. */
export const GATEWAY_HEADER_PREFIX = "cf-aig-";

/**
 * Whether a URL is on AI Gateway's host, or on the gateway's custom domain if it has one, over TLS
 * and on the default port.
 */
export function isGatewayUrl(url: URL, domain = GATEWAY_HOST): boolean {
  return atGatewayHost(url.href, domain)?.wrong === null;
}

/**
 * A fetch that adds `headers` (names in lower case) to requests to the gateway's host, and removes
 * every `cf-aig-*` header from all other requests. The host is `domain` for a confirmed custom
 * domain. Redirects are returned to the caller and never followed, because a repeated request
 * would send the keys to another address.
 */
export function withGatewayHeaders(
  send: typeof globalThis.fetch,
  headers: Readonly<Record<string, string>>,
  domain = GATEWAY_HOST,
): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const given = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    const allowed = isGatewayUrl(url, domain)
      ? new Headers({ ...Object.fromEntries(given), ...headers })
      : new Headers([...given].filter(([name]) => !name.startsWith(GATEWAY_HEADER_PREFIX)));
    return send(input, { ...init, headers: allowed, redirect: "manual" });
  };
}
