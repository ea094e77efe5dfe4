/** Builds a provider's base URL behind a gateway, or says why it cannot be routed. */
import { inputFailure } from "./input-errors";
import { atGatewayHost, GATEWAY_HOST } from "./gateway-host";
import { checkGatewayDomain } from "./gateway-domain";
import { checkAccountId, checkGatewayName, checkSegment } from "./gateway-names";
import { parseUrl, type ParsedUrl } from "./parse-url";
import { ESCAPING_PATH, escapesPath } from "./path-escape";
import { success, type Result } from "./result";
import {
  catalogued,
  unroutableSentence,
  type NamedProvider,
  type UnroutableReason,
} from "./providers";
import { KNOWN_SEGMENTS, pathOfBaseUrl, type GatewayPath } from "./segments";
import { withoutTrailingSlashes } from "./trailing-slashes";

export interface RoutedProvider extends NamedProvider {
  /** The provider's base URL without a gateway; null when the file has none. */
  readonly ownBaseUrl: string | null;
  /** The base URL from the environment, used when the file has none; null or absent for none. */
  readonly environmentBaseUrl?: string | null;
}

export interface Gateway {
  readonly accountId: string;
  readonly gatewayName: string;
  /** `custom-<slug>` or a documented segment; null or absent: the provider's default. */
  readonly segment?: string | null;
  /** A custom domain; null or absent: Cloudflare's own host. */
  readonly host?: string | null;
}

/**
 * The base URL with which the provider's AI SDK package calls the gateway:
 * `https://gateway.ai.cloudflare.com/v1/{accountId}/{gatewayName}/{segment}`, or
 * `https://{host}/{segment}` on a custom domain, with the suffix that the package needs (Cloudflare,
 * usage/providers, configuration/custom-providers and configuration/custom-domains). The preview, the
 * model factory, the compatibility fields and the route test all use it.
 *
 * Fails with `account_id_invalid`, `gateway_name_invalid`, `host_invalid`, `segment_invalid`,
 * `segment_required`, `provider_not_routable` or, for a path that could lead out of the gateway,
 * `base_url_invalid`.
 */
export function gatewayBaseUrl(provider: RoutedProvider, gateway: Gateway): Result<string> {
  const accountId = checkAccountId(gateway.accountId);
  if (!accountId.success) return accountId;
  const gatewayName = checkGatewayName(gateway.gatewayName);
  if (!gatewayName.success) return gatewayName;
  const host = gateway.host ?? null;
  const domain = host === null ? null : checkGatewayDomain(host);
  if (domain?.success === false) return domain;
  const path = gatewayPath(provider, gateway.segment ?? null);
  if (!path.success) return path;
  const { segment, suffix } = path.data;
  // A custom domain belongs to one gateway of one account.
  if (host !== null) return success(`https://${host}/${segment}${suffix}`);
  // All names were checked, so nothing in them has to be encoded.
  return success(
    `https://${GATEWAY_HOST}/v1/${accountId.data}/${gatewayName.data}/${segment}${suffix}`,
  );
}

/**
 * Why a provider can never be routed, or null. `ownBaseUrl` decides for custom providers, and for
 * built-in ones whose base URL is on the user's network.
 */
export function unroutableReason(provider: RoutedProvider): UnroutableReason | null {
  const builtIn = catalogued(provider);
  if (builtIn?.gateway.kind === "unroutable") return builtIn.gateway.reason;
  if (provider.ownBaseUrl === null) return builtIn ? null : "no-base-url";
  const url = parseHttpUrl(provider.ownBaseUrl);
  if (url === null) return "bad-base-url";
  if (isPrivateHost(url.hostname)) return "local";
  if (url.hostname.endsWith(".openai.azure.com")) return "azure";
  return null;
}

/**
 * The default segment of a built-in provider, or of a custom provider whose host Cloudflare knows.
 * Null when the user must create a custom provider in the dashboard.
 */
export function usualSegment(provider: RoutedProvider): string | null {
  return usualPath(provider)?.segment ?? null;
}

function gatewayPath(provider: RoutedProvider, segment: string | null): Result<GatewayPath> {
  const reason = unroutableReason(provider);
  if (reason !== null) {
    return inputFailure("provider_not_routable", {
      provider: provider.id,
      why: unroutableSentence(reason),
    });
  }
  if (segment === null) {
    const usual = usualPath(provider);
    return usual === null
      ? inputFailure("segment_required", { provider: provider.id })
      : success(usual);
  }
  const checked = checkSegment(segment);
  if (!checked.success) return checked;
  const usual = usualPath(provider);
  if (usual?.segment === segment) return success(usual);
  const known = KNOWN_SEGMENTS.get(segment);
  if (known !== undefined) return success(known);
  const suffix = ownPath(provider);
  if (escapesPath(suffix)) {
    return inputFailure("base_url_invalid", { provider: provider.id, what: ESCAPING_PATH });
  }
  return success({ segment, suffix });
}

function usualPath(provider: RoutedProvider): GatewayPath | null {
  const builtIn = catalogued(provider);
  if (builtIn) return builtIn.gateway.kind === "path" ? builtIn.gateway.path : null;
  return pathOfBaseUrl(provider.ownBaseUrl ?? "");
}

/** The provider's base URL from the file, else from the environment, else null. */
export function calledBaseUrl({ ownBaseUrl, environmentBaseUrl }: RoutedProvider): string | null {
  return ownBaseUrl ?? environmentBaseUrl ?? null;
}

/** The URL of account, gateway and segment, without a suffix. */
const GATEWAY_PATH = /^\/v1\/[0-9a-f]{32}\/[^/]+\/[^/]+/;

/** A custom provider replaces only the origin, so the path of the base URL follows the segment. */
function ownPath(provider: RoutedProvider): string {
  const builtIn = catalogued(provider);
  const baseUrl = calledBaseUrl(provider) ?? builtIn?.baseUrl ?? "";
  const url = parseHttpUrl(baseUrl);
  const whole = withoutTrailingSlashes(url?.pathname ?? "");
  // A base URL written by hand may already point to a gateway. The rest of its path is the provider's.
  const path = atGatewayHost(baseUrl) ? whole.replace(GATEWAY_PATH, "") : whole;
  // mux adds /v1 to a base URL without a path, unless a custom provider's ends in a slash.
  const addsVersion = builtIn ? builtIn.id === "openai" : !baseUrl.endsWith("/");
  return path === "" && addsVersion ? "/v1" : path;
}

function parseHttpUrl(text: string): ParsedUrl | null {
  const url = parseUrl(text);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : null;
}

/** Hosts that Cloudflare's network cannot reach. `URL` has already normalised the spelling. */
function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith("[")) return isPrivateIpv6(hostname.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return isPrivateIpv4(hostname);
  const name = hostname.replace(/\.$/, "");
  return (
    !name.includes(".") || /\.(?:localhost|local|internal|lan|home|home\.arpa|test)$/.test(name)
  );
}

function isPrivateIpv4(address: string): boolean {
  const [a = 0, b = 0] = address.split(".").map(Number);
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  );
}

function isPrivateIpv6(address: string): boolean {
  if (address === "::" || address === "::1") return true;
  if (address.startsWith("::ffff:")) {
    const [high = "0", low = "0"] = address.slice("::ffff:".length).split(":");
    const bits = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
    return isPrivateIpv4([24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join("."));
  }
  return /^(?:f[cd]|fe[89ab])/.test(address);
}
