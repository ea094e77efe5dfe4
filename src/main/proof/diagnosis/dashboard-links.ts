/** Links to Cloudflare's dashboard for the gateway in a URL. */
import {
  API_TOKENS_PAGE,
  gatewayLogsPage,
  gatewayPage,
  GATEWAYS_PAGE,
} from "../../../shared/dashboard";
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { LinkTarget } from "./diagnosis-rule";

export interface Link {
  readonly label: string;
  readonly url: string;
}

/**
 * The link for a target. `gateway` and `logs` lead to the account and gateway in `calledUrl`, or for
 * any other URL to the list of gateways, where the dashboard chooses the account.
 */
export function dashboardLink(target: LinkTarget, calledUrl: string | null): Link {
  const gateway = calledUrl === null ? null : gatewayAddressOf(calledUrl);
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
