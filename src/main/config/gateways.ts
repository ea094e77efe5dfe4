/** Derives the gateways from the blocks in the file and from the environment. */
import { unconfirmedDomain, type ConfirmedDomains } from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import {
  checkAccountId,
  checkGatewayName,
  checkSegment,
  checkToken,
} from "../../shared/gateway-names";
import {
  isSameGateway,
  type CustomSegment,
  type DomainKey,
  type EnvironmentGateway,
  type GatewayKey,
  type GatewayView,
  type TokenState,
} from "../../shared/gateways";
import { parseUrl } from "../../shared/parse-url";
import { goesElsewhere } from "../../shared/mux-route";
import type { ProvidersView, ProviderView } from "../../shared/view";
import { ownBaseUrl } from "../mux/base-url";
import type { GatewayBlock } from "../mux/provider-config";
import { checkNewToken } from "./new-token";
import { isOpen } from "./token-to-write";
import type { ReadProvider } from "./providers";

/** A gateway and the providers that use it, in the order of the providers. */
export interface GatewayUsers extends GatewayKey {
  readonly users: readonly ReadProvider[];
}

/** All gateways of the providers. For each provider, the block that counts is used. */
export function gatewaysIn(providers: readonly ReadProvider[]): readonly GatewayUsers[] {
  const found = new Map<string, GatewayKey & { readonly users: ReadProvider[] }>();
  for (const provider of providers) {
    if (!provider.shown?.accountId || !provider.shown.gatewayName) continue;
    const key = gatewayKey(provider.shown);
    const name = JSON.stringify([key.accountId, key.gatewayName, key.host]);
    const known = found.get(name);
    if (known) known.users.push(provider);
    else found.set(name, { ...key, users: [provider] });
  }
  return [...found.values()];
}

/** The gateway that a block names. */
export function gatewayKey({ accountId, gatewayName, host }: GatewayBlock): GatewayKey {
  return { accountId, gatewayName, ...(host === null ? {} : { host }) };
}

/** The custom domains that the blocks name. */
export function domainsIn(providers: readonly ReadProvider[]): readonly DomainKey[] {
  return gatewaysIn(providers).flatMap(({ accountId, gatewayName, host }) =>
    host === undefined ? [] : [{ accountId, gatewayName, host }],
  );
}

/** The gateway that most routed providers use (the first of several); null if none is routed. */
export function usualGateway(gateways: readonly GatewayUsers[]): GatewayKey | null {
  const [most] = gateways
    .map(({ users, ...key }) => ({ key, count: users.filter(isActive).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  return most?.key ?? null;
}

export function viewGateway(
  { users, ...key }: GatewayUsers,
  usual: GatewayKey | null,
  { env, domains }: { readonly env: NodeJS.ProcessEnv; readonly domains: ConfirmedDomains },
): GatewayView {
  const ids = (some: readonly ReadProvider[]) => some.map(({ config }) => config.id);
  return {
    ...key,
    active: ids(users.filter(isActive)),
    disabled: ids(users.filter((user) => !isActive(user))),
    token: tokenState(users),
    storePrompts: storesPrompts(users),
    customSegments: customSegments(users, env),
    ...(key.host === undefined
      ? {}
      : { isConfirmed: unconfirmedDomain({ host: null, ...key }, domains) === null }),
    isUsual: usual !== null && isSameGateway(usual, key),
  };
}

/** How many providers a gateway can be used for, how many use one, and how many mux sends elsewhere. */
export function countProviders(providers: readonly ProviderView[]): ProvidersView["counts"] {
  const ready = providers.filter(
    ({ enabled, keySource, unroutable }) => enabled && keySource !== "none" && unroutable === null,
  );
  const routed = providers.filter(({ route }) => route === "gateway");
  return {
    withKey: ready.length,
    routed: ready.filter(({ route }) => route === "gateway").length,
    elsewhere: routed.filter(({ muxRoute }) => goesElsewhere(muxRoute)).length,
  };
}

/** Whether the gateway may store prompts by these providers' blocks; null if they differ. */
export function storesPrompts(users: readonly ReadProvider[]): boolean | null {
  const hiding = users.filter(({ shown }) => shown?.storePrompts === false);
  if (hiding.length === 0) return true;
  return hiding.length === users.length ? false : null;
}

function customSegments(
  users: readonly ReadProvider[],
  env: NodeJS.ProcessEnv,
): readonly CustomSegment[] {
  const found = new Map<string, CustomSegment>();
  for (const { config, shown } of users) {
    const segment = shown?.segment ?? "";
    const host = hostIn(ownBaseUrl(config, env)?.url ?? "");
    if (!segment.startsWith("custom-") || !checkSegment(segment).success || host === "") continue;
    found.set(`${host} ${segment}`, { segment, host });
  }
  return [...found.values()];
}

/** Without a user name or password; empty for a gateway's own URL, and for a text that is not a URL. */
function hostIn(url: string): string {
  return atGatewayHost(url) === null ? (parseUrl(url)?.host ?? "") : "";
}

/** The distinct tokens in blocks and, for OpenRouter, in the mirrored header. */
export function tokensOf(users: readonly ReadProvider[]): readonly string[] {
  return [...new Set(users.flatMap((user) => tokenOf(user) ?? []))];
}

/** The provider's stored token, or null. Invalid tokens are ignored. */
export function tokenOf({ shown }: ReadProvider): string | null {
  const token = shown?.token ?? null;
  return token !== null && checkToken(token).success ? token : null;
}

/** `CLOUDFLARE_ACCOUNT_ID` and `CLOUDFLARE_GATEWAY_NAME`; null unless both are valid. */
export function environmentGateway(env: NodeJS.ProcessEnv): EnvironmentGateway | null {
  const accountId = checkAccountId(environmentAccount(env));
  const gatewayName = checkGatewayName(env["CLOUDFLARE_GATEWAY_NAME"]?.trim() ?? "");
  if (!accountId.success || !gatewayName.success) return null;
  return {
    accountId: accountId.data,
    gatewayName: gatewayName.data,
    hasToken: hasUsableToken(env),
  };
}

export function environmentAccount(env: NodeJS.ProcessEnv): string {
  return env["CLOUDFLARE_ACCOUNT_ID"]?.trim() ?? "";
}

/** `CLOUDFLARE_AI_GATEWAY_TOKEN`, or null if it is not set or invalid. */
export function environmentToken(env: NodeJS.ProcessEnv): string | null {
  const token = checkToken(env["CLOUDFLARE_AI_GATEWAY_TOKEN"]?.trim() ?? "");
  return token.success ? token.data : null;
}

/** Whether the environment's token may be stored. */
function hasUsableToken(env: NodeJS.ProcessEnv): boolean {
  const token = environmentToken(env);
  return token !== null && checkNewToken(token, env).success;
}

function isActive({ config }: ReadProvider): boolean {
  return config.block !== null;
}

function tokenState(users: readonly ReadProvider[]): TokenState {
  const tokens = tokensOf(users);
  const areSomeOpen = users.some(isOpen);
  if (tokens.length > 1 || (tokens.length === 1 && areSomeOpen)) return "different";
  if (tokens.length === 0) return areSomeOpen ? "open" : "none";
  return users.every((user) => tokenOf(user) !== null) ? "all" : "some";
}
