/** The answer to a change of a block that was changed by somebody else since it was shown. */
import { gatewayError } from "../../shared/errors";
import type { Failure } from "../../shared/errors";
import type { GatewayBlockView } from "../../shared/gateway-block";
import type { BlockDetails } from "./edit";

/** `yours` and `file`: the block as the caller wanted it, and as it stands in the file; null for none. */
export function conflict(
  provider: string,
  yours: GatewayBlockView | null,
  file: GatewayBlockView | null,
): Failure {
  const error = gatewayError("conflict", { provider });
  return { success: false, error: { ...error, conflict: { yours, file } } };
}

/** What is not said stays, so it is taken from the block that is there. */
export function wantedBlock(
  { accountId, gatewayName, token, segment }: BlockDetails,
  file: GatewayBlockView | null,
): GatewayBlockView {
  return {
    accountId,
    gatewayName,
    segment: segment === undefined ? (file?.segment ?? null) : segment,
    hasToken: token === undefined ? (file?.hasToken ?? false) : typeof token === "string",
  };
}
