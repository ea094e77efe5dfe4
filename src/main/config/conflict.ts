/** The error for a change of a block that another program has changed since it was shown. */
import { gatewayError } from "../../shared/errors";
import type { Failure } from "../../shared/errors";
import type { GatewayBlockView } from "../../shared/gateway-block";
import type { BlockDetails } from "./edit";

/** `yours`: the block that the caller requested. `file`: the current one. Null means no block. */
export function conflict(
  provider: string,
  yours: GatewayBlockView | null,
  file: GatewayBlockView | null,
): Failure {
  const error = gatewayError("conflict", { provider });
  return { success: false, error: { ...error, conflict: { yours, file } } };
}

/** The requested block. Details that were not given come from the current block. */
export function wantedBlock(
  { accountId, gatewayName, host, token, segment, storePrompts }: BlockDetails,
  file: GatewayBlockView | null,
): GatewayBlockView {
  const domain = host === undefined ? file?.host : host;
  return {
    accountId,
    gatewayName,
    segment: segment === undefined ? (file?.segment ?? null) : segment,
    ...((storePrompts ?? file?.storePrompts) === false ? { storePrompts: false } : {}),
    ...(domain === undefined || domain === null ? {} : { host: domain }),
    hasToken: token === undefined ? (file?.hasToken ?? false) : typeof token === "string",
  };
}
