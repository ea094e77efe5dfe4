/** The only file with URLs of Cloudflare's dashboard. */

export const DASHBOARD_HOST = "dash.cloudflare.com";

/** Lists the gateways of the signed-in account and creates new ones. */
export const GATEWAYS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/ai/ai-gateway`;

/** Creates API tokens, which authenticated gateways require. */
export const API_TOKENS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/api-tokens`;

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
