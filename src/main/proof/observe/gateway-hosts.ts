/** Tells which hosts are the gateway's: Cloudflare's own, and the custom domain of the tested gateway. */
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { atGatewayHost } from "../../../shared/gateway-host";

/** A custom domain that the user has confirmed for the tested gateway. */
export interface GatewayDomain {
  /** In lower case. */
  readonly host: string;
  /**
   * Whether the connected Cloudflare account lists the host as active for this gateway. Without that,
   * its owner could forge every header.
   */
  readonly listed: boolean;
  /** The gateway's names, which are not in the URL. */
  readonly gateway?: { readonly accountId: string; readonly gatewayName: string };
}

/** Whether a URL is on a host of the gateway, over TLS and on the default port. */
export function isOnGatewayHost(url: string, domain: GatewayDomain | null): boolean {
  return atGatewayHost(url)?.wrong === null || isOnDomain(url, domain);
}

/** Whether a URL is on the gateway's custom domain, over TLS and on the default port. */
export function isOnDomain(url: string, domain: GatewayDomain | null): boolean {
  if (domain === null || !URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === "https:" && host === domain.host && username + password === "";
}

/** Whether a URL could be on the custom domain of a gateway that is not known here. */
export function mayBeDomain(url: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol === "https:" && checkGatewayDomain(host).success;
}

/** The error in another spelling of Cloudflare's gateway host, or null. */
export function misspellingOf(url: string): string | null {
  return atGatewayHost(url)?.wrong ?? null;
}
