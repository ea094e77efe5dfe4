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
import type { ProviderView, ProvidersView } from "../../../shared/view";
import type { TypedInput } from "../data/change";
import { TypedToken } from "../data/typed-token";
import { routedOf, usualSegmentOf } from "../words/segments";
import { cleaned } from "./pasted";

export type FieldName = "accountId" | "gatewayName" | "segment" | "token";

/** Only what was typed; a field that is absent follows the file. */
export interface Draft {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly segment?: string;
  /** null: the stored token goes when the form is saved. */
  readonly token?: TypedToken | null;
  /** The provider's mark when typing began. */
  readonly seen: string;
}

export interface Fields {
  readonly accountId: string;
  readonly gatewayName: string;
  readonly segment: string;
  /** undefined: untouched; null: to be removed. */
  readonly token: TypedToken | null | undefined;
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
  usual: ProvidersView["usual"],
  draft: Draft | null,
): Fields {
  const block = provider.gateway;
  return {
    accountId: draft?.accountId ?? block?.accountId ?? usual?.accountId ?? "",
    gatewayName: draft?.gatewayName ?? block?.gatewayName ?? usual?.gatewayName ?? "",
    segment: draft?.segment ?? block?.segment ?? "",
    token: draft?.token,
  };
}

/** What is wrong with each field, in the sentence that main would refuse it with. */
export function problemsOf(provider: ProviderView, fields: Fields): FieldProblems {
  const segment = cleaned(fields.segment, "segment");
  const token = fields.token?.text ?? "";
  const checks: readonly (readonly [FieldName, Result<string> | null])[] = [
    ["accountId", checkAccountId(cleaned(fields.accountId, "accountId"))],
    ["gatewayName", checkGatewayName(cleaned(fields.gatewayName, "gatewayName"))],
    ["segment", segment === "" ? segmentMissing(provider) : checkSegment(segment)],
    ["token", token === "" ? null : checkToken(cleaned(token, "token"))],
  ];
  return Object.fromEntries(
    checks.flatMap(([name, check]) =>
      check === null || check.success ? [] : [[name, check.error.message]],
    ),
  );
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

/** What to send for these fields. An untouched token stays, an emptied segment is removed. */
export function enableInputOf(provider: ProviderView, fields: Fields): TypedInput {
  const segment = cleaned(fields.segment, "segment");
  const hadSegment = (provider.gateway?.segment ?? null) !== null;
  return {
    provider: provider.id,
    accountId: cleaned(fields.accountId, "accountId"),
    gatewayName: cleaned(fields.gatewayName, "gatewayName"),
    ...(segment === "" ? (hadSegment ? { segment: null } : {}) : { segment }),
    ...(fields.token === null ? { token: null } : {}),
    ...(fields.token && fields.token.text !== ""
      ? { token: new TypedToken(cleaned(fields.token.text, "token")) }
      : {}),
  };
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
  const isEmptied = typed?.token?.text === "";
  const old = keepsToken && !isEmptied ? refused.token : undefined;
  const token = since.has("token") && !isEmptied ? typed?.token : old;
  return {
    provider: refused.provider,
    accountId: textOf("accountId"),
    gatewayName: textOf("gatewayName"),
    ...(segment === undefined ? {} : { segment }),
    ...(token === undefined
      ? {}
      : { token: token === null ? null : new TypedToken(cleaned(token.text, "token")) }),
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
