/** Addresses in Cloudflare's dashboard, for the gateway that a URL goes through. */
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
 * The link of a target. Gateway and logs are those of the account and gateway in `calledUrl`; for
 * any other URL they are the list of gateways, which finds the account by itself.
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
