/** Cloudflare's own pages that the section leads to; each works for whatever account is signed in. */

/** Lists the account's gateways, and makes new ones. */
export const DASHBOARD = "https://dash.cloudflare.com/?to=/:account/ai/ai-gateway";

/** Makes the API tokens that an authenticated gateway asks for. */
export const API_TOKENS = "https://dash.cloudflare.com/?to=/:account/api-tokens";
