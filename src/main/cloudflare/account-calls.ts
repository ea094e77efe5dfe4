/** The calls to an account: their paths, and the names of what is missing when they are refused. */
import type { GatewayKey } from "../../shared/gateways";
import type { Call } from "./api";

export function asksAccounts(): Call {
  return {
    path: ["accounts"],
    asked: { permission: "Account Settings Read", accountId: null, what: "account" },
  };
}

export function asksMemberships(): Call {
  return {
    path: ["memberships"],
    asked: { permission: null, accountId: null, what: "membership" },
  };
}

export function asksGateways(accountId: string): Call {
  return {
    path: ["accounts", accountId, "ai-gateway", "gateways"],
    asked: { permission: "AI Gateway Read", accountId, what: "AI Gateway" },
  };
}

/** `part`: the rest of the path below the gateway, such as `logs`. */
export function asksOfGateway(
  { accountId, gatewayName }: Pick<GatewayKey, "accountId" | "gatewayName">,
  ...part: readonly string[]
): Call {
  return {
    path: ["accounts", accountId, "ai-gateway", "gateways", gatewayName, ...part],
    asked: { permission: "AI Gateway Read", accountId, what: `gateway “${gatewayName}”` },
  };
}
