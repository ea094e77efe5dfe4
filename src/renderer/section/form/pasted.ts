/** Gateway details from whatever people paste: addresses, commands, settings and plain values. */
import { DASHBOARD_HOST } from "../../../shared/dashboard";
import { checkGatewayDomain } from "../../../shared/gateway-domain";
import { atGatewayHost } from "../../../shared/gateway-host";
import {
  checkAccountId,
  checkGatewayName,
  checkSegment,
  checkToken,
  isGlobalApiKey,
} from "../../../shared/gateway-names";
import { inputFailure } from "../../../shared/input-errors";
import type { Result } from "../../../shared/result";
import { hasNoChat, KNOWN_SEGMENTS } from "../../../shared/segments";

export type GatewayField = "accountId" | "gatewayName" | "host" | "segment" | "token";

/** Only these values are kept of a pasted text: other credentials in it reach no state. */
export type PastedDetails = { readonly [Field in GatewayField]?: string };

const API_HOST = "api.cloudflare.com";
/** A command with a certificate in it is shorter. */
const MOST_CHARACTERS = 20_000;

/** Zero-width characters, direction marks and the byte order mark, which a user cannot see. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const WRAPPED = /^(?:"(.*)"|'(.*)'|`(.*)`|<(.*)>|“(.*)”|‘(.*)’)$/su;
const ADDRESS = /(?:(?:https?|wss?):\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'`<>,;\\]*/giu;
const ACCOUNT = /account[ _-]?id["'`]?\s*[:=]\s*["'`]?([0-9a-f]{32})(?![0-9a-z])/iu;
const GATEWAY = /gateway[ _-]?(?:name|id)["'`]?\s*[:=]\s*["'`]?([a-z0-9_-]{1,64})/iu;
const TOKEN =
  /(?:cf-aig-authorization|gateway_token|cf_aig_token)["'`]?\s*[:=]\s*["'`]?(?:bearer\s+)?([\x21-\x7e]+)/iu;
const LABEL = /^(?:export\s+|set\s+|\$env:)?["'`]?[a-z][a-z0-9_ -]*["'`]?\s*[:=]\s*/iu;
/** A token may hold `:` and `=` itself, so that only the name of a token's variable or header counts. */
const TOKEN_LABEL =
  /^(?:export\s+|set\s+|\$env:)?["'`]?(?:[a-z0-9_]*token|cf-aig-authorization|authorization)["'`]?\s*[:=]\s*/iu;

/** The name of a variable, header or member with a credential for Cloudflare's API. */
const API_LABEL =
  /(?:(?:cloudflare|cf)[_-]?api[_-]?(?:token|key)|x-auth-(?:user-service-)?key|global_?api_?key)["'`]?\s*[:=]\s*["'`]?[^\s"'`]/iu;
/** The name of any other credential than a token. */
const SECRET_LABEL =
  /(?:key|secret|password|passwd|credentials?|cookie|authorization|token)["'`]?\s*[:=]\s*["'`]?[^\s"'`]/iu;
const BEARER = /(?:^|[^a-z-])authorization["'`]?\s*[:=]\s*["'`]?bearer\s+\S/iu;

/**
 * Whether a text has a credential for Cloudflare's API: under its name, in a command that calls the
 * API, or as a global API key. It must not be stored in place of the gateway's token.
 */
export function holdsApiToken(text: string): boolean {
  const readable = visible(text).slice(0, MOST_CHARACTERS);
  return (
    API_LABEL.test(readable) ||
    (readable.includes(`//${API_HOST}/`) && BEARER.test(readable)) ||
    isGlobalApiKey(unquoted(readable))
  );
}

/** Why nothing of a text, or not its credential, was entered. */
export type Refusal = "nothing" | "api-token";

/** Whether the page has to say that a text, or its credential, was not entered. */
export function refusalOf(text: string, found: PastedDetails): Refusal | null {
  if (found.token === undefined && holdsApiToken(text)) return "api-token";
  return Object.keys(found).length === 0 ? "nothing" : null;
}

/** The token in the text of a token field. Fails with `token_invalid` and `token_of_api`. */
export function tokenIn(text: string): Result<string> {
  return holdsApiToken(text)
    ? inputFailure("token_of_api", { what: "This is a credential for Cloudflare's API." })
    : checkToken(cleaned(text, "token"));
}

/**
 * The details in a text that was pasted, dropped or typed into `field`. A plain value is that field's;
 * an address, a command or a list of settings is split into its fields. Empty when the text is a
 * command or an address that holds none of them.
 */
export function detailsIn(text: string, field: GatewayField): PastedDetails {
  const readable = visible(text).slice(0, MOST_CHARACTERS);
  const labelled = {
    ...named("accountId", ACCOUNT.exec(readable)?.[1]),
    ...named("gatewayName", GATEWAY.exec(readable)?.[1]),
    ...named("token", unquoted(TOKEN.exec(readable)?.[1] ?? "")),
  };
  const addresses = [...readable.matchAll(ADDRESS)].map(([address]) => detailsOfAddress(address));
  const found = addresses.reduce(combined, labelled);
  if (Object.keys(found).length > 0) return found;
  const isDropped = isCommand(readable) || holdsApiToken(readable) || isSecret(readable, field);
  return isDropped ? {} : { [field]: cleaned(readable, field) };
}

/**
 * Both together. Of an address that names another account or gateway nothing is taken, because
 * together they would name a gateway that the text does not.
 */
function combined(found: PastedDetails, address: PastedDetails): PastedDetails {
  const contradicts = (field: GatewayField): boolean =>
    found[field] !== undefined && address[field] !== undefined && found[field] !== address[field];
  return contradicts("accountId") || contradicts("gatewayName") ? found : { ...address, ...found };
}

/** A value without what people copy along with it: quotes, a variable's name, `Bearer`. */
export function cleaned(text: string, field: GatewayField): string {
  const label = field === "token" ? TOKEN_LABEL : LABEL;
  const value = unquoted(unquoted(visible(text)).replace(label, ""));
  switch (field) {
    case "accountId":
    case "gatewayName":
      return value.toLowerCase();
    case "host":
      return domainIn(value.toLowerCase());
    case "segment":
      return segmentOf(value.toLowerCase());
    case "token":
      return value.replace(/^bearer\s+/iu, "");
    default:
      return field satisfies never;
  }
}

/** The host of a whole address; anything else as it is. */
function domainIn(text: string): string {
  const bare = text.replace(/^(?:https?|wss?):\/\//u, "").replace(/\/.*$/su, "");
  return checkGatewayDomain(bare).success ? bare : text;
}

/** The slug of a custom provider alone becomes its segment. */
function segmentOf(text: string): string {
  const isWhole =
    text === "" || text.startsWith("custom-") || KNOWN_SEGMENTS.has(text) || hasNoChat(text);
  const custom = `custom-${text}`;
  return !isWhole && checkSegment(custom).success ? custom : text;
}

function detailsOfAddress(text: string): PastedDetails {
  const address = /^[a-z]+:\/\//iu.test(text) ? text.replace(/^ws/iu, "http") : `https://${text}`;
  if (!URL.canParse(address)) return {};
  const { hostname, pathname } = new URL(address);
  const steps = pathname.split("/").filter((step) => step !== "");
  if (atGatewayHost(address) !== null) return details(steps[1], steps[2], steps[3]);
  const gateways = steps.indexOf("gateways");
  const name = gateways === -1 ? undefined : steps[gateways + 1];
  if (hostname === DASHBOARD_HOST) return details(steps[0], name, undefined);
  if (hostname === API_HOST) return details(steps[steps.indexOf("accounts") + 1], name, undefined);
  return {};
}

function details(
  accountId: string | undefined,
  gatewayName: string | undefined,
  segment: string | undefined,
): PastedDetails {
  return {
    ...named("accountId", accountId),
    ...named("gatewayName", gatewayName),
    ...(segment?.startsWith("custom-") === true ? named("segment", segment) : {}),
  };
}

function named(field: Exclude<GatewayField, "host">, text: string | undefined): PastedDetails {
  if (text === undefined || text === "") return {};
  if (field === "token") return { token: text };
  const value = text.toLowerCase();
  const check = { accountId: checkAccountId, gatewayName: checkGatewayName, segment: checkSegment };
  return check[field](value).success ? { [field]: value } : {};
}

/** Whether a text can hold credentials that do not belong into any of the fields. */
function isCommand(text: string): boolean {
  return /\s-{1,2}[a-z]|\n|:\/\/|^\s*(?:curl|wget|http)\s/iu.test(text);
}

/** Whether a text names a credential that does not belong into this field. */
function isSecret(text: string, field: GatewayField): boolean {
  if (field === "token") return SECRET_LABEL.test(text) && !TOKEN_LABEL.test(text);
  // A password before the host of an address without a scheme.
  return SECRET_LABEL.test(text) || /:[^\s:]*@/u.test(text);
}

function visible(text: string): string {
  return text.replaceAll(INVISIBLE, "").replaceAll("\u00a0", " ").trim();
}

/** Quotes come in at most a few layers: `"'value'",`. */
function unquoted(text: string): string {
  let inside = text.trim();
  for (let layer = 0; layer < 3; layer++) {
    inside = inside.replace(/[,;]$/u, "").trim();
    const found = WRAPPED.exec(inside)?.slice(1);
    if (found === undefined) break;
    inside = found.find((each) => each !== undefined)?.trim() ?? "";
  }
  return inside.replaceAll(/^["'`]|["'`]$/gu, "");
}
