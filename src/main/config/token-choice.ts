/** Selects the token for a gateway: entered, stored in the file, or from the environment. */
import { failure } from "../../shared/errors";
import {
  checkGatewayDomain,
  unconfirmedDomain,
  type ConfirmedDomains,
} from "../../shared/gateway-domain";
import { checkAccountId, checkGatewayName } from "../../shared/gateway-names";
import { isSameGateway, type GatewayKey, type TokenChoice } from "../../shared/gateways";
import { success, type Result } from "../../shared/result";
import { checkNewToken } from "./new-token";
import { isOpen } from "./token-to-write";
import { environmentAccount, environmentToken, gatewayKey, tokenOf, tokensOf } from "./gateways";
import type { ReadProvider } from "./providers";

/** A token, or null for a gateway that the user confirmed to need none. */
export type ResolvedToken = string | null;

/**
 * Validates the input without reading the file. Fails with `account_id_invalid`,
 * `gateway_name_invalid`, `host_invalid` or an error of `checkNewToken`.
 */
export function checkGateway(
  { accountId, gatewayName, host }: GatewayKey,
  token: TokenChoice | undefined,
  env: NodeJS.ProcessEnv,
): Result<null> {
  const checks: readonly Result<string>[] = [
    checkAccountId(accountId),
    checkGatewayName(gatewayName),
    ...(host === undefined ? [] : [checkGatewayDomain(host)]),
    ...(typeof token === "string" ? [checkNewToken(token, env)] : []),
  ];
  return checks.find((check) => !check.success) ?? success(null);
}

/** The file and everything outside it that a token can come from. */
export interface TokenSources {
  readonly providers: readonly ReadProvider[];
  readonly env: NodeJS.ProcessEnv;
  readonly domains: ConfirmedDomains;
}

/**
 * The token for a choice. A token belongs to its account and host: `environment` is valid only for
 * the account in `CLOUDFLARE_ACCOUNT_ID`, `provider` only for the account and host of that provider.
 * Otherwise fails with `token_other_account`. Fails with `token_missing` if the source has no token,
 * and with `domain_unconfirmed` instead of taking one to a domain that is not confirmed.
 */
export function chosenToken(
  choice: TokenChoice,
  gateway: GatewayKey,
  { providers, env, domains }: TokenSources,
): Result<ResolvedToken> {
  const { accountId, host = null } = gateway;
  if (choice === null || typeof choice === "string") return success(choice);
  if (choice.from === "environment") {
    if (environmentAccount(env) !== accountId) return failure("token_other_account");
    const token = environmentToken(env);
    if (token === null) return failure("token_missing");
    const usable = checkNewToken(token, env);
    return usable.success ? copyTo(gateway, usable.data, domains) : usable;
  }
  const chosen = providers.find(({ config }) => config.id === choice.provider);
  if (!chosen) return failure("provider_unknown", { provider: choice.provider });
  if (chosen.shown === null) return failure("token_missing");
  if (chosen.shown.accountId !== accountId || chosen.shown.host !== host) {
    return failure("token_other_account");
  }
  const token = tokenOf(chosen);
  if (token !== null) return copyTo(gateway, token, domains);
  return isOpen(chosen) ? success(null) : failure("token_missing");
}

/**
 * The token in the file for a gateway, or else for its account and host; null if the gateway is
 * confirmed open. Fails with `token_missing`, with `token_differs` if the blocks disagree, and with
 * `domain_unconfirmed` instead of copying one to a domain that is not confirmed.
 */
export function storedToken(
  gateway: GatewayKey,
  { providers, domains }: Omit<TokenSources, "env">,
): Result<ResolvedToken> {
  const { accountId, host = null } = gateway;
  const inAccount = providers.filter(
    ({ shown }) => shown?.accountId === accountId && shown.host === host,
  );
  const users = inAccount.filter(({ shown }) => shown && isSameGateway(gatewayKey(shown), gateway));
  if (users.some(isOpen)) {
    return tokensOf(users).length === 0 ? success(null) : failure("token_differs");
  }
  for (const group of [users, inAccount]) {
    const [token, ...others] = tokensOf(group);
    if (token === undefined) continue;
    return others.length === 0 ? copyTo(gateway, token, domains) : failure("token_differs");
  }
  return failure("token_missing");
}

function copyTo(gateway: GatewayKey, token: string, domains: ConfirmedDomains): Result<string> {
  const { accountId, gatewayName, host = null } = gateway;
  const unconfirmed = unconfirmedDomain({ accountId, gatewayName, host }, domains);
  return unconfirmed === null
    ? success(token)
    : failure("domain_unconfirmed", { host: unconfirmed });
}
