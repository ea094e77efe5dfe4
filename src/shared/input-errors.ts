/** The errors of names and of the call itself, which the page reports without the main process. */

export interface OfProvider {
  readonly provider: string;
}

/** Apart from the other sentences, so that the page loads only these. */
export const INPUT_SENTENCES = {
  // Routes
  provider_not_routable: (p: OfProvider & { readonly why: string }) =>
    `“${p.provider}” cannot go through Cloudflare AI Gateway: ${p.why}`,

  // Names
  account_id_invalid: (p: { readonly what: string }) =>
    `${p.what} A Cloudflare account ID is 32 characters of 0–9 and a–f. It is in the dashboard's URL, after dash.cloudflare.com/.`,
  gateway_name_invalid: (p: { readonly what: string }) =>
    `${p.what} A gateway name is 1 to 64 characters of a–z, 0–9, - and _. It is in the dashboard under AI › AI Gateway.`,
  host_invalid: (p: { readonly what: string }) =>
    `${p.what} A custom domain is a name such as ai.example.com. It is on the gateway's page in the dashboard, under Domains.`,
  segment_invalid: (p: { readonly what: string }) =>
    `${p.what} Enter custom-… with the slug of your custom provider in AI Gateway.`,
  segment_required: (p: OfProvider) =>
    `Cloudflare has no built-in route for “${p.provider}”. Create a custom provider for it in AI Gateway and enter its segment, custom-….`,
  foreign_host: (p: OfProvider & { readonly host: string; readonly segment: string }) =>
    `The base URL of “${p.provider}” points to ${p.host}, so its key belongs there. Give a custom segment, or confirm that the key is the provider's own with the segment “${p.segment}”.`,
  token_invalid: (p: { readonly what: string }) =>
    `${p.what} A token is a single line without spaces. Create one in the Cloudflare dashboard with the permission AI Gateway: Run.`,
  token_of_api: (p: { readonly what: string }) =>
    `${p.what} It does not belong in providers.jsonc. Enter a token that has only the permission AI Gateway: Run.`,
  base_url_invalid: (p: OfProvider & { readonly what: string }) =>
    `The base URL of “${p.provider}” cannot be used: ${p.what}`,

  // The call itself
  cancelled: () => `The test was stopped.`,
  closed: () => `The gateway settings are closed.`,
  disconnected: () =>
    `The connection to the app was lost. Your last change may or may not have been saved. Check the file before you repeat it.`,
  internal: (p: { readonly what: string }) =>
    `Internal error (${p.what}). If you were changing something, check the file before you try again.`,
} as const;

export type InputErrorCode = keyof typeof INPUT_SENTENCES;
type Given = { readonly [Code in InputErrorCode]: Parameters<(typeof INPUT_SENTENCES)[Code]> };
const sentences: { readonly [Code in InputErrorCode]: (...given: Given[Code]) => string } =
  INPUT_SENTENCES;

/** A `Failure` with one of these codes. */
export interface InputFailure {
  readonly success: false;
  readonly error: { readonly code: InputErrorCode; readonly message: string };
}

/** Creates the failure of a code, like `failure` for all codes. */
export function inputFailure<C extends InputErrorCode>(code: C, ...given: Given[C]): InputFailure {
  return { success: false, error: { code, message: sentences[code](...given) } };
}
