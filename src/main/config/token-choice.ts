/** Selects the token for a gateway: entered, stored in the file, or from the environment. */
import { failure } from "../../shared/errors";
import { checkAccountId, checkGatewayName } from "../../shared/gateway-names";
import type { GatewayKey, TokenChoice } from "../../shared/gateways";
import { success, type Result } from "../../shared/result";
import { checkNewToken } from "./new-token";
import { isOpen } from "./token-to-write";
import { environmentAccount, environmentToken, isSameGateway, tokenOf, tokensOf } from "./gateways";
import type { ReadProvider } from "./providers";

/** A token, or null for a gateway that the user confirmed to need none. */
export type ResolvedToken = string | null;

/**
 * Validates the input without reading the file. Fails with `account_id_invalid`,
 * `gateway_name_invalid` or an error of `checkNewToken`.
 */
export function checkGateway(
  { accountId, gatewayName }: GatewayKey,
  token: TokenChoice | undefined,
  env: NodeJS.ProcessEnv,
): Result<null> {
  const checks = [
    checkAccountId(accountId),
    checkGatewayName(gatewayName),
    ...(typeof token === "string" ? [checkNewToken(token, env)] : []),
  ];
  return checks.find((check) => !check.success) ?? success(null);
}

/**
 * The token for a choice. A token belongs to its account: `environment` is valid only for the account
 * in `CLOUDFLARE_ACCOUNT_ID`, `provider` only for the account of that provider. Otherwise fails with
 * `token_other_account`. Fails with `token_missing` if the source has no token.
 */
export function chosenToken(
  choice: TokenChoice,
  { accountId }: Pick<GatewayKey, "accountId">,
  providers: readonly ReadProvider[],
  env: NodeJS.ProcessEnv,
): Result<ResolvedToken> {
  if (choice === null || typeof choice === "string") return success(choice);
  if (choice.from === "environment") {
    if (environmentAccount(env) !== accountId) return failure("token_other_account");
    const token = environmentToken(env);
    return token === null ? failure("token_missing") : checkNewToken(token, env);
  }
  const chosen = providers.find(({ config }) => config.id === choice.provider);
  if (!chosen) return failure("provider_unknown", { provider: choice.provider });
  if (chosen.shown === null) return failure("token_missing");
  if (chosen.shown.accountId !== accountId) return failure("token_other_account");
  const token = tokenOf(chosen);
  return token !== null || isOpen(chosen) ? success(token) : failure("token_missing");
}

/**
 * The token in the file for a gateway, or else for its account; null if the gateway is confirmed
 * open. Fails with `token_missing`, or with `token_differs` if the blocks disagree.
 */
export function storedToken(
  gateway: GatewayKey,
  providers: readonly ReadProvider[],
): Result<ResolvedToken> {
  const inAccount = providers.filter(({ shown }) => shown?.accountId === gateway.accountId);
  const users = inAccount.filter(({ shown }) => shown !== null && isSameGateway(shown, gateway));
  if (users.some(isOpen)) {
    return tokensOf(users).length === 0 ? success(null) : failure("token_differs");
  }
  for (const group of [users, inAccount]) {
    const [token, ...others] = tokensOf(group);
    if (token !== undefined) return others.length === 0 ? success(token) : failure("token_differs");
  }
  return failure("token_missing");
}
