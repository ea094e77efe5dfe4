/** Hooks for all communication with the main process, except route tests. */
import {
  notifyManager,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from "react";

import { everyCall, type GatewayApi, type GatewayApiCalls } from "../../../shared/contract";
import type { GatewayError } from "../../../shared/errors";
import { inputFailure } from "../../../shared/input-errors";
import type { Result } from "../../../shared/result";
import type { ProviderView, ProvidersView } from "../../../shared/view";
import type { Change } from "./change";
import { ask, settle, write } from "./send";
import { keep, newest, PROVIDERS, pushedViewsOf, runningChangesOf, shownView } from "./shown";

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly cloudflareGateway?: GatewayApi;
  }
}

/** The API of a page without a main process. Every call fails with an explanation. */
const DISCONNECTED: GatewayApi = {
  ...everyCall<GatewayApiCalls>(() => disconnected()),
  onChange: () => () => undefined,
};

/** The API that the preload script provides to this page. */
export function hostApi(): GatewayApi {
  return window.cloudflareGateway ?? DISCONNECTED;
}

/** How long a completed change without an observer stays in the mutation cache, in milliseconds. */
const CHANGE_KEPT_MS = 1000;

export const GatewayApiContext = createContext<GatewayApi>(DISCONNECTED);

/** Creates a separate query client, so that the section does not use the host's cache. */
export function createGatewayClient(): QueryClient {
  // The main process needs no network, and pushes every change.
  const always = { networkMode: "always", retry: false } as const;
  return new QueryClient({
    defaultOptions: {
      queries: { ...always, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { ...always, gcTime: CHANGE_KEPT_MS },
    },
  });
}

export function providersQuery(api: GatewayApi, client: QueryClient) {
  return {
    queryKey: PROVIDERS,
    queryFn: async () => newest(client, await ask(api.providers)),
  };
}

/** The current view of the providers. Undefined until the first response. */
export function useProviders(): {
  readonly answer: Result<ProvidersView> | undefined;
  readonly askAgain: () => void;
} {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const query = useQuery(providersQuery(api, client));
  useEffect(
    () =>
      api.onChange((view) => {
        const shown = pushedViewsOf(client).receive(view);
        if (shown !== null) keep(client, shown);
      }),
    [api, client],
  );
  const { refetch } = query;
  const askAgain = useCallback(() => {
    void refetch();
  }, [refetch]);
  return { answer: query.data, askAgain };
}

/**
 * The known gateways. Any switch can change them, and then a long list would render completely. So only
 * a `watching` component renders again; the others call `latest` when they need the value.
 */
export function useKnownGateways(watching: boolean): {
  readonly known: KnownGateways;
  readonly latest: () => KnownGateways;
} {
  const client = useQueryClient();
  const latest = useCallback(() => shownView(client) ?? NO_GATEWAYS, [client]);
  const subscribe = useCallback(
    (tell: () => void) =>
      // Batched with the notifications of the queries, so that the row renders only once.
      watching
        ? client.getQueryCache().subscribe(notifyManager.batchCalls(() => tell()))
        : () => undefined,
    [client, watching],
  );
  return { known: useSyncExternalStore(subscribe, latest), latest };
}

/** The gateways that a user can choose without typing. */
export type KnownGateways = Pick<ProvidersView, "usual" | "gateways" | "environmentGateway">;

export const NO_GATEWAYS: KnownGateways = { usual: null, gateways: [], environmentGateway: null };

/** Returns a function that looks up the current name of a provider, or its ID if it no longer exists. */
export function useNameNow(): (provider: string) => string {
  const client = useQueryClient();
  return useCallback(
    (provider) => shownView(client)?.providers.find(({ id }) => id === provider)?.name ?? provider,
    [client],
  );
}

/**
 * A mutation that changes the file. Changes with the same scope, usually a provider ID, are sent one
 * after another, so that the last click wins.
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

/** Returns a function that opens the file in the user's editor. */
export function useOpenFile(): () => Promise<Result<null>> {
  const api = useContext(GatewayApiContext);
  return useCallback(() => ask(api.openFile), [api]);
}

/** Whether the host can open the file in an editor. */
export function useCanOpenFile(): boolean {
  const api = useContext(GatewayApiContext);
  const query = useQuery({
    queryKey: PROVIDERS,
    queryFn: () => ask(api.providers),
    select: (answer) => answer.success && answer.data.canOpenFile,
  });
  return query.data ?? false;
}

/** Whether compatibility fields are missing, and can be turned on here. */
export function useCanTurnMirrorOn(): boolean {
  const api = useContext(GatewayApiContext);
  const query = useQuery({
    queryKey: PROVIDERS,
    queryFn: () => ask(api.providers),
    select: (answer) => answer.success && !answer.data.mirror.on && answer.data.mirror.canChange,
  });
  return query.data ?? false;
}

/** The changes that are being written, kept up to date. */
export function useRunningChanges(): readonly Change[] {
  const client = useQueryClient();
  const running = runningChangesOf(client);
  const subscribe = useCallback((tell: () => void) => running.subscribe(tell), [running]);
  return useSyncExternalStore(subscribe, () => running.changes);
}

/** Returns a function that sends changes one after another, and stops at the first refusal. */
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
  /** The number of changes that Undo can revert. */
  readonly steps: number;
  readonly problem: GatewayError | null;
}

/** Returns a function that reads the current providers without subscribing to them. */
export function useProvidersNow(): () => readonly ProviderView[] {
  const client = useQueryClient();
  return () => shownView(client)?.providers ?? [];
}

/** The providers that `pick` selects, kept up to date. Empty until the first response. */
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
    inputFailure("internal", { what: "this page is not connected to a main process" }),
  );
}
