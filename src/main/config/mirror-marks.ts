/** Which of a provider's members are the mirror's and not the user's. */
import { gatewayBaseUrl, GATEWAY_HOST } from "../../shared/gateway-url";
import { ACTIVE_KEY, type BlockKey } from "./blocks";
import { bearer, isObject, tokenHeadersIn, tokenIn } from "./gateway-header";

/** A provider with a block, on or off, as the file has it. */
export interface Written {
  readonly id: string;
  readonly key: BlockKey;
  readonly block: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface MirrorMarks {
  readonly baseUrl: boolean;
  /** The token's header; the others in `headers` are always the user's. */
  readonly headers: boolean;
  /** Nothing in the block says so, but what stands there is what the mirror would have written. */
  readonly byHand: boolean;
}

/** The block's `mirror` lists the members; without it, what the block keeps tells as much. */
export function marksOf(written: Written): MirrorMarks {
  const { block, values } = written;
  const { mirror } = block;
  if (Array.isArray(mirror)) {
    const [baseUrl, headers] = [mirror.includes("baseUrl"), mirror.includes("headers")];
    return { baseUrl, headers, byHand: false };
  }
  const kept = { baseUrl: "directBaseUrl" in block, headers: "directHeaders" in block };
  if (kept.baseUrl || kept.headers || !isByHand(written)) return { ...kept, byHand: false };
  const { headers } = values;
  const token = typeof block["token"] === "string" ? bearer(block["token"]) : null;
  const same = tokenHeadersIn(headers).some((name) => isObject(headers) && headers[name] === token);
  return { baseUrl: true, headers: same, byHand: true };
}

/** Whether the file itself says that the mirror has written something of this provider. */
export function isMirrored(written: Written): boolean {
  const { baseUrl, headers, byHand } = marksOf(written);
  return (baseUrl || headers) && !byHand;
}

/** OpenRouter's token while it stands in the mirror's header and not in the block. */
export function mirroredToken(written: Written): string | null {
  const { id, block, values } = written;
  if (id !== "openrouter" || "token" in block || !marksOf(written).headers) return null;
  const { headers } = values;
  const name = tokenHeadersIn(headers).at(-1);
  return name !== undefined && isObject(headers) ? tokenIn(headers[name]) : null;
}

/** Any address on the gateway's host: never a user's own base URL while the mirror is on. */
export function isOnGateway(url: string): boolean {
  return URL.canParse(url) && new URL(url).host === GATEWAY_HOST;
}

/** A block that is on, and beside it the very base URL that it stands for. */
function isByHand({ id, key, block, values }: Written): boolean {
  const { baseUrl, baseURL } = values;
  if (key !== ACTIVE_KEY || typeof baseUrl !== "string" || !isOnGateway(baseUrl)) return false;
  const url = gatewayBaseUrl(
    { id, ownBaseUrl: typeof baseURL === "string" ? baseURL : null },
    {
      accountId: String(block["accountId"]),
      gatewayName: String(block["gatewayName"]),
      segment: typeof block["segment"] === "string" ? block["segment"] : null,
    },
  );
  return url.success && url.data === baseUrl.trim();
}
