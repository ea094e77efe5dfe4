/** What a person may see of providers.jsonc: everything about routes, nothing secret. */
import type { GatewayError } from "./errors";
import type { GatewayBlockView } from "./gateway-block";
import type { UnroutableReason } from "./providers";

/** The configured route of a provider; where a request really went is a `Verdict`. */
export type Route = "gateway" | "direct";

/** Where the provider's key would come from. The key itself never leaves the main process. */
export type KeySource = "file" | "key-file" | "environment" | "none";

/** Something about a provider that a person should know, in one sentence. */
export interface Notice {
  readonly code: NoticeCode;
  readonly message: string;
  /** Present when one call, `fix`, puts it right without a risk. */
  readonly fix?: FixCode;
}

/** What `fix` can do to a provider. */
export type FixCode =
  /** The gateway in its base URL becomes a block, with the same account, gateway and token. */
  | "adopt_gateway"
  /** OpenAI is called with its API key, not with the Codex login. */
  | "use_api_key_auth"
  /** OpenAI is called over HTTP. */
  | "disable_websocket"
  /** What the mirror writes beside the block is written again, or taken away, as the block says. */
  | "mend_mirror"
  /** What the block keeps of the user's own moves to members that mux hides from its agents. */
  | "hide_saved_values"
  /** The base URL beside the block leads mux to the gateway again, so that its token goes there. */
  | "restore_gateway_url"
  /** The gateway's token is removed from the provider's headers. */
  | "remove_token_header";

/** A gateway's token that mux sends to another host with the next chat. */
export interface TokenLeak {
  readonly host: string;
  /** The one that stops it. */
  readonly fix: Extract<FixCode, "restore_gateway_url" | "remove_token_header">;
}

export type NoticeCode =
  | "duplicate_provider"
  | "duplicate_block"
  | "block_not_object"
  | "both_blocks"
  | "block_incomplete"
  | "provider_not_object"
  | "environment_base_url"
  | "foreign_host"
  | "token_leak"
  | "gateway_base_url"
  | "gateway_address_wrong"
  | "codex_login"
  | "websocket_transport"
  | "openrouter_body"
  | "openrouter_own_header"
  | "saved_values_readable"
  | "token_unusable"
  | "aggregator"
  | "mirror_out_of_step";

export interface ProviderView {
  /** The key in providers.jsonc. */
  readonly id: string;
  readonly name: string;
  readonly kind: "built-in" | "custom";
  /** Whether the file has an object for it. */
  readonly inFile: boolean;
  /** mux's own switch: `"enabled": false` is the only "no". */
  readonly enabled: boolean;
  readonly keySource: KeySource;
  /** Why it can never be routed, or null. */
  readonly unroutable: UnroutableReason | null;
  /** `gateway` means a block that is on. */
  readonly route: Route;
  /**
   * The gateway that its own base URL leads to, written by hand, while no block is on: its requests
   * go through that gateway although `route` is `direct`, and the row should say so. Null otherwise.
   */
  readonly gatewayByHand: { readonly accountId: string; readonly gatewayName: string } | null;
  /** The block that counts: the active one, else the disabled one, else null. */
  readonly gateway: GatewayBlockView | null;
  /** The URL that requests are given as their base now, without credentials or query; null when there is none or it cannot be built. */
  readonly baseUrl: string | null;
  /** The base URL without a gateway, likewise cleaned. */
  readonly directBaseUrl: string | null;
  /** Whether the environment gives `directBaseUrl`, because the file has none. */
  readonly baseUrlFromEnvironment: boolean;
  /**
   * The host that its key belongs to, because its base URL points there and not to the provider's
   * own; else null. It is then only put behind a gateway with an explicit segment.
   */
  readonly foreignHost: string | null;
  /** Null unless mux sends a gateway's token to another host. No test runs while it does. */
  readonly leak: TokenLeak | null;
  /** Ids that the file lists under `models`. */
  readonly models: readonly string[];
  readonly notices: readonly Notice[];
  /** Opaque mark of what the block was when it was read; send it back as `seen`. */
  readonly mark: string;
}

/** Which of two views of one store is the newer: the one with the greater `number`. */
export interface ViewVersion {
  /** Another one after the main process was started anew. */
  readonly store: string;
  readonly number: number;
}

/** Whether a page that has the version `shown` learns nothing from the version `other`. */
export function isAsNew(shown: ViewVersion, other: ViewVersion): boolean {
  return shown.store === other.store && shown.number >= other.number;
}

export interface ViewWarning {
  /** `certificates_unchecked`: the environment turns off the check of certificates. */
  readonly code: "certificates_unchecked";
  /** What it means and what to do. */
  readonly message: string;
}

export interface ProvidersView {
  readonly version: ViewVersion;
  /** Absolute path of providers.jsonc, whether or not it exists. */
  readonly file: string;
  /** A providers.jsonc in another of mux's homes, which neither mux nor this panel uses; or null. */
  readonly otherFile: string | null;
  readonly exists: boolean;
  /** Why the file cannot be edited now, or null. Providers then hold what could still be read. */
  readonly problem: GatewayError | null;
  /** Built-in providers in mux's order, then custom ones in the file's. */
  readonly providers: readonly ProviderView[];
  /** Account and gateway that most routed providers use; null when none is routed. */
  readonly usual: { readonly accountId: string; readonly gatewayName: string } | null;
  /**
   * Whether the base URL and the token's header are written beside each block, so that a mux that
   * does not know the block goes through the gateway too; `canChange`: `setMirror` may be called.
   */
  readonly mirror: { readonly on: boolean; readonly canChange: boolean };
  /** What makes every request unsafe, whatever provider it is for; to be shown once, at the top. */
  readonly warnings: readonly ViewWarning[];
  /** How many changes can be taken back. */
  readonly undoSteps: number;
  /** How many steps for Undo the call made that this view answers: 0 when it changed nothing, and in every other view. */
  readonly made: 0 | 1;
}
