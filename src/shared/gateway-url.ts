/** The one function that says which base URL a provider gets behind a gateway, or why it gets none. */
import { failure } from "./errors";
import { atGatewayHost, GATEWAY_HOST } from "./gateway-host";
import { checkAccountId, checkGatewayName, checkSegment } from "./gateway-names";
import { success, type Result } from "./result";
import {
  catalogued,
  unroutableSentence,
  type NamedProvider,
  type UnroutableReason,
} from "./providers";
import { KNOWN_SEGMENTS, pathOfBaseUrl, type GatewayPath } from "./segments";
import { withoutTrailingSlashes } from "./trailing-slashes";

/** Node and browsers both have it; this folder knows the types of neither. */
declare const URL: new (text: string) => {
  readonly protocol: string;
  readonly hostname: string;
  readonly pathname: string;
};
type HttpUrl = InstanceType<typeof URL>;

export interface RoutedProvider extends NamedProvider {
  /** The provider's own base URL, without a gateway; null when it has none of its own in the file. */
  readonly ownBaseUrl: string | null;
  /** The base URL that the environment gives it while the file has none; null or absent for none. */
  readonly environmentBaseUrl?: string | null;
}

export interface Gateway {
  readonly accountId: string;
  readonly gatewayName: string;
  /** `custom-<slug>` or one of Cloudflare's segments; null or absent: the provider's usual one. */
  readonly segment?: string | null;
}

/**
 * The base URL to give the provider's AI SDK package so that it calls the gateway:
 * `https://gateway.ai.cloudflare.com/v1/{accountId}/{gatewayName}/{segment}` and what that package
 * needs after it (Cloudflare, usage/providers and configuration/custom-providers). Pure; the
 * preview, the model factory and the test all use it.
 *
 * Fails with `account_id_invalid`, `gateway_name_invalid`, `segment_invalid`, `segment_required` or
 * `provider_not_routable`.
 */
export function gatewayBaseUrl(provider: RoutedProvider, gateway: Gateway): Result<string> {
  const accountId = checkAccountId(gateway.accountId);
  if (!accountId.success) return accountId;
  const gatewayName = checkGatewayName(gateway.gatewayName);
  if (!gatewayName.success) return gatewayName;
  const path = gatewayPath(provider, gateway.segment ?? null);
  if (!path.success) return path;
  const names = [accountId.data, gatewayName.data, path.data.segment].map(encodeURIComponent);
  return success(`https://${GATEWAY_HOST}/v1/${names.join("/")}${path.data.suffix}`);
}

/**
 * Why a provider can never be routed, or null. `ownBaseUrl` decides for custom providers, and for
 * built-in ones that a user pointed at their own network.
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
 * The segment that needs no creating in the dashboard, or null when the provider needs a custom
 * one: the built-in providers' own, and those of hosts that Cloudflare knows.
 */
export function usualSegment(provider: RoutedProvider): string | null {
  return usualPath(provider)?.segment ?? null;
}

function gatewayPath(provider: RoutedProvider, segment: string | null): Result<GatewayPath> {
  const reason = unroutableReason(provider);
  if (reason !== null) {
    return failure("provider_not_routable", {
      provider: provider.id,
      why: unroutableSentence(reason),
    });
  }
  if (segment === null) {
    const usual = usualPath(provider);
    return usual === null ? failure("segment_required", { provider: provider.id }) : success(usual);
  }
  const checked = checkSegment(segment);
  if (!checked.success) return checked;
  const usual = usualPath(provider);
  if (usual?.segment === segment) return success(usual);
  return success(KNOWN_SEGMENTS.get(segment) ?? { segment, suffix: ownPath(provider) });
}

function usualPath(provider: RoutedProvider): GatewayPath | null {
  const builtIn = catalogued(provider);
  if (builtIn) return builtIn.gateway.kind === "path" ? builtIn.gateway.path : null;
  return pathOfBaseUrl(provider.ownBaseUrl ?? "");
}

/** The base URL that the user gave the provider, in the file or else in the environment; or null. */
export function calledBaseUrl({ ownBaseUrl, environmentBaseUrl }: RoutedProvider): string | null {
  return ownBaseUrl ?? environmentBaseUrl ?? null;
}

/** Account, gateway and segment, as `gatewayBaseUrl` puts them. */
const GATEWAY_PATH = /^\/v1\/[0-9a-f]{32}\/[^/]+\/[^/]+/;

/** A custom provider stands for the origin alone, so the path of the base URL goes after it. */
function ownPath(provider: RoutedProvider): string {
  const builtIn = catalogued(provider);
  const baseUrl = calledBaseUrl(provider) ?? builtIn?.baseUrl ?? "";
  const url = parseHttpUrl(baseUrl);
  const whole = withoutTrailingSlashes(url?.pathname ?? "");
  // Written by hand it may be a gateway's already; what it says after that is the provider's.
  const path = atGatewayHost(baseUrl) ? whole.replace(GATEWAY_PATH, "") : whole;
  // mux adds /v1 to a custom provider's origin that has no path of its own, and to no other.
  return path === "" && !builtIn ? "/v1" : path;
}

function parseHttpUrl(text: string): HttpUrl | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** Addresses that Cloudflare's network cannot reach. `URL` has already normalized the spelling. */
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
