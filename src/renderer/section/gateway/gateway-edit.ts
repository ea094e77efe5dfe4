/** Saving a gateway's form: its problems, its token, and the call that is sent. */
import type { GatewayError } from "../../../shared/errors";
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { checkAccountId, checkGatewayName } from "../../../shared/gateway-names";
import {
  isSameGateway,
  isSameTokenScope,
  keyOfGateway,
  type GatewayKey,
  type GatewayView,
} from "../../../shared/gateways";
import type { ProviderView } from "../../../shared/view";
import type { Change, TypedChoice } from "../data/change";
import { TypedToken } from "../data/typed-token";
import { fieldOfError, isChosen, sendable } from "../form/gateway-draft";
import { cleaned, tokenIn } from "../form/pasted";
import { gatewayAt, type TokenSituation } from "../form/token-situation";
import { words } from "../words/words";

export interface GatewayFieldValues {
  readonly accountId: string;
  readonly gatewayName: string;
  /** The custom domain; empty for Cloudflare's own host. */
  readonly host: string;
  /** undefined: untouched; null: the gateway is open. */
  readonly token: TypedChoice | undefined;
}

export interface GatewayProblems {
  readonly accountId?: string;
  readonly gatewayName?: string;
  readonly host?: string;
  readonly token?: string;
}

/** The gateways of the file, and the providers with their tokens. */
export interface InFile {
  readonly gateways: readonly GatewayView[];
  readonly providers: readonly ProviderView[];
}

/**
 * Which token the providers get under these names while the token field is untouched. `original`:
 * the gateway that is edited, or null for a new one.
 */
export function editSituation(
  original: GatewayView | null,
  target: GatewayKey,
  gateways: readonly GatewayView[],
): TokenSituation {
  const there = gatewayAt(gateways, target)?.token ?? "none";
  if (there === "open" || there === "different") return there;
  if (there !== "none") return "stored";
  const isSameAccount = original !== null && isSameTokenScope(original, target);
  if (isSameAccount && holdsToken(original)) return "stored";
  const ofAccount = gateways.filter((each) => isSameTokenScope(each, target));
  if (ofAccount.some(holdsToken)) return "account";
  return isSameAccount ? "optional" : "needed";
}

/** The problem of each field, in the sentence with which main would refuse it. */
export function editProblems(
  fields: GatewayFieldValues,
  situation: TokenSituation,
): GatewayProblems {
  const accountId = checkAccountId(cleaned(fields.accountId, "accountId"));
  const gatewayName = checkGatewayName(cleaned(fields.gatewayName, "gatewayName"));
  const host = cleaned(fields.host, "host");
  const domain = host === "" ? null : checkGatewayDomain(host);
  const token = tokenProblem(fields.token, situation);
  return {
    ...(accountId.success ? {} : { accountId: accountId.error.message }),
    ...(gatewayName.success ? {} : { gatewayName: gatewayName.error.message }),
    ...(domain === null || domain.success ? {} : { host: domain.error.message }),
    ...(token === null ? {} : { token }),
  };
}

/** The problems of the fields, with that of main's refusal. */
export function withRefusal(
  problems: GatewayProblems,
  refusal: GatewayError | null,
): GatewayProblems {
  const field = refusal === null ? null : fieldOfError(refusal);
  if (refusal === null || field === null || field === "segment") return problems;
  return { ...problems, [field]: problems[field] ?? refusal.message };
}

/** Whether a refusal is about one of the fields, which then shows it. */
export function isAboutField(refusal: GatewayError): boolean {
  const field = fieldOfError(refusal);
  return field !== null && field !== "segment";
}

function tokenProblem(token: TypedChoice | undefined, situation: TokenSituation): string | null {
  if (token instanceof TypedToken && token.text !== "") {
    const check = tokenIn(token.text);
    return check.success ? null : check.error.message;
  }
  if (isChosen(token)) return null;
  if (situation === "needed") return words.tokenProblem.missing;
  return situation === "different" ? words.tokenProblem.choose : null;
}

/** The change of an edited gateway, or null when nothing was edited. */
export function updateChange(
  original: GatewayKey,
  target: GatewayKey,
  token: TypedChoice | undefined,
  inFile: InFile,
  storePrompts?: boolean,
): Extract<Change, { readonly call: "updateGateway" }> | null {
  const given = isChosen(token) ? sendable(token) : tokenAt(original, target, inFile);
  const { accountId, gatewayName, host } = target;
  if (isSameGateway(original, target) && given === undefined && storePrompts === undefined) {
    return null;
  }
  return {
    call: "updateGateway",
    input: {
      gateway: keyOfGateway(original),
      change: {
        ...(accountId === original.accountId ? {} : { accountId }),
        ...(gatewayName === original.gatewayName ? {} : { gatewayName }),
        ...(host === original.host ? {} : { host: host ?? null }),
        ...(given === undefined ? {} : { token: given }),
        ...(storePrompts === undefined ? {} : { storePrompts }),
      },
    },
  };
}

/**
 * The token that providers get when they move to another gateway: that gateway's own, else one of
 * its account and host; undefined to keep theirs, which main keeps only within both.
 */
function tokenAt(
  original: GatewayKey,
  target: GatewayKey,
  { gateways, providers }: InFile,
): TypedChoice | undefined {
  if (isSameGateway(original, target)) return undefined;
  if (gatewayAt(gateways, target)?.token === "open") return null;
  const owners = providers.filter(({ gateway }) => gateway?.hasToken === true);
  const own = owners.find(({ gateway }) => gateway !== null && isSameGateway(gateway, target));
  if (own !== undefined) return { from: "provider", provider: own.id };
  if (isSameTokenScope(original, target)) return undefined;
  const other = owners.find(({ gateway }) => gateway !== null && isSameTokenScope(gateway, target));
  return other === undefined ? undefined : { from: "provider", provider: other.id };
}

/** Providers whose block names this gateway, turned on or off. */
export function usersOf(
  { active, disabled }: Pick<GatewayView, "active" | "disabled">,
  providers: readonly ProviderView[],
): readonly ProviderView[] {
  const ids = new Set([...active, ...disabled]);
  return providers.filter(({ id }) => ids.has(id));
}

/** Those of them whose block holds a token. */
export function ownersOf(
  gateway: GatewayView,
  providers: readonly ProviderView[],
): readonly ProviderView[] {
  return usersOf(gateway, providers).filter((user) => user.gateway?.hasToken === true);
}

function holdsToken(gateway: GatewayView | null): boolean {
  const token = gateway?.token;
  return token === "all" || token === "some" || token === "different";
}
