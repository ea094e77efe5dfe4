/** The text typed into a provider's form: its effect on the file's values, and its problems. */
import type { ErrorCode, GatewayError } from "../../../shared/errors";
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { inputFailure } from "../../../shared/input-errors";
import { checkAccountId, checkGatewayName, checkSegment } from "../../../shared/gateway-names";
import { gatewayBaseUrl } from "../../../shared/gateway-url";
import type { Result } from "../../../shared/result";
import { isSameGateway, type GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { Change, Expecting, TypedChoice, TypedInput } from "../data/change";
import type { KnownGateways } from "../data/queries";
import { TypedToken } from "../data/typed-token";
import { knownSegment } from "./known-segments";
import { routedOf, usualSegmentOf } from "../words/segments";
import { remarksOn } from "../words/route-words";
import { words } from "../words/words";
import { cleaned, tokenIn } from "./pasted";
import { gatewayAt, tokenSituation, type TokenSituation } from "./token-situation";

export type FieldName = "accountId" | "gatewayName" | "host" | "segment" | "token";

/** Only typed fields. An absent field follows the file. */
export interface Draft {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly host?: string;
  readonly segment?: string;
  /** null: the gateway is open. */
  readonly token?: TypedChoice;
  /** The provider's mark when typing began. */
  readonly seen: string;
}

export interface Fields {
  readonly accountId: string;
  readonly gatewayName: string;
  /** The custom domain; empty for Cloudflare's own host. */
  readonly host: string;
  readonly segment: string;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
}

export type FieldProblems = { readonly [Name in FieldName]?: string };

const FIELD_OF_CODE: { readonly [Code in ErrorCode]?: FieldName } = {
  account_id_invalid: "accountId",
  gateway_name_invalid: "gatewayName",
  host_invalid: "host",
  domain_unconfirmed: "host",
  segment_invalid: "segment",
  segment_required: "segment",
  foreign_host: "segment",
  token_invalid: "token",
  token_of_api: "token",
};

/** The values that the form shows: typed ones, else the block's, else the usual gateway's. */
export function fieldsOf(
  provider: ProviderView,
  known: KnownGateways,
  draft: Draft | null,
): Fields {
  const block = provider.gateway;
  const usual = usualOf(known);
  const account = draft?.accountId ?? block?.accountId ?? usual?.accountId ?? "";
  return {
    accountId: account,
    gatewayName: draft?.gatewayName ?? block?.gatewayName ?? usual?.gatewayName ?? "",
    host: draft?.host ?? (block ? block.host : usual?.host) ?? "",
    segment: draft?.segment ?? block?.segment ?? knownSegment(provider, account, known) ?? "",
    token: draft?.token,
  };
}

/** The gateway that most providers use; while none is routed, the one in most disabled blocks. */
export function usualOf({ usual, gateways }: KnownGateways): GatewayKey | null {
  const [first, ...others] = gateways;
  if (usual !== null || first === undefined) return usual;
  return others.reduce(
    (most, each) => (each.disabled.length > most.disabled.length ? each : most),
    first,
  );
}

/** The fields that name a gateway. */
export type GatewayNameFields = Pick<Fields, "accountId" | "gatewayName" | "host">;

/** The fields that name this gateway. */
export function namesOf({ accountId, gatewayName, host = "" }: GatewayKey): GatewayNameFields {
  return { accountId, gatewayName, host };
}

/** The gateway that these fields name. */
export function targetOf(fields: GatewayNameFields): GatewayKey {
  const host = cleaned(fields.host, "host");
  return {
    accountId: cleaned(fields.accountId, "accountId"),
    gatewayName: cleaned(fields.gatewayName, "gatewayName"),
    ...(host === "" ? {} : { host }),
  };
}

/** Which token the provider gets while the token field is untouched. */
export function situationOf(
  provider: ProviderView,
  fields: Fields,
  { gateways }: KnownGateways,
): TokenSituation {
  return tokenSituation(provider, targetOf(fields), gateways);
}

/** The problem of each field, in the sentence with which main would refuse it. */
export function problemsOf(
  provider: ProviderView,
  fields: Fields,
  known: KnownGateways,
): FieldProblems {
  const host = cleaned(fields.host, "host");
  const segment = cleaned(fields.segment, "segment");
  const token = fields.token instanceof TypedToken ? fields.token.text : "";
  const situation = situationOf(provider, fields, known);
  const checks: readonly (readonly [FieldName, Result<string> | null])[] = [
    ["accountId", checkAccountId(cleaned(fields.accountId, "accountId"))],
    ["gatewayName", checkGatewayName(cleaned(fields.gatewayName, "gatewayName"))],
    ["host", host === "" ? null : checkGatewayDomain(host)],
    ["segment", segment === "" ? segmentMissing(provider) : checkSegment(segment)],
    ["token", token === "" ? null : tokenIn(token)],
  ];
  const problems = checks.flatMap(([name, check]) =>
    check === null || check.success ? [] : [[name, check.error.message] as const],
  );
  const asked = ASKED[situation];
  const isAnswered = isChosen(fields.token);
  return Object.fromEntries(
    asked === undefined || isAnswered ? problems : [...problems, ["token", asked] as const],
  );
}

/** Where a token must be chosen before anything can be saved. */
const ASKED: { readonly [Situation in TokenSituation]?: string } = {
  needed: words.tokenProblem.missing,
  different: words.tokenProblem.choose,
};

/** Whether a token was entered or chosen. An empty field is neither. */
export function isChosen(token: TypedChoice | undefined): token is TypedChoice {
  return token !== undefined && !(token instanceof TypedToken && token.text === "");
}

/** The field that a refusal is about, or null when it is about none. */
export function fieldOfError(error: GatewayError): FieldName | null {
  return FIELD_OF_CODE[error.code] ?? null;
}

/** The base URL after these fields are saved. */
export function previewBaseUrl(provider: ProviderView, fields: Fields): Result<string> {
  const segment = cleaned(fields.segment, "segment");
  const missing = segment === "" ? segmentMissing(provider) : null;
  if (missing !== null) return missing;
  return gatewayBaseUrl(routedOf(provider), {
    ...targetOf(fields),
    segment: segment === "" ? null : segment,
  });
}

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

/** A copy of a typed token without the text that people paste along with it. */
export function sendable(token: TypedChoice): TypedChoice {
  return token instanceof TypedToken ? new TypedToken(cleaned(token.text, "token")) : token;
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

/** The fields that were typed after a draft was `sent`. */
export function typedSince(typed: Draft | null, sent: Draft | null): ReadonlySet<FieldName> {
  const names = ["accountId", "gatewayName", "host", "segment", "token"] as const;
  return new Set(
    names.filter((name) => typed?.[name] !== undefined && typed[name] !== sent?.[name]),
  );
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

/** The part of a draft that was typed after it was `sent`, or null. */
export function unsentOf(
  typed: Draft | null,
  sent: Draft | null,
  mark: string | undefined,
): Draft | null {
  const since = typedSince(typed, sent);
  if (typed === null || since.size === 0) return null;
  const { seen, token, ...texts } = typed;
  const isTokenNew = token !== undefined && since.has("token");
  return { ...texts, ...(isTokenNew ? { token } : {}), seen: mark ?? seen };
}

function segmentMissing(provider: ProviderView): Result<string> | null {
  const usual = usualSegmentOf(provider);
  if (usual !== null) {
    if (provider.foreignHost === null) return null;
    const { id, foreignHost: host } = provider;
    return inputFailure("foreign_host", { provider: id, host, segment: usual });
  }
  return inputFailure("segment_required", { provider: provider.id });
}
