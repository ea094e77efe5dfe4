/** Links to Cloudflare's dashboard for the gateway in a URL. */
import {
  API_TOKENS_PAGE,
  gatewayLogsPage,
  gatewayPage,
  GATEWAYS_PAGE,
} from "../../../shared/dashboard";
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { GatewayDomain } from "../observe/gateway-hosts";
import type { LinkTarget } from "./diagnosis-rule";

export interface Link {
  readonly label: string;
  readonly url: string;
}

/**
 * The link for a target. `gateway` and `logs` lead to the account and gateway in `calledUrl`, else to
 * those of the tested domain, else to the list of gateways, where the dashboard chooses the account.
 */
export function dashboardLink(
  target: LinkTarget,
  calledUrl: string | null,
  domain: GatewayDomain | null,
): Link {
  const address = calledUrl === null ? null : gatewayAddressOf(calledUrl);
  const gateway = address ?? domain?.gateway ?? null;
  switch (target) {
    case "gateway":
      if (gateway) return { label: "Open the gateway", url: gatewayPage(gateway) };
      break;
    case "logs":
      if (gateway) return { label: "Open the gateway's logs", url: gatewayLogsPage(gateway) };
      break;
    case "tokens":
      return { label: "Create a token", url: API_TOKENS_PAGE };
    case "gateways":
      break;
    default:
      target satisfies never;
  }
  return { label: "Open AI Gateway", url: GATEWAYS_PAGE };
}
