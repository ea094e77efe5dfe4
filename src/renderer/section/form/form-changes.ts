/** The changes that save a provider's form, and those that send a refused form again. */
import { isSameGateway, type GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { Change, Expecting, TypedInput } from "../data/change";
import type { KnownGateways } from "../data/queries";
import { TypedToken } from "../data/typed-token";
import { remarksOn } from "../words/route-words";
import { isChosen, sendable, targetOf, typedSince, type Draft, type Fields } from "./gateway-draft";
import { cleaned } from "./pasted";
import { gatewayAt, tokenSituation } from "./token-situation";

/** The input that saves these fields. An untouched token stays, an emptied segment is removed. */
export function inputOf(provider: ProviderView, fields: Fields): TypedInput {
  const segment = cleaned(fields.segment, "segment");
  const hadSegment = (provider.gateway?.segment ?? null) !== null;
  const target = targetOf(fields);
  return {
    provider: provider.id,
    ...target,
    ...(target.host === undefined && provider.gateway?.host !== undefined ? { host: null } : {}),
    ...(segment === "" ? (hadSegment ? { segment: null } : {}) : { segment }),
    ...(isChosen(fields.token) ? { token: sendable(fields.token) } : {}),
  };
}

/**
 * The changes that save a form. A token for a gateway that other providers use is given to all of
 * them first, because a gateway has one token.
 */
export function changesOf(
  provider: ProviderView,
  input: TypedInput,
  known: KnownGateways,
  expecting: Expecting,
): readonly [Change, ...Change[]] {
  const { accountId: _, gatewayName: __, host: ___, token, ...own } = input;
  const target = keyOf(input);
  if (token === undefined || !hasOtherUsers(provider, target, known)) {
    return [changeOf(provider, input, known, expecting)];
  }
  const update: Change = {
    call: "updateGateway",
    input: { gateway: target, change: { token } },
  };
  const block = provider.gateway;
  const isThere = provider.route === "gateway" && block !== null && isSameGateway(block, target);
  const keepsSegment = own.segment === undefined || own.segment === (block?.segment ?? null);
  if (isThere && keepsSegment) return [update];
  // The token is in the file by then, so its mark has changed.
  return [update, changeOf(provider, { ...own, ...namesIn(input) }, known, "shown")];
}

function hasOtherUsers(
  { id }: ProviderView,
  target: GatewayKey,
  { gateways }: KnownGateways,
): boolean {
  const gateway = gatewayAt(gateways, target);
  return (
    gateway !== undefined && [...gateway.active, ...gateway.disabled].some((user) => user !== id)
  );
}

/**
 * The change of this provider alone. A block that already names the gateway, with its own token or
 * none, keeps it; otherwise the provider is routed, and main finds the token.
 */
export function changeOf(
  provider: ProviderView,
  input: TypedInput,
  known: KnownGateways,
  expecting: Expecting,
): Change {
  const { accountId: _, gatewayName: __, host: ___, token, ...own } = input;
  const names = namesIn(input);
  const target = keyOf(input);
  if (token === undefined && keepsOwnToken(provider, target, known)) {
    return { call: "enable", input: { ...names, ...own }, expecting };
  }
  // `route` leaves out a provider without a key, but its own form may still choose a gateway.
  const isOwn = token instanceof TypedToken || token === null;
  if (isOwn && remarksOn(provider).length > 0) {
    const given = token === null ? { open: true as const } : { token };
    return { call: "enable", input: { ...names, ...own, ...given }, expecting };
  }
  const gateway = { ...target, ...(token === undefined ? {} : { token }) };
  return { call: "route", input: { gateway, providers: [own] }, expecting };
}

/** The names of an input, in which a host of null removes the custom domain. */
function namesIn({ accountId, gatewayName, host }: TypedInput) {
  return { accountId, gatewayName, ...(host === undefined ? {} : { host }) };
}

/** The gateway that an input asks for. */
export function keyOf({ accountId, gatewayName, host }: TypedInput): GatewayKey {
  return { accountId, gatewayName, ...(host === undefined || host === null ? {} : { host }) };
}

/** Whether a provider keeps the token of its block, or continues without one. */
function keepsOwnToken(provider: ProviderView, target: GatewayKey, known: KnownGateways): boolean {
  const own = provider.gateway;
  if (own === null || own.accountId !== target.accountId || own.host !== target.host) return false;
  if (own.hasToken) return true;
  const situation = tokenSituation(provider, target, known.gateways);
  return situation === "optional" || (provider.route === "gateway" && isSameGateway(own, target));
}

/**
 * The refused input with the fields that were typed after it was `sent`. It has its own copy of the
 * token. `keepsToken`: false if the token was removed since.
 */
export function inputAgain(
  refused: TypedInput,
  sent: Draft | null,
  typed: Draft | null,
  keepsToken: boolean,
): TypedInput {
  const since = typedSince(typed, sent);
  const textOf = (name: "accountId" | "gatewayName") =>
    since.has(name) ? cleaned(typed?.[name] ?? "", name) : refused[name];
  const segment = since.has("segment")
    ? cleaned(typed?.segment ?? "", "segment") || null
    : refused.segment;
  const host = since.has("host") ? cleaned(typed?.host ?? "", "host") || null : refused.host;
  const isEmptied = typed?.token !== undefined && !isChosen(typed.token);
  const old = keepsToken && !isEmptied ? refused.token : undefined;
  const token = since.has("token") && !isEmptied ? typed?.token : old;
  return {
    provider: refused.provider,
    accountId: textOf("accountId"),
    gatewayName: textOf("gatewayName"),
    ...(host === undefined ? {} : { host }),
    ...(segment === undefined ? {} : { segment }),
    ...(token === undefined ? {} : { token: sendable(token) }),
  };
}
