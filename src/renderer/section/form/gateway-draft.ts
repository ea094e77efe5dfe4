/** What is being typed into a provider's form: how it lies over the file's values, and what is wrong with it. */
import { failure, type ErrorCode, type GatewayError } from "../../../shared/errors";
import {
  checkAccountId,
  checkGatewayName,
  checkSegment,
  checkToken,
} from "../../../shared/gateway-names";
import { gatewayBaseUrl } from "../../../shared/gateway-url";
import type { Result } from "../../../shared/result";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { Change, Expecting, TypedChoice, TypedInput } from "../data/change";
import type { KnownGateways } from "../data/queries";
import { TypedToken } from "../data/typed-token";
import { routedOf, usualSegmentOf } from "../words/segments";
import { remarksOn } from "../words/route-words";
import { words } from "../words/words";
import { cleaned } from "./pasted";
import { tokenSituation, type TokenSituation } from "./token-situation";

export type FieldName = "accountId" | "gatewayName" | "segment" | "token";

/** Only what was typed; a field that is absent follows the file. */
export interface Draft {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly segment?: string;
  /** null: the gateway is open. */
  readonly token?: TypedChoice;
  /** The provider's mark when typing began. */
  readonly seen: string;
}

export interface Fields {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
}

export type FieldProblems = { readonly [Name in FieldName]?: string };

const FIELD_OF_CODE: { readonly [Code in ErrorCode]?: FieldName } = {
  account_id_invalid: "accountId",
  gateway_name_invalid: "gatewayName",
  segment_invalid: "segment",
  segment_required: "segment",
  foreign_host: "segment",
  token_invalid: "token",
};

/** The values that the form shows: what was typed, else the block's, else the usual gateway's. */
export function fieldsOf(
  provider: ProviderView,
  known: KnownGateways,
  draft: Draft | null,
): Fields {
  const block = provider.gateway;
  const usual = usualOf(known);
  return {
    accountId: draft?.accountId ?? block?.accountId ?? usual?.accountId ?? "",
    gatewayName: draft?.gatewayName ?? block?.gatewayName ?? usual?.gatewayName ?? "",
    segment: draft?.segment ?? block?.segment ?? "",
    token: draft?.token,
  };
}

/** The gateway that most providers use; while none is routed, the one that most are ready to use again. */
export function usualOf({ usual, gateways }: KnownGateways): GatewayKey | null {
  const [first, ...others] = gateways;
  if (usual !== null || first === undefined) return usual;
  return others.reduce(
    (most, each) => (each.disabled.length > most.disabled.length ? each : most),
    first,
  );
}

/** The account and gateway that these fields name. */
export function targetOf(fields: Pick<Fields, "accountId" | "gatewayName">): GatewayKey {
  return {
    accountId: cleaned(fields.accountId, "accountId"),
    gatewayName: cleaned(fields.gatewayName, "gatewayName"),
  };
}

/** Which token the provider gets when nothing is said about it. */
export function situationOf(
  provider: ProviderView,
  fields: Fields,
  { gateways }: KnownGateways,
): TokenSituation {
  return tokenSituation(provider, targetOf(fields), gateways);
}

/** What is wrong with each field, in the sentence that main would refuse it with. */
export function problemsOf(
  provider: ProviderView,
  fields: Fields,
  known: KnownGateways,
): FieldProblems {
  const segment = cleaned(fields.segment, "segment");
  const token = fields.token instanceof TypedToken ? fields.token.text : "";
  const situation = situationOf(provider, fields, known);
  const checks: readonly (readonly [FieldName, Result<string> | null])[] = [
    ["accountId", checkAccountId(cleaned(fields.accountId, "accountId"))],
    ["gatewayName", checkGatewayName(cleaned(fields.gatewayName, "gatewayName"))],
    ["segment", segment === "" ? segmentMissing(provider) : checkSegment(segment)],
    ["token", token === "" ? null : checkToken(cleaned(token, "token"))],
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

/** What to say where a token has to be chosen before anything can be saved. */
const ASKED: { readonly [Situation in TokenSituation]?: string } = {
  needed: words.token.missing,
  different: words.token.choose,
};

/** Whether something was said about the token: an empty field says nothing. */
function isChosen(token: TypedChoice | undefined): token is TypedChoice {
  return token !== undefined && !(token instanceof TypedToken && token.text === "");
}

/** The field that a refusal is about, or null when it is about none. */
export function fieldOfError(error: GatewayError): FieldName | null {
  return FIELD_OF_CODE[error.code] ?? null;
}

/** The base URL that saving these fields would give. */
export function previewBaseUrl(provider: ProviderView, fields: Fields): Result<string> {
  const segment = cleaned(fields.segment, "segment");
  const missing = segment === "" ? segmentMissing(provider) : null;
  if (missing !== null) return missing;
  return gatewayBaseUrl(routedOf(provider), {
    accountId: cleaned(fields.accountId, "accountId"),
    gatewayName: cleaned(fields.gatewayName, "gatewayName"),
    segment: segment === "" ? null : segment,
  });
}

/** What these fields ask for. An untouched token stays, an emptied segment is removed. */
export function inputOf(provider: ProviderView, fields: Fields): TypedInput {
  const segment = cleaned(fields.segment, "segment");
  const hadSegment = (provider.gateway?.segment ?? null) !== null;
  return {
    provider: provider.id,
    ...targetOf(fields),
    ...(segment === "" ? (hadSegment ? { segment: null } : {}) : { segment }),
    ...(isChosen(fields.token) ? { token: sendable(fields.token) } : {}),
  };
}

function sendable(token: TypedChoice): TypedChoice {
  return token instanceof TypedToken ? new TypedToken(cleaned(token.text, "token")) : token;
}

/**
 * The change that gives a provider what was asked for. A block that already says where, with its own
 * token or none, is kept as it is; else the provider is routed, and main finds the token.
 */
export function changeOf(
  provider: ProviderView,
  input: TypedInput,
  known: KnownGateways,
  expecting: Expecting,
): Change {
  const { accountId, gatewayName, token, ...own } = input;
  if (token === undefined && keepsOwnToken(provider, input, known)) {
    return { call: "enable", input: { accountId, gatewayName, ...own }, expecting };
  }
  // A change of many leaves out who cannot answer; its own form may still say where it is to go.
  const isOwn = token instanceof TypedToken || token === null;
  if (isOwn && remarksOn(provider).length > 0) {
    return { call: "enable", input: { accountId, gatewayName, ...own, token }, expecting };
  }
  const gateway = { accountId, gatewayName, ...(token === undefined ? {} : { token }) };
  return { call: "route", input: { gateway, providers: [own] }, expecting };
}

/** Whether a provider keeps the token that its block has, or goes on without one. */
function keepsOwnToken(provider: ProviderView, target: GatewayKey, known: KnownGateways): boolean {
  const own = provider.gateway;
  if (own === null || own.accountId !== target.accountId) return false;
  if (own.hasToken) return true;
  const situation = tokenSituation(provider, target, known.gateways);
  return situation === "optional" || (provider.route === "gateway" && isSame(own, target));
}

function isSame(one: GatewayKey, other: GatewayKey): boolean {
  return one.accountId === other.accountId && one.gatewayName === other.gatewayName;
}

/** The fields that were typed after a draft was `sent`. */
export function typedSince(typed: Draft | null, sent: Draft | null): ReadonlySet<FieldName> {
  const names = ["accountId", "gatewayName", "segment", "token"] as const;
  return new Set(
    names.filter((name) => typed?.[name] !== undefined && typed[name] !== sent?.[name]),
  );
}

/**
 * What was `sent` once more, with what was typed since in its place; its token a copy of its own, and
 * only if it `keepsToken`: it was not taken back since.
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
  const isEmptied = typed?.token !== undefined && !isChosen(typed.token);
  const old = keepsToken && !isEmptied ? refused.token : undefined;
  const token = since.has("token") && !isEmptied ? typed?.token : old;
  return {
    provider: refused.provider,
    accountId: textOf("accountId"),
    gatewayName: textOf("gatewayName"),
    ...(segment === undefined ? {} : { segment }),
    ...(token === undefined ? {} : { token: sendable(token) }),
  };
}

/**
 * What is left of a draft once what was `sent` of it is in the file: null, or what was typed since,
 * over the file as it is with that.
 */
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
    return failure("foreign_host", { provider: id, host, segment: usual });
  }
  return failure("segment_required", { provider: provider.id });
}
