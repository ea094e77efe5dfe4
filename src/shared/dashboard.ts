/** The only file with URLs of Cloudflare's dashboard. */

export const DASHBOARD_HOST = "dash.cloudflare.com";

/** Lists the gateways of the signed-in account and creates new ones. */
export const GATEWAYS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/ai/ai-gateway`;

/** Creates API tokens, which authenticated gateways require. */
export const API_TOKENS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/api-tokens`;

/**
 * The form for a new API token with the permission AI Gateway: Run already filled in. Cloudflare
 * drops a permission key that it does not know, so name the permission in words beside the link.
 */
export const TOKEN_FORM_PAGE = `https://${DASHBOARD_HOST}/profile/api-tokens?permissionGroupKeys=${encodeURIComponent(
  JSON.stringify([{ key: "aig", type: "run" }]),
)}&accountId=*&zoneId=all&name=mux%20AI%20Gateway`;

interface Names {
  readonly accountId: string;
  readonly gatewayName: string;
}

/** The page of one gateway. The names must be valid, because they are not escaped. */
export function gatewayPage({ accountId, gatewayName }: Names): string {
  return `https://${DASHBOARD_HOST}/${accountId}/ai/ai-gateway/gateways/${gatewayName}`;
}

/** The page with the requests logged by one gateway. */
export function gatewayLogsPage(gateway: Names): string {
  return `${gatewayPage(gateway)}/logs`;
}
