/** Validates the custom domain of a gateway: a public DNS name that cannot be another company's host. */
import { GATEWAY_HOST } from "./gateway-host";
import { isSameGateway, type DomainKey } from "./gateways";
import { inputFailure } from "./input-errors";
import { success, type Result } from "./result";
import { isVendorsHost } from "./vendor-hosts";

/** The custom domains that the user has confirmed, each for one gateway. */
export type ConfirmedDomains = readonly DomainKey[];

/** Labels of a–z, 0–9 and inner dashes; the last one starts with a letter, which excludes IPv4. */
const PUBLIC_NAME =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The longest DNS name, in characters (RFC 1035, section 2.3.4). */
const LONGEST_NAME = 253;

/** Top-level names that never exist in public DNS (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN). */
const PRIVATE_NAME =
  /\.(?:localhost|local|internal|intranet|private|corp|home|lan|localdomain|home\.arpa|test|invalid|onion|alt)$/;

/** Cloudflare's own domains, which no account can connect to its gateway. */
const CLOUDFLARE_NAME =
  /(?:^|\.)(?:cloudflare\.com|workers\.dev|pages\.dev|cloudflareaccess\.com)$/;

/**
 * Checks the custom domain of a gateway (AI Gateway, configuration/custom-domains): a public DNS name
 * in lower case, without scheme, port, path or user name, that belongs neither to Cloudflare nor to a
 * provider. Fails with `host_invalid`. Does not look the name up.
 */
export function checkGatewayDomain(text: string): Result<string> {
  const what = domainProblem(text);
  return what === null ? success(text) : inputFailure("host_invalid", { what });
}

/**
 * The custom domain that a block names and the user has not confirmed for its gateway; null when it
 * names none, or a confirmed one.
 */
export function unconfirmedDomain(
  { accountId, gatewayName, host }: Omit<DomainKey, "host"> & { readonly host: string | null },
  confirmed: ConfirmedDomains,
): string | null {
  if (host === null) return null;
  const named = { accountId, gatewayName, host };
  return confirmed.some((domain) => isSameGateway(domain, named)) ? null : host;
}

function domainProblem(text: string): string | null {
  if (text.trim() === "") return "The domain is missing.";
  if (text !== text.trim()) return "The domain has spaces around it.";
  if (/[/\\?#]/.test(text)) return "Enter the domain without https:// and without a path.";
  if (text.includes("@")) return "The domain contains a user name.";
  if (isIpAddress(text)) return "This is an IP address, not a domain.";
  if (text.includes(":")) return "The domain contains a port.";
  if (/\p{Lu}/u.test(text)) return "The domain must be in lowercase.";
  if (text.endsWith(".")) return "The domain ends with a dot.";
  if (!text.includes(".")) return "This is not a public domain, because it has no dot.";
  if (text.length > LONGEST_NAME) return "The domain is longer than 253 characters.";
  if (!PUBLIC_NAME.test(text)) return "This is not a valid domain.";
  if (PRIVATE_NAME.test(text)) return "This is not a public domain.";
  if (text === GATEWAY_HOST) return "This is Cloudflare's own host, which needs no custom domain.";
  if (CLOUDFLARE_NAME.test(text)) return "This domain belongs to Cloudflare.";
  if (isVendorsHost(`https://${text}/`)) return "This domain belongs to a provider.";
  return null;
}

/** In every spelling that URL parsers accept: `127.0.0.1`, `127.1`, `0x7f000001`, `[::1]`, `::1`. */
function isIpAddress(text: string): boolean {
  // Two colons, and only characters of an IPv6 address.
  if (text.split(":", 3).length === 3 && /^\[?[0-9a-f:.%]+\]?$/i.test(text)) return true;
  const last = text.replace(/\.$/, "").split(".").at(-1) ?? "";
  return /^(?:\d+|0x[0-9a-f]*)$/i.test(last);
}
