/** Which of a provider's members are the mirror's and not the user's. */
import { gatewayAddressOf } from "../../shared/gateway-address";
import { atGatewayHost } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { ACTIVE_KEY, kindOf } from "../mux/blocks";
import { isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";
import { memoryOf, placesOf } from "./mirror-memory";
import { isOpenRouter, type Written } from "./written";

export interface MirrorMarks {
  readonly baseUrl: boolean;
  /** A block says that the token's header is the mirror's, whatever its value. */
  readonly headers: boolean;
  /** A block says so; otherwise what stands beside it is what the mirror would have written. */
  readonly declared: boolean;
}

/**
 * A block lists in `mirror` which members are the mirror's, and what it keeps says as much. Without
 * that, a base URL that leads to the gateway is the mirror's beside a token header of ours, and
 * where it is the very one that the block stands for. `isNew`: the block was only now switched on,
 * so that such a base URL was there before it and is the user's.
 */
export function marksOf(written: Written, { isNew = false } = {}): MirrorMarks {
  const memory = memoryOf(written);
  const lists = placesOf(written).map(({ block }) => block["mirror"]);
  const listed = (name: string) => lists.some((list) => Array.isArray(list) && list.includes(name));
  return {
    baseUrl:
      listed("baseUrl") ||
      memory.baseUrl !== null ||
      isPair(written) ||
      (!isNew && written.key === ACTIVE_KEY && isBaseUrlOf(written)),
    headers: listed("headers") || memory.headers !== null,
    declared:
      lists.some((list) => Array.isArray(list)) ||
      memory.baseUrl !== null ||
      memory.headers !== null,
  };
}

/** Whether the file itself says that the mirror has written something of this provider. */
export function isMirrored(written: Written): boolean {
  const { baseUrl, headers, declared } = marksOf(written);
  return (declared && (baseUrl || headers)) || isPair(written);
}

/**
 * The names of the headers that carry a gateway token. Decided by value, so that it holds whatever
 * was edited by hand: known tokens are ours under every spelling of the name. Where the block says
 * that the header is the mirror's, so is any value but the user's own that the block keeps.
 */
export function ourHeadersIn(written: Written): readonly string[] {
  const { headers } = written.values;
  if (!isObject(headers)) return [];
  const marks = marksOf(written);
  const kept = memoryOf(written).headers?.value;
  return tokenHeadersIn(headers).filter((name) => {
    if (written.tokens.isToken(headers[name])) return true;
    return marks.headers && !(isObject(kept) && kept[name] === headers[name]);
  });
}

/** The headers of the token's name that the user wrote. */
export function ownHeadersIn(written: Written): readonly string[] {
  const ours = ourHeadersIn(written);
  return tokenHeadersIn(written.values["headers"]).filter((name) => !ours.includes(name));
}

/**
 * OpenRouter's token, which is in the mirror's header and not in the block. Null when the base URL
 * beside that header names another account than the block: a token stays with its account.
 */
export function mirroredToken(written: Written): string | null {
  const { block, values } = written;
  if (!isOpenRouter(written) || "token" in block) return null;
  const { baseUrl, headers } = values;
  const address = typeof baseUrl === "string" ? gatewayAddressOf(baseUrl) : null;
  if (address !== null && address.accountId !== block["accountId"]) return null;
  const name = ourHeadersIn(written).at(-1);
  return name !== undefined && isObject(headers) ? tokenIn(headers[name]) : null;
}

/**
 * Any address on the gateway's host, however it is spelled: never a user's own base URL while the
 * mirror is on.
 */
export function isOnGateway(url: unknown): boolean {
  return typeof url === "string" && atGatewayHost(url) !== null;
}

/** A base URL on the gateway's host beside a token that is known: nobody but the mirror pairs them. */
function isPair({ values, tokens }: Written): boolean {
  const { baseUrl, headers } = values;
  return (
    isOnGateway(baseUrl) &&
    isObject(headers) &&
    tokenHeadersIn(headers).some((name) => tokens.isToken(headers[name]))
  );
}

/** Whether the base URL beside the block is the very one that the block stands for. */
function isBaseUrlOf({ id, block, values }: Written): boolean {
  const { baseUrl, baseURL } = values;
  if (typeof baseUrl !== "string" || !isOnGateway(baseUrl)) return false;
  const url = gatewayBaseUrl(
    {
      id,
      kind: kindOf(id, values["providerType"]),
      ownBaseUrl: typeof baseURL === "string" ? baseURL : null,
    },
    {
      accountId: String(block["accountId"]),
      gatewayName: String(block["gatewayName"]),
      segment: typeof block["segment"] === "string" ? block["segment"] : null,
    },
  );
  return url.success && url.data === baseUrl.trim();
}
