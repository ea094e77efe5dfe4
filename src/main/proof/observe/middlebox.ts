/** Recognizes a web filter, proxy or login page that responded in place of the called host. */
import { responseHeader, type Exchange } from "./exchange";

/** Products for networks, as they name themselves in `server` and in their pages. */
const SERVER =
  /zscaler|squid|forti(?:gate|net|web|proxy|guard)|forcepoint|websense|blue ?coat|proxysg|mcafee|skyhigh|sophos|barracuda|umbrella|opendns|netskope|palo ?alto|pan-os|check ?point|watchguard|iboss|untangle|smoothwall|sonicwall|menlo|iwsva|kerio|ironport|cisco-?wsa|securly|goguardian|contentkeeper|mikrotik|coova|nodogsplash|opennds|privoxy|tinyproxy|mitmproxy|ccproxy|safesquid|e2guardian|dansguardian|kaspersky|bitdefender|avast|eset/i;

/** Headers that only such products send. */
const HEADER = /^(?:x-squid-error|x-zscaler-|x-netskope-|x-bluecoat-|x-fortigate-|x-iboss-)/;

/** Words of their pages; each is specific enough not to be on a provider's page. */
const PAGE =
  /zscaler|forti(?:guard|gate|net)|netskope|cisco umbrella|opendns|blue ?coat|websense|forcepoint|sophos (?:web|firewall|utm)|palo alto networks|barracuda web|sonicwall|smoothwall|iboss|securly|goguardian|web ?filter|url filtering|captive portal|blocked by your (?:organi[sz]ation|company|administrator|school|network)|your (?:network|it) administrator|(?:company|corporate|acceptable use|internet usage) policy|cache administrator|internet security gateway/i;

/** Paths of login pages. */
const LOGIN =
  /\b(?:log-?in|sign-?in|auth|portal|captive|hotspot|splash|guest|block(?:ed|page)?|origurl)\b/i;

const READ_LENGTH = 16 * 1024;

/**
 * The name that the product gives itself, an empty text if it gives none, or null if nothing in the
 * response shows such a product. HTTP 511 is a network's login page (RFC 6585), 407 a proxy's.
 */
export function middleboxOf(exchange: Exchange): string | null {
  const server = responseHeader(exchange, "server") ?? "";
  if (SERVER.test(server)) return server;
  if (exchange.headers.some(([name]) => HEADER.test(name))) return server;
  if (exchange.status === 407 || exchange.status === 511) return server;
  if (redirectsToLogin(exchange)) return server;
  const text = exchange.text.slice(0, READ_LENGTH).trimStart();
  return text.startsWith("<") && PAGE.test(text) ? server : null;
}

/** Whether the response redirects to a login page on another host. */
export function redirectsToLogin(exchange: Exchange): boolean {
  const target = redirectTarget(exchange);
  return (
    target !== null &&
    isElsewhere(exchange, target) &&
    LOGIN.test(`${target.host}${target.pathname}${target.search}`)
  );
}

/** Whether the response redirects to another host. */
export function redirectsElsewhere(exchange: Exchange): boolean {
  const target = redirectTarget(exchange);
  return target !== null && isElsewhere(exchange, target);
}

function isElsewhere({ url }: Exchange, target: URL): boolean {
  return target.hostname !== new URL(url).hostname;
}

function redirectTarget(exchange: Exchange): URL | null {
  const { status, url } = exchange;
  if (status === null || status < 300 || status >= 400) return null;
  const location = responseHeader(exchange, "location");
  return location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
}
