/** Finds the foreign host that a built-in provider's key was issued for. */
import { gatewayAddressOf } from "./gateway-address";
import { GATEWAY_HOST } from "./gateway-host";
import { calledBaseUrl, usualSegment, type RoutedProvider } from "./gateway-url";
import { parseUrl } from "./parse-url";
import { builtInProvider, catalogued } from "./providers";
import { isOwnHost } from "./vendor-hosts";

/**
 * The host that the key of a built-in provider belongs to, because its base URL in the file or the
 * environment points there: a company proxy, Azure or another vendor. Null for the provider's own
 * hosts, and for custom providers, whose gateway segment follows their host anyway.
 *
 * Cloudflare's gateway is not a foreign host if the URL has the provider's default segment:
 * the key then already goes to the provider.
 */
export function foreignHost(provider: RoutedProvider): string | null {
  const builtIn = catalogued(provider);
  const baseUrl = calledBaseUrl(provider);
  if (builtIn === undefined || builtIn.gateway.kind === "unroutable" || baseUrl === null)
    return null;
  const segment = gatewayAddressOf(baseUrl)?.segment;
  if (segment !== undefined && segment === usualSegment(provider)) return null;
  const url = parseUrl(baseUrl.includes("://") ? baseUrl : `https://${baseUrl}`);
  // An unreadable URL does not show that the key is the provider's own.
  if (url === null || url.hostname === "") return "another host";
  return isOwnHost(builtIn, url.hostname) ? null : url.host;
}

/**
 * The foreign host that the user must confirm before the provider is routed with this segment. Null
 * with an explicit segment, which already decides where the key goes.
 */
export function unconfirmedHost(provider: RoutedProvider, segment: string | null): string | null {
  return segment === null ? foreignHost(provider) : null;
}

/**
 * The environment variable from which mux takes the key of this request; null when the built-in
 * provider's key is not meant for the request's host.
 */
export function keyVariableFor(id: string, url: string): string | null {
  const builtIn = builtInProvider(id);
  const called = parseUrl(url);
  if (builtIn === undefined || called === null) return null;
  const { gateway } = builtIn;
  const isBehindGateway =
    called.hostname === GATEWAY_HOST &&
    gateway.kind === "path" &&
    called.pathname.split("/").includes(gateway.path.segment);
  const isRight = isBehindGateway || isOwnHost(builtIn, called.hostname);
  return (isRight ? builtIn.keyVariables[0] : undefined) ?? null;
}
