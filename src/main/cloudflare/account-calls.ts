/** What is asked of an account: the paths, and the names of what is missing when it is refused. */
import { z } from "zod";

import type { Call } from "./api";

export const ACCOUNT = z.object({
  id: z.string(),
  name: z.string().nullish().catch(undefined),
});

/** A user's membership of an account. */
export const MEMBERSHIP = z.object({ account: ACCOUNT });

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
