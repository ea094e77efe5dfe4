/** Gateways as users think of them: one account and name, one token, any number of providers. */

/** One gateway. Its names are checked before anything is read. */
export interface GatewayKey {
  readonly accountId: string;
  readonly gatewayName: string;
  /** Its custom domain; absent: Cloudflare's own host. With another host it is another gateway. */
  readonly host?: string;
}

/** Whether both name the same gateway, custom domain included. */
export function isSameGateway(one: GatewayKey, other: GatewayKey): boolean {
  return (
    one.accountId === other.accountId &&
    one.gatewayName === other.gatewayName &&
    one.host === other.host
  );
}

/** The key alone, of a gateway, a block's view or whatever else names a gateway. */
export function keyOfGateway({ accountId, gatewayName, host }: GatewayKey): GatewayKey {
  return { accountId, gatewayName, ...(host === undefined ? {} : { host }) };
}

/** Whether a token of one may be used for the other: a token belongs to an account and a host. */
export function isSameTokenScope(
  one: Pick<GatewayKey, "accountId" | "host">,
  other: Pick<GatewayKey, "accountId" | "host">,
): boolean {
  return one.accountId === other.accountId && one.host === other.host;
}

/** A gateway with a custom domain. */
export interface DomainKey extends GatewayKey {
  readonly host: string;
}

export interface ConfirmDomainInput extends DomainKey {
  /**
   * Confirm it only if the connected Cloudflare account lists it as active for this gateway. Absent:
   * the user has confirmed that they own it.
   */
  readonly listed?: true;
}

/**
 * A token, or where main takes one from, so that the page never holds a stored token. `null`: the
 * gateway is open and needs none. `environment` counts only for the account of
 * `CLOUDFLARE_ACCOUNT_ID`, `provider` only for a provider behind a gateway of the same account and
 * host. Neither is taken to a custom domain that the user has not confirmed.
 */
export type TokenChoice =
  | string
  | null
  | { readonly from: "environment" }
  | { readonly from: "provider"; readonly provider: string };

export interface GatewayInput extends GatewayKey {
  /** Absent: the token that is stored for the account and host. */
  readonly token?: TokenChoice;
  /**
   * False: it must not store prompts in its log. Absent: a provider keeps its own setting, except
   * that it takes over a `false` on which the gateway's providers agree.
   */
  readonly storePrompts?: boolean;
}

export interface ProviderRoute {
  readonly provider: string;
  /** `custom-<slug>` or one of Cloudflare's; absent: keep the stored one; null: remove it. */
  readonly segment?: string | null;
  /** The provider's `mark` when it was shown. */
  readonly seen?: string;
}

export interface RouteInput {
  readonly gateway: GatewayInput;
  readonly providers: readonly ProviderRoute[];
}

export interface ProvidersInput {
  readonly providers: readonly { readonly provider: string; readonly seen?: string }[];
}

export interface UpdateGatewayInput {
  readonly gateway: GatewayKey;
  readonly change: {
    readonly accountId?: string;
    readonly gatewayName?: string;
    /** A custom domain; null: Cloudflare's own host. */
    readonly host?: string | null;
    readonly token?: TokenChoice;
    /** False: the gateway must not store prompts in its log. */
    readonly storePrompts?: boolean;
  };
}

/** The name of a call that changes the file. */
export type Action =
  | "enable"
  | "disable"
  | "forget"
  | "route"
  | "direct"
  | "remove"
  | "updateGateway"
  | "confirmDomain"
  | "fix"
  | "setMirror";

/** An action that was undone. */
export interface Undone {
  readonly action: Action;
  /** The providers that it had changed; empty where it changed a setting alone. */
  readonly providers: readonly string[];
}

/**
 * `all`, `some` or `none` of its blocks hold one and the same token; `different`: they do not agree;
 * `open`: the user confirmed that the gateway needs none.
 */
export type TokenState = "all" | "some" | "none" | "different" | "open";

/** A custom provider in the Cloudflare account, as a block names it. */
export interface CustomSegment {
  /** `custom-<slug>`. */
  readonly segment: string;
  /** The host that the custom provider calls: that of the provider's own base URL. */
  readonly host: string;
}

/** A gateway as the blocks in the file describe it. */
export interface GatewayView extends GatewayKey {
  /** Providers whose block is on. */
  readonly active: readonly string[];
  /** Providers whose block is switched off. */
  readonly disabled: readonly string[];
  readonly token: TokenState;
  /** Whether it may store prompts in its log; null if its blocks differ. */
  readonly storePrompts: boolean | null;
  /** The custom segments in its blocks, each once. Every gateway of the account can use them. */
  readonly customSegments: readonly CustomSegment[];
  /**
   * Only with a custom domain: whether the user has confirmed it. Until then the gateway is not
   * tested and not mirrored, and no token is copied to it.
   */
  readonly isConfirmed?: boolean;
  /** Whether most routed providers use it. */
  readonly isUsual: boolean;
}

/** The gateway that environment variables name. */
export interface EnvironmentGateway extends Omit<GatewayKey, "host"> {
  readonly hasToken: boolean;
}
