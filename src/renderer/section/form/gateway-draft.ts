/** The text typed into a provider's form: its effect on the file's values, and its problems. */
import type { ErrorCode, GatewayError } from "../../../shared/errors";
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { inputFailure } from "../../../shared/input-errors";
import { checkAccountId, checkGatewayName, checkSegment } from "../../../shared/gateway-names";
import { gatewayBaseUrl } from "../../../shared/gateway-url";
import type { Result } from "../../../shared/result";
import type { GatewayKey } from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { TypedChoice } from "../data/change";
import type { KnownGateways } from "../data/queries";
import { TypedToken } from "../data/typed-token";
import { knownSegment } from "./known-segments";
import { routedOf, usualSegmentOf } from "../words/segments";
import { words } from "../words/words";
import { cleaned, tokenIn } from "./pasted";
import { tokenSituation, type TokenSituation } from "./token-situation";

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

/** A copy of a typed token without the text that people paste along with it. */
export function sendable(token: TypedChoice): TypedChoice {
  return token instanceof TypedToken ? new TypedToken(cleaned(token.text, "token")) : token;
}

/** The fields that were typed after a draft was `sent`. */
export function typedSince(typed: Draft | null, sent: Draft | null): ReadonlySet<FieldName> {
  const names = ["accountId", "gatewayName", "host", "segment", "token"] as const;
  return new Set(
    names.filter((name) => typed?.[name] !== undefined && typed[name] !== sent?.[name]),
  );
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
