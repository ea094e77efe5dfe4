/** The names of accounts and gateways on the page. */
import type { AccountsView, CloudflareAccountName } from "../../../shared/account";
import type { GatewayKey } from "../../../shared/gateways";
import { accountWords } from "../words/account-words";

/** "de30…ee00": enough to tell accounts apart. */
export function shortAccountId(accountId: string): string {
  return accountId.length > 12 ? `${accountId.slice(0, 4)}…${accountId.slice(-4)}` : accountId;
}

/** The account's name at Cloudflare, else the ends of its ID. */
export function accountName({ name, accountId }: CloudflareAccountName): string {
  return name ?? shortAccountId(accountId);
}

/** The name of the only account, or the number of accounts. */
export function connectionName(view: AccountsView | null): string {
  const [only, ...others] = view?.accounts ?? [];
  if (only === undefined) return accountWords.account.unnamed;
  return others.length === 0 ? accountName(only) : accountWords.account.several(others.length + 1);
}

/**
 * Whether the account of a gateway is one of the token's. Null while that is not known, because an
 * incomplete list proves nothing.
 */
export function isOwn(view: AccountsView | null, { accountId }: GatewayKey): boolean | null {
  if (view === null) return null;
  if (view.accounts.some((each) => each.accountId === accountId)) return true;
  return view.isComplete ? false : null;
}
