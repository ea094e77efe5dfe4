/** The section's one way to the main process: what it asks, and what it keeps of the answers. */
import {
  notifyManager,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from "react";

import { everyCall, type GatewayApi, type GatewayApiCalls } from "../../../shared/contract";
import { failure, type GatewayError } from "../../../shared/errors";
import type { Result } from "../../../shared/result";
import type { ProviderView, ProvidersView } from "../../../shared/view";
import type { Change } from "./change";
import { ask, settle, write } from "./send";
import { keep, newest, PROVIDERS, pushedViewsOf, shownView } from "./shown";

declare global {
  interface Window {
    /** Set by the preload. */
    readonly cloudflareGateway?: GatewayApi;
  }
}

/** The calls when nothing connects the page to a main process: each one says so. */
const DISCONNECTED: GatewayApi = {
  ...everyCall<GatewayApiCalls>(() => disconnected()),
  onChange: () => () => undefined,
};

/** The calls that the preload offers to this page. */
export function hostApi(): GatewayApi {
  return window.cloudflareGateway ?? DISCONNECTED;
}

/** How long a change that was answered, and that nobody looks at, is kept. */
const CHANGE_KEPT_MS = 1000;

export const GatewayApiContext = createContext<GatewayApi>(DISCONNECTED);

/** A client of the section's own: the host's cache, if it has one, is left alone. */
export function createGatewayClient(): QueryClient {
  // The main process answers without a network too, and says itself when something changed.
  const always = { networkMode: "always", retry: false } as const;
  return new QueryClient({
    defaultOptions: {
      queries: { ...always, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { ...always, gcTime: CHANGE_KEPT_MS },
    },
  });
}

/** The providers as they stand in the file, live; undefined until the first answer. */
export function useProviders(): {
  readonly answer: Result<ProvidersView> | undefined;
  readonly askAgain: () => void;
} {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const query = useQuery({
    queryKey: PROVIDERS,
    queryFn: async () => newest(client, await ask(api.providers)),
  });
  useEffect(
    () =>
      api.onChange((view) => {
        const shown = pushedViewsOf(client).receive(view);
        if (shown !== null) keep(client, shown);
      }),
    [api, client],
  );
  return {
    answer: query.data,
    askAgain: () => {
      void query.refetch();
    },
  };
}

/**
 * What is known of the gateways. It can change with any switch, and a long list would then be drawn as
 * a whole: only who is `watching` is drawn anew with it, the others ask for the `latest` when they need it.
 */
export function useKnownGateways(watching: boolean): {
  readonly known: KnownGateways;
  readonly latest: () => KnownGateways;
} {
  const client = useQueryClient();
  const latest = useCallback(() => shownView(client) ?? NO_GATEWAYS, [client]);
  const subscribe = useCallback(
    (tell: () => void) =>
      // Together with the queries' own news: the row is then drawn once, not first with half of it.
      watching
        ? client.getQueryCache().subscribe(notifyManager.batchCalls(() => tell()))
        : () => undefined,
    [client, watching],
  );
  return { known: useSyncExternalStore(subscribe, latest), latest };
}

/** What a provider can be put behind without a word being typed. */
export type KnownGateways = Pick<ProvidersView, "usual" | "gateways" | "environmentGateway">;

const NO_GATEWAYS: KnownGateways = { usual: null, gateways: [], environmentGateway: null };

/** The name of a provider as it is shown at the moment of asking; its key when it is gone. */
export function useNameNow(): (provider: string) => string {
  const client = useQueryClient();
  return useCallback(
    (provider) => shownView(client)?.providers.find(({ id }) => id === provider)?.name ?? provider,
    [client],
  );
}

/**
 * The way to change the file. Changes of the same scope, a provider's id as a rule, are sent one
 * after the other, so that the last click wins.
 */
export function useChange(scope: string) {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  return useMutation({
    scope: { id: `cloudflare-gateway:${scope}` },
    mutationFn: (change: Change) => write(api, client, change),
    onSuccess: (answer) => settle(client, answer),
  });
}

/** Changes that follow from one that `useChange` made, sent one after the other; ends with the first refusal. */
export function useFollowingChanges(): (changes: readonly Change[]) => Promise<Followed> {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  return async (changes) => {
    let done = 0;
    let steps = 0;
    for (const change of changes) {
      const answer = await write(api, client, change);
      await settle(client, answer);
      if (!answer.success) return { done, steps, problem: answer.error };
      done += 1;
      steps += answer.steps;
    }
    return { done, steps, problem: null };
  };
}

export interface Followed {
  readonly done: number;
  /** How many of them Undo takes back. */
  readonly steps: number;
  readonly problem: GatewayError | null;
}

/** The providers as they are shown at the moment of asking, for those who need not be drawn with them. */
export function useProvidersNow(): () => readonly ProviderView[] {
  const client = useQueryClient();
  return () => shownView(client)?.providers ?? [];
}

/** What somebody `picks` from the providers, live; empty until the first answer. */
export function usePickedProviders(
  pick: (providers: readonly ProviderView[]) => readonly ProviderView[],
): readonly ProviderView[] {
  const api = useContext(GatewayApiContext);
  const query = useQuery({
    queryKey: PROVIDERS,
    queryFn: () => ask(api.providers),
    select: (answer) => (answer.success ? pick(answer.data.providers) : []),
  });
  return query.data ?? [];
}

export function disconnected<T>(): Promise<Result<T>> {
  return Promise.resolve(
    failure("internal", { what: "this page is not connected to a main process" }),
  );
}
