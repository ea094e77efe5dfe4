/** Reads account, gateway and segment back out of a URL on the gateway's host. */
import { isGatewayUrl } from "../models/gateway-headers";

export interface GatewayAddress {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
}

/** The names in `https://gateway.ai.cloudflare.com/v1/{account}/{gateway}/{segment}/…`, or null for any other URL. */
export function gatewayAddressOf(text: string): GatewayAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const names = /^\/v1\/([0-9a-f]{32})\/([a-z0-9_-]{1,64})\/([^/]+)/.exec(url.pathname);
  const [, accountId, gatewayName, segment] = names ?? [];
  if (!isGatewayUrl(url) || !accountId || !gatewayName || !segment) return null;
  return { accountId, gatewayName, segment };
}
