/** The sentence of each warning (`Notice`) about a provider. */
import { listed } from "../../shared/listed";
import type { MuxAppName } from "../../shared/mux-route";
import type { FixCode, Notice, NoticeCode } from "../../shared/view";

interface OfLines {
  readonly lines: readonly number[];
}

interface OfApp {
  readonly app: MuxAppName;
}

/** How the compatibility fields differ from their block. */
export type MirrorState = "missing" | "differs" | "log" | "left-behind";

const MIRROR_STATES: { readonly [State in MirrorState]: (app: MuxAppName) => string } = {
  missing: (app) =>
    `Current ${app} releases call this provider directly, because no base URL is set for its gateway.`,
  differs: (app) =>
    `The base URL or token header differs from the gateway settings. Current ${app} releases therefore use another route.`,
  log: () =>
    `The header that keeps prompts out of the gateway's log differs from the gateway settings.`,
  "left-behind": () =>
    `Its gateway is off, but the gateway's base URL or token header is still in the file.`,
};

const SENTENCES = {
  duplicate_provider: (p: OfLines) =>
    `It appears ${p.lines.length} times in the file (lines ${listed(p.lines)}). Only the last entry is used.`,
  duplicate_block: (p: OfLines) =>
    `It has ${p.lines.length} gateway entries (lines ${listed(p.lines)}). Remove all but one in the file to change it here.`,
  block_not_object: (p: { readonly line: number; readonly key: string }) =>
    `"${p.key}" is not an object (line ${p.line}). Correct or remove it in the file.`,
  both_blocks: () =>
    `It has an active and a disabled gateway. The active one counts. Turning it off removes the disabled one.`,
  block_incomplete: (p: { readonly what: string }) =>
    `Its gateway settings are not valid. ${p.what}`,
  provider_not_object: (p: { readonly line: number }) =>
    `Its entry in the file is not an object (line ${p.line}), so it is not used. Correct or remove it there.`,
  environment_base_url: (p: { readonly variable: string }) =>
    `${p.variable} in the environment sets its base URL. Without a gateway, its requests go there instead of to the provider.`,
  base_url_faulty: (p: OfApp & { readonly fault: string }) =>
    `Its base URL in the file does not work in ${p.app}: ${p.fault}`,
  foreign_host: (p: { readonly host: string }) =>
    `Its base URL points to ${p.host}, but its gateway sends that host's key to the provider. Confirm the key below, or enter a custom segment.`,
  domain_unconfirmed: (p: OfApp & { readonly host: string; readonly isCalled: boolean }) =>
    p.isCalled
      ? `${p.app} already sends this provider's key and prompts to ${p.host}, which is not confirmed. Confirm the domain if you connected it to your gateway.`
      : `Its gateway uses the domain ${p.host}, which is not confirmed. It is not tested or used until you confirm it.`,
  token_leak: (p: { readonly host: string }) =>
    `The next chat sends the gateway token to ${p.host}, because the base URL does not point to the gateway.`,
  gateway_base_url: (p: { readonly gatewayName: string }) =>
    `Its base URL, entered by hand, already points to the Cloudflare gateway “${p.gatewayName}”.`,
  gateway_address_wrong: (p: { readonly what: string }) =>
    `Its base URL points to Cloudflare AI Gateway, but ${p.what}. Use https://gateway.ai.cloudflare.com/ with the same path.`,
  codex_login: (p: OfApp) =>
    `${p.app} prefers OpenAI's Codex login to the API key, so it fails or bypasses the gateway. Set "codexOauthDefaultAuth" to "apiKey" to use the key.`,
  websocket_transport: (p: OfApp) =>
    `"webSocketTransportEnabled" makes ${p.app} open a WebSocket at this base URL, where the gateway accepts none.`,
  voice_input: (p: OfApp) =>
    `${p.app} sends voice input to this gateway without its token, so voice input fails if the gateway requires one.`,
  openrouter_body: (p: OfApp & { readonly hasToken: boolean }) =>
    `Current ${p.app} releases send these gateway settings to OpenRouter in every request${p.hasToken ? ", including the token" : ""}.`,
  openrouter_own_header: (p: { readonly isObject: boolean }) =>
    p.isObject
      ? `It has its own cf-aig-authorization header, which is not changed. Remove that header to use the gateway's token.`
      : `Its "headers" are not an object, so the gateway's token cannot be added. Correct or remove "headers" in the file.`,
  own_log_header: () =>
    `Its own cf-aig-collect-log-payload header is not changed, so the gateway can store its prompts. Remove that header.`,
  saved_values_readable: (p: OfApp) =>
    `Its gateway settings store your own base URL or header where ${p.app}'s agents can read it.`,
  token_unusable: (p: { readonly isApiKey: boolean }) =>
    p.isApiKey
      ? `Its token is the account's global API key. Enter the gateway's token instead.`
      : `Its token contains a space, a line break or another character that is not allowed. Enter the token again.`,
  aggregator: (p: { readonly message: string }) => p.message,
  mirror_out_of_step: (p: OfApp & { readonly state: MirrorState }) => MIRROR_STATES[p.state](p.app),
} as const satisfies { readonly [Code in NoticeCode]: unknown };

type Given = { readonly [Code in NoticeCode]: Parameters<(typeof SENTENCES)[Code]> };
const sentences: { readonly [Code in NoticeCode]: (...given: Given[Code]) => string } = SENTENCES;

/** A warning with the sentence of its code. */
export function notice<C extends NoticeCode>(code: C, ...given: Given[C]): Notice {
  return { code, message: sentences[code](...given) };
}

/** The warning with a fix that the user can apply. */
export function fixable(shown: Notice, fix: FixCode): Notice {
  return { ...shown, fix };
}
