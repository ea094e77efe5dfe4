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
export const TOKEN_FORM_PAGE = tokenForm([{ key: "aig", type: "run" }], "mux AI Gateway");

/** The form for the API token with which the panel reads an account and creates gateways. */
export const ACCOUNT_TOKEN_PAGE = accountTokenForm("edit");

/** The same without the right to create anything. */
export const READING_TOKEN_PAGE = accountTokenForm("read");

function accountTokenForm(type: "edit" | "read"): string {
  const permissions = [
    { key: "aig", type },
    { key: "account_settings", type: "read" },
    { key: "account_analytics", type: "read" },
  ] as const;
  return tokenForm(permissions, "mux settings");
}

interface Permission {
  readonly key: string;
  readonly type: "run" | "edit" | "read";
}

function tokenForm(permissions: readonly Permission[], name: string): string {
  const keys = encodeURIComponent(JSON.stringify(permissions));
  return `https://${DASHBOARD_HOST}/profile/api-tokens?permissionGroupKeys=${keys}&accountId=*&zoneId=all&name=${encodeURIComponent(name)}`;
}

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
