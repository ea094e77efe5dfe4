/** The sentence of each notice: what a person should know about a provider, beside its errors. */
import type { FixCode, Notice, NoticeCode } from "../../shared/view";

interface OfLines {
  readonly lines: readonly number[];
}

/** What a mux that does not know the block makes of the members beside it. */
export type MirrorState = "missing" | "differs" | "left-behind";

const MIRROR_STATES: { readonly [State in MirrorState]: string } = {
  missing: `A mux that does not know the gateway yet calls this provider directly: no base URL stands beside its gateway.`,
  differs: `The base URL or the token's header beside its gateway is not what the gateway says, so a mux that does not know the gateway goes elsewhere.`,
  "left-behind": `Its gateway is off, but its base URL or the header with its token is still in the file.`,
};

const SENTENCES = {
  duplicate_provider: (p: OfLines) =>
    `It stands ${p.lines.length} times in the file (lines ${listed(p.lines)}). The last one counts, here and in mux.`,
  duplicate_block: (p: OfLines) =>
    `Its gateway stands ${p.lines.length} times (lines ${listed(p.lines)}). Remove all but one in the file to change it here.`,
  block_not_object: (p: { readonly line: number; readonly key: string }) =>
    `"${p.key}" is not an object (line ${p.line}). Correct or remove it in the file.`,
  both_blocks: () =>
    `It has a gateway that is on and another that is off. The one that is on counts; switching off drops the other.`,
  block_incomplete: (p: { readonly what: string }) => `Its gateway cannot be called. ${p.what}`,
  provider_not_object: (p: { readonly line: number }) =>
    `It is not an object in the file (line ${p.line}), so mux cannot use it. Correct or remove it there.`,
  environment_base_url: (p: { readonly variable: string }) =>
    `${p.variable} in the environment gives it a base URL, so without a gateway it goes there and not to the provider itself.`,
  foreign_host: (p: { readonly host: string }) =>
    `Its base URL points to ${p.host}, but its gateway sends that host's key to the provider. Confirm the key below, or give a custom segment.`,
  token_leak: (p: { readonly host: string }) =>
    `mux sends the gateway's token to ${p.host} with the next chat, because its base URL does not point to the gateway.`,
  gateway_base_url: (p: { readonly gatewayName: string }) =>
    `Its own base URL, written by hand, already leads through the Cloudflare gateway “${p.gatewayName}”.`,
  gateway_address_wrong: (p: { readonly what: string }) =>
    `Its base URL is on the host of Cloudflare AI Gateway, but ${p.what}. Write https://gateway.ai.cloudflare.com/ with the rest of the address.`,
  codex_login: () =>
    `OpenAI has a Codex login that mux prefers to the API key, so mux fails behind the gateway or goes past it to ChatGPT, unless "codexOauthDefaultAuth" is "apiKey".`,
  websocket_transport: () =>
    `"webSocketTransportEnabled" makes mux open a WebSocket, for which the gateway has no documented address.`,
  openrouter_body: (p: { readonly hasToken: boolean }) =>
    `A mux that does not know the gateway sends this block to OpenRouter in the body of every request${p.hasToken ? ", its token included" : ""}.`,
  openrouter_own_header: (p: { readonly isObject: boolean }) =>
    p.isObject
      ? `It has its own cf-aig-authorization header, which stays as it is. Remove that header to use the gateway's token.`
      : `Its "headers" are not an object, so the gateway's token cannot be added. Correct or remove "headers" in the file.`,
  saved_values_readable: () =>
    `Its gateway keeps your own base URL or header where mux's agents can read it.`,
  token_unusable: () =>
    `Its token has a space, a line break or a character that no request can carry. Enter the token again.`,
  aggregator: (p: { readonly names: readonly string[] }) =>
    `mux may send these models through ${p.names.join(" or ")} instead, past this gateway, unless "routePriority" in mux's config.json is ["direct"].`,
  mirror_out_of_step: (p: { readonly state: MirrorState }) => MIRROR_STATES[p.state],
} as const satisfies { readonly [Code in NoticeCode]: unknown };

type Given = { readonly [Code in NoticeCode]: Parameters<(typeof SENTENCES)[Code]> };
const sentences: { readonly [Code in NoticeCode]: (...given: Given[Code]) => string } = SENTENCES;

export function notice<C extends NoticeCode>(code: C, ...given: Given[C]): Notice {
  return { code, message: sentences[code](...given) };
}

/** The notice with the fix that `fix` carries out for it. */
export function fixable(shown: Notice, fix: FixCode): Notice {
  return { ...shown, fix };
}

function listed(lines: readonly number[]): string {
  return `${lines.slice(0, -1).join(", ")} and ${lines.at(-1) ?? ""}`;
}
