/** The renderer's view of providers.jsonc: all routes, no secrets. */
import type { GatewayError } from "./errors";
import type { GatewayBlockView } from "./gateway-block";
import type { ModelRoute, MuxAppName, MuxRoute } from "./mux-route";
import type { EnvironmentGateway, GatewayKey, GatewayView, Undone } from "./gateways";
import type { UnroutableReason } from "./providers";

/** The configured route of a provider. A `Verdict` is the observed route. */
export type Route = "gateway" | "direct";

/** The source of the provider's key. The key itself never leaves the main process. */
export type KeySource = "file" | "key-file" | "environment" | "none";

/** A warning about a provider, in one sentence. */
export interface Notice {
  readonly code: NoticeCode;
  readonly message: string;
  /** Present when `fix` can resolve it safely. */
  readonly fix?: FixCode;
}

/** The fixes that `fix` can apply to a provider. */
export type FixCode =
  /** Converts the gateway in its base URL to a block with the same account, gateway and token. */
  | "adopt_gateway"
  /** Makes mux call OpenAI with the API key, not with the Codex login. */
  | "use_api_key_auth"
  /** Makes mux call OpenAI over HTTP. */
  | "disable_websocket"
  /** Writes or removes the compatibility fields so that they match the block. */
  | "mend_mirror"
  /** Moves the user's saved values in the block to members that mux hides from its agents. */
  | "hide_saved_values"
  /** Removes a disabled block, which mux would send to OpenRouter. */
  | "remove_disabled_block"
  /** Sets the base URL to the gateway again, so that mux sends the token there. */
  | "restore_gateway_url"
  /** Removes the gateway's token from the provider's headers. */
  | "remove_token_header";

/** A gateway token that mux would send to another host with the next chat. */
export interface TokenLeak {
  readonly host: string;
  /** The fix that prevents it. */
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
  | "base_url_faulty"
  | "foreign_host"
  /** Its gateway's custom domain is not confirmed: offer `confirmDomain`, and `fix` if there is one. */
  | "domain_unconfirmed"
  | "token_leak"
  | "gateway_base_url"
  | "gateway_address_wrong"
  | "codex_login"
  | "websocket_transport"
  | "voice_input"
  | "openrouter_body"
  | "openrouter_own_header"
  | "own_log_header"
  | "saved_values_readable"
  | "token_unusable"
  | "aggregator"
  | "mirror_out_of_step";

export interface ProviderView {
  /** The key in providers.jsonc. */
  readonly id: string;
  readonly name: string;
  readonly kind: "built-in" | "custom";
  /** Whether the file has an object for this provider. */
  readonly inFile: boolean;
  /** mux's own switch: only `"enabled": false` disables a provider. */
  readonly enabled: boolean;
  readonly keySource: KeySource;
  /** Why it can never be routed, or null. */
  readonly unroutable: UnroutableReason | null;
  /** `gateway` means that the block is active. */
  readonly route: Route;
  /**
   * The gateway in a base URL that was written by hand, when no block is active. Requests then use
   * that gateway although `route` is `direct`, so the row should show it. Otherwise null.
   */
  readonly gatewayByHand: { readonly accountId: string; readonly gatewayName: string } | null;
  /** The active block, else the disabled one, else null. */
  readonly gateway: GatewayBlockView | null;
  /** The current base URL of requests, without credentials or query; null when there is none. */
  readonly baseUrl: string | null;
  /** The base URL without a gateway, also without credentials or query. */
  readonly directBaseUrl: string | null;
  /** Whether `directBaseUrl` comes from the environment, because the file has none. */
  readonly baseUrlFromEnvironment: boolean;
  /**
   * The foreign host that its key belongs to, because its base URL points there; else null. Such a
   * provider needs an explicit segment to be routed.
   */
  readonly foreignHost: string | null;
  /** Where mux sends the next request for the default model. Show it where `goesElsewhere`. */
  readonly muxRoute: MuxRoute;
  /** The models for which mux takes another route than `muxRoute`. */
  readonly modelRoutes: readonly ModelRoute[];
  /** Set when mux would send a gateway token to another host. Tests are refused until it is fixed. */
  readonly leak: TokenLeak | null;
  /** Ids that the file lists under `models`. */
  readonly models: readonly string[];
  readonly notices: readonly Notice[];
  /** An opaque mark of the block's content when it was read. Pass it back as `seen`. */
  readonly mark: string;
}

/** Orders the views of one store: a newer view has a greater `number`. */
export interface ViewVersion {
  /** Differs after each start of the main process. */
  readonly store: string;
  readonly number: number;
}

/** Whether a page that shows `shown` can ignore the version `other`. */
export function isAsNew(shown: ViewVersion, other: ViewVersion): boolean {
  return shown.store === other.store && shown.number >= other.number;
}

export interface ViewWarning {
  /**
   * - `certificates_unchecked`: the environment turns off certificate checks
   * - `api_token_saved`: the file holds the API token of the connected Cloudflare account
   */
  readonly code: "certificates_unchecked" | "api_token_saved";
  /** The risk and the remedy. */
  readonly message: string;
}

export interface ProvidersView {
  readonly version: ViewVersion;
  /** Absolute path of providers.jsonc, whether or not it exists. */
  readonly file: string;
  /** The same for display, with the user's home directory as `~`. */
  readonly shownFile: string;
  /** Whether `openFile` can open it in the user's editor. */
  readonly canOpenFile: boolean;
  /** A providers.jsonc in another home, which mux and this panel ignore; or null. */
  readonly otherFile: string | null;
  /** The name of the app that uses this home. */
  readonly app: MuxAppName;
  readonly exists: boolean;
  /** Why the file cannot be edited, or null. `providers` then has the readable part. */
  readonly problem: GatewayError | null;
  /** Built-in providers in mux's order, then custom ones in the file's. */
  readonly providers: readonly ProviderView[];
  /** The usual gateway: the one that most routed providers use; null when none is routed. */
  readonly usual: GatewayKey | null;
  /** Every gateway that a block names, on or off, in the file's order. */
  readonly gateways: readonly GatewayView[];
  /** The gateway that the environment names, or null. */
  readonly environmentGateway: EnvironmentGateway | null;
  readonly counts: {
    /** Providers that are enabled in mux, have a key and can be routed. */
    readonly withKey: number;
    /** Those of them whose block is on. */
    readonly routed: number;
    /** Providers whose block is on while mux takes another route. */
    readonly elsewhere: number;
  };
  /**
   * Whether compatibility fields (the base URL and the token header) are written next to each block
   * for a version of mux that does not read blocks. `canChange`: whether `setMirror` may be called.
   */
  readonly mirror: { readonly on: boolean; readonly canChange: boolean };
  /** Warnings that apply to all providers. Show them once, at the top. */
  readonly warnings: readonly ViewWarning[];
  /**
   * Increases with each connection to the user's Cloudflare account and each disconnection. When it is
   * higher than the `changes` of the last `AccountStatus`, that is out of date.
   */
  readonly accountChanges: number;
  /** How many changes can be undone. */
  readonly undoSteps: number;
  /** How many undo steps the call that returned this view added; 0 when it changed nothing, and in all other views. */
  readonly made: 0 | 1;
  /** The change that was undone, if this view is the answer to `undo`; else null. */
  readonly undone: Undone | null;
}

/** The result of one action on any number of providers: one write and one step for Undo, or none. */
export interface Changed {
  readonly view: ProvidersView;
  readonly steps: 0 | 1;
  /** The providers that the action changed. */
  readonly changed: readonly string[];
  /** The providers that could not be included, each with its reason. */
  readonly leftOut: readonly { readonly provider: string; readonly error: GatewayError }[];
}
