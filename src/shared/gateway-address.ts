/** Reads account, gateway and segment back out of a URL on the gateway's host. */
import { GATEWAY_HOST } from "./gateway-url";

/** Node and browsers both have it; this folder knows the types of neither. */
declare const URL: new (text: string) => {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
};

export interface GatewayAddress {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
}

/** The names in `https://gateway.ai.cloudflare.com/v1/{account}/{gateway}/{segment}/…`, or null for any other URL. */
export function gatewayAddressOf(text: string): GatewayAddress | null {
  try {
    const { protocol, host, pathname } = new URL(text);
    if (protocol !== "https:" || host !== GATEWAY_HOST) return null;
    const names = /^\/v1\/([0-9a-f]{32})\/([a-z0-9_-]{1,64})\/([^/]+)/.exec(pathname);
    const [, accountId, gatewayName, segment] = names ?? [];
    return accountId && gatewayName && segment ? { accountId, gatewayName, segment } : null;
  } catch {
    return null;
  }
}
