/** Finds the gateway in a base URL that the user has set by hand. */
import { gatewayAddressOf, type GatewayAddress } from "../../shared/gateway-address";
import type { ConfirmedDomains } from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";

export interface OwnGateway extends GatewayAddress {
  /** A confirmed custom domain; null for Cloudflare's own host. */
  readonly host: string | null;
}

/**
 * The gateway that a URL names, on Cloudflare's host or on a custom domain that the user has
 * confirmed; null for any other URL, and for a domain that is confirmed for several gateways.
 */
export function ownGateway(url: string, domains: ConfirmedDomains): OwnGateway | null {
  const address = gatewayAddressOf(url);
  if (address !== null) return { ...address, host: null };
  const [domain, ...others] = domains.filter(({ host }) => atGatewayHost(url, host) !== null);
  if (domain === undefined || others.length > 0) return null;
  const segment = atGatewayHost(url, domain.host)?.pathname.split("/")[1] ?? "";
  return segment === "" ? null : { ...domain, segment };
}
