/** Calls about the user's Cloudflare account, whose last answer stays when a later one fails. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useContext } from "react";

import type { GatewayApi } from "../../../shared/contract";
import type { ErrorCode, GatewayError } from "../../../shared/errors";
import type { Result } from "../../../shared/result";
import { GatewayApiContext } from "./queries";
import { ask } from "./send";

export const STATUS = ["cloudflare-gateway", "account-status"] as const;
/** The answers that depend on the token. */
export const ANSWERS = ["cloudflare-gateway", "account"] as const;

/** An answer of Cloudflare's that is older than this is fetched again when it is shown. */
const FRESH_MS = 60_000;

/** Cloudflare does not accept the token any more, which the status then says. */
const REFUSED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "account_not_connected",
  "api_token_unknown",
  "api_token_disabled",
  "api_token_expired",
]);

/** Whether an error means that Cloudflare does not accept the token any more. */
export function isTokenRefused({ code }: GatewayError): boolean {
  return REFUSED.has(code);
}

/** The newest answer, which stays when a later one fails. */
export interface Kept<T> {
  readonly data: T | null;
  /** Why the last call failed, or null. */
  readonly problem: GatewayError | null;
}

export interface Asked<T> extends Kept<T> {
  readonly isAsking: boolean;
  readonly askAgain: () => void;
}

export async function keeping<T>(
  client: QueryClient,
  key: readonly unknown[],
  call: () => Promise<Result<T>>,
): Promise<Kept<T>> {
  const answer = await ask(call);
  if (answer.success) return { data: answer.data, problem: null };
  const before = client.getQueryData<Kept<T>>(key)?.data ?? null;
  return { data: before, problem: answer.error };
}

export function useAsked<T>(
  key: readonly unknown[],
  call: (api: GatewayApi) => Promise<Result<T>>,
  options: { readonly enabled?: boolean; readonly staleTime?: number } = {},
): Asked<T> {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const kept = await keeping(client, key, () => call(api));
      if (kept.problem !== null && isTokenRefused(kept.problem))
        void client.invalidateQueries({ queryKey: STATUS });
      return kept;
    },
    staleTime: FRESH_MS,
    ...options,
  });
  const { refetch } = query;
  const askAgain = useCallback(() => {
    void refetch();
  }, [refetch]);
  return {
    data: query.data?.data ?? null,
    problem: query.data?.problem ?? null,
    isAsking: query.isFetching,
    askAgain,
  };
}
