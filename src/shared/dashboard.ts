/** The pages of Cloudflare's dashboard that the product links to; no other file spells them out. */

export const DASHBOARD_HOST = "dash.cloudflare.com";

/** Lists the gateways of whatever account is signed in, and creates new ones. */
export const GATEWAYS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/ai/ai-gateway`;

/** Creates the API tokens that an authenticated gateway asks for. */
export const API_TOKENS_PAGE = `https://${DASHBOARD_HOST}/?to=/:account/api-tokens`;

interface Names {
  readonly accountId: string;
  readonly gatewayName: string;
}

/** One gateway's own page. The names must be valid: they go into the path as they are. */
export function gatewayPage({ accountId, gatewayName }: Names): string {
  return `https://${DASHBOARD_HOST}/${accountId}/ai/ai-gateway/gateways/${gatewayName}`;
}

/** The page with the requests that one gateway has logged. */
export function gatewayLogsPage(gateway: Names): string {
  return `${gatewayPage(gateway)}/logs`;
}
