/** What a pasted address says of a gateway: the dashboard's own, or the one that requests go to. */
import { DASHBOARD_HOST } from "../../../shared/dashboard";
import { atGatewayHost } from "../../../shared/gateway-host";
import { checkAccountId, checkGatewayName, checkSegment } from "../../../shared/gateway-names";
import type { Result } from "../../../shared/result";

export interface AddressParts {
  readonly accountId?: string;
  readonly gatewayName?: string;
  /** Only one that is a custom provider's. */
  readonly segment?: string;
}

/**
 * The parts of `dash.cloudflare.com/{accountId}/ai/ai-gateway/gateways/{gatewayName}` or of
 * `gateway.ai.cloudflare.com/v1/{accountId}/{gatewayName}/{segment}`, with `https://` or without.
 * Null when the text is no such address.
 */
export function partsOfAddress(text: string): AddressParts | null {
  const trimmed = text.trim();
  const address = /^https?:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const steps = pathname.split("/").filter((step) => step !== "");
  if (atGatewayHost(address) !== null) return parts(steps[1], steps[2], steps[3]);
  if (hostname === DASHBOARD_HOST) {
    const gateways = steps.indexOf("gateways");
    return parts(steps[0], gateways === -1 ? undefined : steps[gateways + 1], undefined);
  }
  return null;
}

function parts(
  accountId: string | undefined,
  gatewayName: string | undefined,
  segment: string | undefined,
): AddressParts | null {
  const isCustom = segment?.startsWith("custom-") === true;
  const found = {
    ...taken("accountId", accountId, checkAccountId),
    ...taken("gatewayName", gatewayName, checkGatewayName),
    ...taken("segment", isCustom ? segment : undefined, checkSegment),
  };
  return Object.keys(found).length === 0 ? null : found;
}

function taken(
  name: keyof AddressParts,
  text: string | undefined,
  check: (text: string) => Result<string>,
): AddressParts {
  return text !== undefined && check(text).success ? { [name]: text } : {};
}
