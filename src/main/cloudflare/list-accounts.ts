/** Lists the accounts that a token names. */
import type { AccountsView, CloudflareAccountName } from "../../shared/account";
import { checkAccountId } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";
import { asksAccounts, asksMemberships } from "./account-calls";
import type { Api } from "./api";

interface Row {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** A token without Account Settings Read may still list the memberships of its user. */
export async function listAccounts(api: Api, signal: AbortSignal): Promise<Result<AccountsView>> {
  const named = (rows: readonly Row[]) =>
    rows.flatMap(({ id, name }): readonly CloudflareAccountName[] =>
      checkAccountId(id).success ? [{ accountId: id, name: name ? api.shown(name) : null }] : [],
    );
  const listed = await api.list({ ...asksAccounts(), signal }, api.schemas.account);
  if (!listed.success && listed.error.code !== "api_permission_missing") return listed;
  const accounts = listed.success ? named(listed.data.rows) : [];
  if (listed.success && accounts.length > 0) {
    return success({ accounts, isComplete: listed.data.isComplete });
  }
  const memberships = await api.list({ ...asksMemberships(), signal }, api.schemas.membership);
  const rows = memberships.success ? memberships.data.rows.map(({ account }) => account) : [];
  // The token may be limited to some of the user's accounts, or have others.
  if (rows.length > 0) return success({ accounts: named(rows), isComplete: false });
  // A refusal may come from a token that was revoked.
  return listed.success ? success({ accounts: [], isComplete: false }) : listed;
}
