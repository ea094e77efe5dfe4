/** The errors of Cloudflare's account API, and of the API token that opens it. */

/** The API's own message without unsafe characters; null if it sent none. */
export interface Said {
  readonly said: string | null;
}

/** Apart from the other sentences, because they belong to a part that is loaded on demand. */
export const ACCOUNT_SENTENCES = {
  // The token
  account_not_connected: () =>
    `No Cloudflare account is connected. Connect it with an API token first.`,
  environment_token_missing: () =>
    `The environment has no CLOUDFLARE_API_TOKEN. Set it and restart the app, or paste a token.`,
  api_token_invalid: (p: { readonly what: string }) =>
    `${p.what} An API token is a single line without spaces. Copy it again from the Cloudflare dashboard.`,
  api_token_saved: () =>
    `This token is in providers.jsonc, where the API token must not be. Create another one without the permission AI Gateway: Run.`,
  api_token_not_active: () =>
    `Cloudflare does not accept this API token yet. A new token can take a minute, so try again soon. Check that you copied all of it.`,
  api_token_unknown: () =>
    `Cloudflare does not accept this API token. It was revoked, or is not complete. Create a new one in the Cloudflare dashboard.`,
  api_token_disabled: () =>
    `This API token is disabled. Enable it in the Cloudflare dashboard, or create a new one.`,
  api_token_expired: (p: { readonly on: string | null }) =>
    `This API token expired${p.on === null ? "" : ` on ${p.on}`}. Create a new one in the Cloudflare dashboard.`,
  api_token_not_before: (p: { readonly from: string }) =>
    `This API token works from ${p.from} on. Try again then, or create another one.`,
  api_permission_missing: (p: {
    readonly permission: string | null;
    readonly account: string | null;
  }) =>
    `Cloudflare refused access${p.account === null ? "" : ` to account ${p.account}`}. The API token lacks ${p.permission === null ? "a permission" : `the permission ${p.permission}`}, or belongs to another account.`,
  secrets_unavailable: () =>
    `This computer offers no encrypted storage, so the API token was not saved. It works until the app quits.`,
  secret_not_saved: (p: { readonly why: string }) => `The API token was not saved: ${p.why}`,
  secret_not_deleted: (p: { readonly why: string }) =>
    `The stored API token was not deleted, so the app can use it again after a restart. Try again, or revoke the token. The cause: ${p.why}`,

  // The gateway
  domain_not_active: (p: { readonly host: string }) =>
    `Your Cloudflare account does not list ${p.host} as an active domain of this gateway, so it was not confirmed.`,
  log_id_invalid: () =>
    `The log ID of this test is not one of Cloudflare's, so its log was not asked for it.`,
  test_not_remembered: () =>
    `Cloudflare's log confirms only tests that ran since the app started. Run the test again.`,

  // The call
  api_unreachable: (p: { readonly why: string }) =>
    `api.cloudflare.com could not be reached: ${p.why}. Check the connection and try again.`,
  api_timeout: (p: { readonly seconds: number }) =>
    `api.cloudflare.com did not answer within ${p.seconds} seconds. Try again.`,
  api_tls_unchecked: () =>
    `Nothing was sent to Cloudflare, because NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates. Remove it, then restart the app.`,
  api_redirected: () =>
    `Something redirected the request to api.cloudflare.com, as a login page of a network does. Sign in to the network, then try again.`,
  api_answer_too_large: () =>
    `The answer of api.cloudflare.com was larger than 1 MB, so it was not read.`,
  api_answer_unreadable: (p: { readonly status: number }) =>
    `The answer of api.cloudflare.com (status ${p.status}) has an unknown form. A proxy may have changed it, or this version is too old.`,
  api_edge_refused: (p: { readonly status: number }) =>
    `Cloudflare's firewall refused the request before it reached the API (status ${p.status}). A VPN, a proxy or the network can be the cause.`,
  api_rate_limited: (p: { readonly seconds: number | null }) =>
    `Cloudflare's API has received too many requests. Try again ${p.seconds === null ? "in 5 minutes" : p.seconds === 1 ? "in 1 second" : `in ${p.seconds} seconds`}.`,
  api_input_refused: (p: Said) =>
    `Cloudflare refused this value${p.said === null ? "." : `: “${p.said}”.`}`,
  api_not_found: (p: { readonly what: string }) =>
    `Cloudflare has no ${p.what} in this account. Check the names in the dashboard.`,
  api_no_route: () =>
    `Cloudflare's API does not know this address. Check the account ID and the name of the gateway.`,
  api_failed: (p: { readonly status: number }) =>
    `Cloudflare's API failed (status ${p.status}). Try again later.`,
  api_refused: (p: Said & { readonly status: number }) =>
    `Cloudflare's API refused the request (status ${p.status})${p.said === null ? "." : `: “${p.said}”.`}`,
} as const;
