/** Finds out which members of a provider the mirror wrote, and which are the user's own. */
import { gatewayAddressOf } from "../../shared/gateway-address";
import { checkGatewayDomain } from "../../shared/gateway-domain";
import { atGatewayHost } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { ACTIVE_KEY, kindOf } from "../mux/blocks";
import {
  headersNamed,
  hidesPrompts,
  isObject,
  LOG_HEADER,
  tokenHeadersIn,
  tokenIn,
  namesWithout,
} from "../mux/gateway-header";
import { isOpenRouter, type ProviderEntry } from "./provider-entry";

export interface MirroredFields {
  readonly baseUrl: boolean;
  /** A block declares that the mirror wrote the token header, whatever its value. */
  readonly headers: boolean;
  /** A block declares that the mirror wrote the header that keeps prompts out of the log. */
  readonly log: boolean;
  /** A block declares its fields. If not, they are recognized by their values. */
  readonly declared: boolean;
}

/**
 * A block declares mirrored members in `mirror`, or by saving the values that they replaced. Without
 * a declaration, a gateway base URL counts as mirrored if the provider has a known token header, or
 * if the URL is exactly the one of the block. `isNew`: the block has just been switched on, so a URL
 * that matches it existed before and is the user's.
 */
export function mirroredFields(entry: ProviderEntry, { isNew = false } = {}): MirroredFields {
  const { listed, saved } = entry;
  return {
    baseUrl:
      hasListed(entry, "baseUrl") ||
      saved.baseUrl !== null ||
      isPair(entry) ||
      (!isNew && entry.key === ACTIVE_KEY && isBaseUrlOf(entry)),
    // Values that the log's header replaced do not show that the token's header was mirrored.
    headers:
      hasListed(entry, "headers") || (saved.headers !== null && !hasListed(entry, LOG_HEADER)),
    log: hasListed(entry, LOG_HEADER),
    declared: listed !== null || saved.baseUrl !== null || saved.headers !== null,
  };
}

function hasListed({ listed }: ProviderEntry, name: string): boolean {
  return listed?.includes(name) === true;
}

/** Whether the file shows that the mirror wrote a member of this provider. */
export function isMirrored(entry: ProviderEntry): boolean {
  const { baseUrl, headers, log, declared } = mirroredFields(entry);
  return (declared && (baseUrl || headers || log)) || isPair(entry);
}

/**
 * The names of the headers that contain a gateway token. Known tokens are recognized by value, under
 * every spelling of the name, so that manual edits cannot hide them. If the block declares the
 * header, every value counts except the user's own one that the block saved.
 */
export function ourHeadersIn(entry: ProviderEntry): readonly string[] {
  const { headers } = entry.values;
  if (!isObject(headers)) return [];
  const fields = mirroredFields(entry);
  const kept = entry.saved.headers?.value;
  return tokenHeadersIn(headers).filter((name) => {
    if (entry.tokens.isToken(headers[name])) return true;
    return fields.headers && !(isObject(kept) && kept[name] === headers[name]);
  });
}

/** The names of the token headers that the user wrote. */
export function ownHeadersIn(entry: ProviderEntry): readonly string[] {
  return namesWithout(tokenHeadersIn(entry.values["headers"]), ourHeadersIn(entry));
}

/**
 * The log's headers that the mirror wrote. One with another value than the mirror's is the user's
 * newer choice.
 */
export function ourLogHeadersIn(entry: ProviderEntry): readonly string[] {
  const { headers } = entry.values;
  if (!isObject(headers) || !mirroredFields(entry).log) return [];
  return headersNamed(LOG_HEADER, headers).filter((name) => hidesPrompts(headers[name]));
}

/** The log's headers that the user wrote, each with its value. */
export function ownLogHeadersIn(entry: ProviderEntry): readonly unknown[] {
  const { headers } = entry.values;
  if (!isObject(headers)) return [];
  const names = namesWithout(headersNamed(LOG_HEADER, headers), ourLogHeadersIn(entry));
  return names.map((name) => headers[name]);
}

/**
 * OpenRouter's token, which is in the header and not in the block. Null if the base URL names another
 * account than the block, or is not on its custom domain, because a token belongs to both.
 */
export function mirroredToken(entry: ProviderEntry): string | null {
  const { block, values } = entry;
  if (!isOpenRouter(entry) || "token" in block) return null;
  const { baseUrl, headers } = values;
  const address = typeof baseUrl === "string" ? gatewayAddressOf(baseUrl) : null;
  if (address !== null && address.accountId !== block["accountId"]) return null;
  const [host] = domainsOf([block]);
  if (host !== undefined && !isOnGateway(baseUrl, [host])) return null;
  const name = ourHeadersIn(entry).at(-1);
  return name !== undefined && isObject(headers) ? tokenIn(headers[name]) : null;
}

/**
 * Whether a value is a URL on the gateway's host or on one of these custom domains, in any spelling.
 * While the mirror is on, such a URL is never the user's own.
 */
export function isOnGateway(url: unknown, domains: readonly string[] = []): boolean {
  if (typeof url !== "string") return false;
  return atGatewayHost(url) !== null || domains.some((host) => atGatewayHost(url, host) !== null);
}

/** The valid custom domains that these blocks name. */
export function domainsOf(blocks: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const found: string[] = [];
  for (const { host } of blocks) {
    if (typeof host === "string" && checkGatewayDomain(host).success) found.push(host);
  }
  return found;
}

/** The custom domains of a provider's blocks, whose URLs the mirror may have written. */
export function domainsOfEntry(entry: ProviderEntry): readonly string[] {
  return domainsOf(entry.blocks.map(({ block }) => block));
}

/** A gateway base URL together with a known token. Only the mirror writes this pair. */
function isPair(entry: ProviderEntry): boolean {
  const { values, tokens } = entry;
  const { baseUrl, headers } = values;
  return (
    isObject(headers) &&
    isOnGateway(baseUrl, domainsOfEntry(entry)) &&
    tokenHeadersIn(headers).some((name) => tokens.isToken(headers[name]))
  );
}

/** Whether the provider's base URL is exactly the URL of the block. */
function isBaseUrlOf(entry: ProviderEntry): boolean {
  const { id, block, values } = entry;
  const { baseUrl, baseURL } = values;
  if (typeof baseUrl !== "string") return false;
  const [host = null] = domainsOf([block]);
  const isNamed = block["host"] !== undefined && block["host"] !== null;
  // A custom domain that is not valid has no URL.
  if (isNamed && host === null) return false;
  if (!isOnGateway(baseUrl, host === null ? [] : [host])) return false;
  const url = gatewayBaseUrl(
    {
      id,
      kind: kindOf(id, values["providerType"]),
      ownBaseUrl: typeof baseURL === "string" && baseURL.trim() !== "" ? baseURL : null,
    },
    {
      accountId: stringOf(block["accountId"]) ?? "",
      gatewayName: stringOf(block["gatewayName"]) ?? "",
      segment: stringOf(block["segment"]),
      host,
    },
  );
  return url.success && url.data === baseUrl.trim();
}

/** A file can hold any value in place of a text, also one that cannot be converted to a text. */
function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
