/** Which of a provider's members are the mirror's and not the user's. */
import { atGatewayHost } from "../../shared/gateway-host";
import { gatewayBaseUrl } from "../../shared/gateway-url";
import { ACTIVE_KEY, kindOf, type BlockKey } from "../mux/blocks";
import { bearer, isObject, tokenHeadersIn, tokenIn } from "../mux/gateway-header";

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
  /** The block says so; else what stands there only is what the mirror would have written. */
  readonly declared: boolean;
}

/** The block's `mirror` lists the members; without it, what the block keeps tells as much. */
export function marksOf(written: Written): MirrorMarks {
  const { key, block, values } = written;
  const { mirror } = block;
  if (Array.isArray(mirror)) {
    const [baseUrl, headers] = [mirror.includes("baseUrl"), mirror.includes("headers")];
    return { baseUrl, headers, declared: true };
  }
  const kept = { baseUrl: "directBaseUrl" in block, headers: "directHeaders" in block };
  if (kept.baseUrl || kept.headers) return { ...kept, declared: true };
  if (key !== ACTIVE_KEY) return { baseUrl: false, headers: false, declared: false };
  const { headers } = values;
  const { token } = block;
  const same = tokenHeadersIn(headers).some(
    (name) => typeof token === "string" && isObject(headers) && headers[name] === bearer(token),
  );
  return { baseUrl: isBaseUrlOf(written), headers: same, declared: false };
}

/** Whether the file itself says that the mirror has written something of this provider. */
export function isMirrored(written: Written): boolean {
  const { baseUrl, headers, declared } = marksOf(written);
  return declared && (baseUrl || headers);
}

/** OpenRouter's token while it stands in the mirror's header and not in the block. */
export function mirroredToken(written: Written): string | null {
  const { id, block, values } = written;
  if (id !== "openrouter" || "token" in block || !marksOf(written).headers) return null;
  const { headers } = values;
  const name = tokenHeadersIn(headers).at(-1);
  return name !== undefined && isObject(headers) ? tokenIn(headers[name]) : null;
}

/**
 * Any address on the gateway's host, however it is spelled: never a user's own base URL while the
 * mirror is on.
 */
export function isOnGateway(url: string): boolean {
  return atGatewayHost(url) !== null;
}

/** Whether the very base URL that the block stands for stands beside it. */
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
