/** Reads account, gateway and segment back out of a URL on the gateway's host. */
import { atGatewayHost } from "./gateway-host";

export interface GatewayAddress {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
}

/**
 * Returns the names in `https://gateway.ai.cloudflare.com/v1/{account}/{gateway}/{segment}/…`, or
 * null for any other URL. Also accepts the host's incorrect spellings (see `atGatewayHost`).
 */
export function gatewayAddressOf(text: string): GatewayAddress | null {
  const names = /^\/v1\/([0-9a-f]{32})\/([a-z0-9_-]{1,64})\/([^/]+)/.exec(
    atGatewayHost(text)?.pathname ?? "",
  );
  const [, accountId, gatewayName, segment] = names ?? [];
  return accountId && gatewayName && segment ? { accountId, gatewayName, segment } : null;
}
