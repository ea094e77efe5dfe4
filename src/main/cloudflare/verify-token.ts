/** Asks Cloudflare whether an API token works, and what it may do. */
import { setTimeout as wait } from "node:timers/promises";

import type { AccountPermission } from "../../shared/account";
import { failure, type ErrorCode } from "../../shared/errors";
import { checkAccountId } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";
import type { Api, Call } from "./api";
import { asksAccounts, asksGateways } from "./account-calls";
import { asksAnalytics } from "./analytics";

/** Where a token is verified: at the user's endpoint, or at the account that owns it. */
export type TokenOwner = { readonly accountId: string } | "user";

export interface VerifiedToken {
  readonly owner: TokenOwner;
  /** ISO 8601. */
  readonly expiresOn: string | null;
}

/** The most accounts to ask about an account-owned token. Few users have more. */
const MOST_ACCOUNTS = 5;

/**
 * Verifies a token at the user's endpoint, then at those of accounts: the known ones, else the ones
 * that the token lists. Fails with `api_token_unknown`, `api_token_disabled`, `api_token_expired`,
 * `api_token_not_before`, or an error of the call.
 */
export async function verifyToken(
  api: Api,
  accounts: readonly string[],
  signal: AbortSignal,
): Promise<Result<VerifiedToken>> {
  const asUser = await verifyAt(api, "user", signal);
  if (asUser.success || !isUnknown(asUser.error.code)) return asUser;
  const listed = accounts.length > 0 ? accounts : await ownAccounts(api, signal);
  for (const accountId of listed.slice(0, MOST_ACCOUNTS)) {
    const asAccount = await verifyAt(api, { accountId }, signal);
    if (asAccount.success || !isUnknown(asAccount.error.code)) return asAccount;
  }
  if (accounts.length > 0) {
    // The file may name only accounts of other people.
    const others = (await ownAccounts(api, signal)).filter((id) => !accounts.includes(id));
    for (const accountId of others.slice(0, MOST_ACCOUNTS)) {
      const asAccount = await verifyAt(api, { accountId }, signal);
      if (asAccount.success || !isUnknown(asAccount.error.code)) return asAccount;
    }
  }
  return failure("api_token_unknown");
}

/** Verifies a token where it was verified before. */
export async function verifyAt(
  api: Api,
  owner: TokenOwner,
  signal: AbortSignal,
): Promise<Result<VerifiedToken>> {
  const place = owner === "user" ? ["user"] : ["accounts", owner.accountId];
  const call: Call = {
    path: [...place, "tokens", "verify"],
    asked: { permission: null, accountId: null, what: "such token" },
    signal,
  };
  const token = await api.object(call, api.schemas.token);
  if (!token.success) {
    return isUnknown(token.error.code) ? failure("api_token_unknown") : token;
  }
  const { status, expires_on: expiresOn = null, not_before: notBefore = null } = token.data;
  switch (status) {
    case "active":
      break;
    case "expired":
      return failure("api_token_expired", { on: day(expiresOn) });
    case "disabled":
      return failure("api_token_disabled");
    case undefined:
    default:
      return failure("api_token_unknown");
  }
  if (expiresOn !== null && Date.parse(expiresOn) <= Date.now()) {
    return failure("api_token_expired", { on: day(expiresOn) });
  }
  if (notBefore !== null && Date.parse(notBefore) > Date.now()) {
    return failure("api_token_not_before", { from: day(notBefore) ?? notBefore });
  }
  return success({ owner, expiresOn });
}

/** A refusal of the token itself; a new token gets the same for about a minute. */
function isUnknown(code: ErrorCode): boolean {
  return code === "api_token_unknown" || code === "api_permission_missing";
}

/** Waits between attempts to verify a new token, in milliseconds. */
export const FIRST_PAUSES_MS: readonly number[] = [1000, 2000, 4000, 8000];

/** Repeats `verify` while the token is unknown, because a new one works only after a while. */
export async function verifyPatiently(
  verify: () => Promise<Result<VerifiedToken>>,
  pauses: readonly number[],
  signal: AbortSignal,
): Promise<Result<VerifiedToken>> {
  let verified = await verify();
  for (const pause of pauses) {
    if (verified.success || verified.error.code !== "api_token_unknown") return verified;
    try {
      await wait(pause, undefined, { signal });
    } catch {
      return failure("cancelled");
    }
    verified = await verify();
  }
  return verified;
}

/**
 * The permissions that the token lacks, found out by asking. One that could not be asked about,
 * because no account is known or the network failed, is not listed.
 */
export async function missingPermissions(
  api: Api,
  knownAccounts: readonly string[],
  signal: AbortSignal,
): Promise<readonly AccountPermission[]> {
  const own = await ownAccounts(api, signal);
  const accounts = (own.length > 0 ? own : knownAccounts).slice(0, MOST_ACCOUNTS);
  const missing: AccountPermission[] = [];
  const settle = async (
    permission: AccountPermission,
    ask: (accountId: string) => Promise<Result<unknown>>,
  ): Promise<void> => {
    const answers = await Promise.all(accounts.map(ask));
    const isRefused = answers.some(
      (answer) => !answer.success && answer.error.code === "api_permission_missing",
    );
    if (isRefused && !answers.some((answer) => answer.success)) missing.push(permission);
  };
  await settle("AI Gateway Read", (accountId) =>
    api.page({ ...asksGateways(accountId), query: { per_page: 1 }, signal }, api.schemas.anything),
  );
  if (own.length === 0) missing.push("Account Settings Read");
  await settle("Account Analytics Read", (accountId) => asksAnalytics(api, accountId, signal));
  return missing;
}

async function ownAccounts(api: Api, signal: AbortSignal): Promise<readonly string[]> {
  const call = { ...asksAccounts(), query: { per_page: 50 }, signal };
  const listed = await api.page(call, api.schemas.account);
  if (!listed.success) return [];
  return listed.data.rows.map(({ id }) => id).filter((id) => checkAccountId(id).success);
}

/** A time as a date. */
function day(time: string | null): string | null {
  return time === null ? null : time.slice(0, 10);
}
