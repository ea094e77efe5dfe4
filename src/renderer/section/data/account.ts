/** The connection to the user's Cloudflare account. A host without these calls shows nothing of it. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useContext, useEffect } from "react";

import type { AccountGatewaysView, AccountStatus, AccountsView } from "../../../shared/account";
import type { Result } from "../../../shared/result";
import { ANSWERS, STATUS, useAsked, type Asked, type Kept } from "./asked";
import { GatewayApiContext } from "./queries";
import { ask } from "./send";
import type { TypedToken } from "./typed-token";

/** Whether the panel is connected. Null while that is unknown, and for a host without these calls. */
export function useAccountStatus(): AccountStatus | null {
  return useAsked(STATUS, (api) => api.accountStatus(), { staleTime: Infinity }).data;
}

/**
 * Asks for the status again after another window or client has connected or disconnected. `news`: the
 * view's `accountChanges`.
 */
export function useAccountNews(news: number): void {
  const client = useQueryClient();
  const status = useAccountStatus();
  const changes = status?.changes ?? null;
  useEffect(() => {
    if (changes === null || changes >= news) return;
    const follow = async () => {
      await client.invalidateQueries({ queryKey: STATUS });
      forgetAnswers(client, client.getQueryData<Kept<AccountStatus>>(STATUS)?.data ?? null);
    };
    void follow();
  }, [client, changes, news]);
}

/** Another token sees other accounts. */
function forgetAnswers(client: QueryClient, status: AccountStatus | null): void {
  if (status?.token == null) client.removeQueries({ queryKey: ANSWERS });
  else void client.resetQueries({ queryKey: ANSWERS });
}

/** Returns a function that asks whether the token works by now. */
export function useAskStatusAgain(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: STATUS });
}

/** Whether a token is in use. */
export function useIsConnected(): boolean {
  return useAccountStatus()?.token != null;
}

export interface AccountChanges {
  /** Connects with a token that the user typed, or null for the one in the environment. */
  readonly connect: (token: TypedToken | null, remember: boolean) => Promise<Result<AccountStatus>>;
  readonly disconnect: () => Promise<Result<AccountStatus>>;
}

/** Functions to connect and to disconnect. A successful `connect` forgets the typed token. */
export function useAccountChanges(): AccountChanges {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const keep = (answer: Result<AccountStatus>): Result<AccountStatus> => {
    if (!answer.success) return answer;
    const kept: Kept<AccountStatus> = { data: answer.data, problem: null };
    client.setQueryData(STATUS, kept);
    forgetAnswers(client, answer.data);
    return answer;
  };
  return {
    connect: async (token, remember) => {
      const input = { token: token === null ? FROM_ENVIRONMENT : token.text, remember };
      const answer = keep(await ask(() => api.connectAccount(input)));
      if (answer.success) token?.forget();
      return answer;
    },
    disconnect: async () => {
      const answer = keep(await ask(() => api.disconnectAccount()));
      // The token can be forgotten although a stored copy was not deleted.
      if (!answer.success) await client.invalidateQueries({ queryKey: STATUS });
      return answer;
    },
  };
}

const FROM_ENVIRONMENT = { from: "environment" } as const;

const ACCOUNTS = [...ANSWERS, "accounts"] as const;

/** The accounts of the token. Only where the panel is connected. */
export function useAccounts(): Asked<AccountsView> {
  return useAsked(ACCOUNTS, (api) => api.accounts());
}

export function gatewaysKey(accountId: string | null) {
  return [...ANSWERS, "gateways", accountId] as const;
}

/** The gateways of an account; null: no account is chosen yet. */
export function useAccountGateways(accountId: string | null): Asked<AccountGatewaysView> {
  return useAsked(
    gatewaysKey(accountId),
    (api) => api.accountGateways({ accountId: accountId ?? "" }),
    { enabled: accountId !== null },
  );
}
