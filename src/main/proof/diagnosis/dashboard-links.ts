/** Addresses in Cloudflare's dashboard, for the gateway that a URL goes through. */
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { LinkTarget } from "./diagnosis-rule";

export interface Link {
  readonly label: string;
  readonly url: string;
}

const DASHBOARD = "https://dash.cloudflare.com";

/**
 * The link of a target. Gateway and logs are those of the account and gateway in `calledUrl`; for
 * any other URL they are the list of gateways, which finds the account by itself.
 */
export function dashboardLink(target: LinkTarget, calledUrl: string | null): Link {
  const gateway = gatewayOf(calledUrl);
  switch (target) {
    case "gateway":
      if (gateway) return { label: "Open the gateway", url: gateway };
      break;
    case "logs":
      if (gateway) return { label: "Open the gateway's logs", url: `${gateway}/logs` };
      break;
    case "tokens":
      return { label: "Create a token", url: `${DASHBOARD}/?to=/:account/api-tokens` };
    case "gateways":
      break;
    default:
      target satisfies never;
  }
  return { label: "Open AI Gateway", url: `${DASHBOARD}/?to=/:account/ai/ai-gateway` };
}

function gatewayOf(calledUrl: string | null): string | null {
  const address = calledUrl === null ? null : gatewayAddressOf(calledUrl);
  if (address === null) return null;
  return `${DASHBOARD}/${address.accountId}/ai/ai-gateway/gateways/${address.gatewayName}`;
}
