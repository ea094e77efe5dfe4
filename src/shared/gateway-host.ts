/** Recognises the gateway's host in every spelling. */

import { parseUrl } from "./parse-url";

/** Host of Cloudflare's AI Gateway. */
export const GATEWAY_HOST = "gateway.ai.cloudflare.com";

/** A correct URL on the gateway's host, in which a URL parser would change nothing. */
const PLAIN_URL = /^https:\/\/gateway\.ai\.cloudflare\.com(\/[a-z0-9_/-]*)$/i;

/** A host that needs no URL parser, which is slow for thousands of addresses: no user name or port. */
const PLAIN_HOST = /^https?:\/\/[a-z0-9.-]+(?=[/?#]|$)/i;

export interface AtGatewayHost {
  /** The error in the spelling, as the end of a sentence; null when it is correct. */
  readonly wrong: string | null;
  /** The URL with the gateway's scheme and host. */
  readonly corrected: string;
  /** With a leading slash. */
  readonly pathname: string;
}

/**
 * Parses a URL on the gateway's host, which is `host` with a custom domain; null for any other URL.
 * `http:`, another port, a trailing dot, a user name and a missing scheme are incorrect spellings of
 * the same host: they may reach the gateway, but never a provider. Upper case is correct, because
 * every client converts it.
 */
export function atGatewayHost(address: string, host = GATEWAY_HOST): AtGatewayHost | null {
  if (host === GATEWAY_HOST) {
    const pathname = PLAIN_URL.exec(address)?.[1];
    if (pathname !== undefined) {
      return { wrong: null, corrected: `https://${host}${pathname}`, pathname };
    }
  }
  if (PLAIN_HOST.test(address)) {
    const at = address.indexOf("://") + 3;
    if (address.slice(at, at + host.length).toLowerCase() !== host) return null;
  }
  const read = withScheme(address, host);
  if (read !== null || address.includes("://")) return read;
  const added = withScheme(`https://${address}`, host);
  return added && { ...added, wrong: added.wrong ?? "it does not start with https://" };
}

function withScheme(address: string, host: string): AtGatewayHost | null {
  const url = parseUrl(address);
  if (url === null) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = url;
  if (!hostname.startsWith(host)) return null;
  if (!/^\.*$/.test(hostname.slice(host.length))) return null;
  const wrong =
    protocol !== "https:"
      ? `it starts with ${protocol}// instead of https://`
      : hostname !== host
        ? "it has a dot after the host"
        : port !== ""
          ? `it names port ${port}`
          : username + password !== ""
            ? "it holds a user name or password"
            : null;
  return { wrong, corrected: `https://${host}${pathname}${search}${hash}`, pathname };
}
