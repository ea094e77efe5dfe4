/** The section's one way to the main process: what it asks, and what it keeps of the answers. */
import {
  notifyManager,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from "react";

import {
  everyCall,
  type EnableInput,
  type GatewayApi,
  type GatewayApiCalls,
  type ProviderInput,
} from "../../../shared/contract";
import { assertNever } from "../../../shared/assert-never";
import { failure, type GatewayError } from "../../../shared/errors";
import { success, type Result } from "../../../shared/result";
import {
  isAsNew,
  type ProviderView,
  type ProvidersView,
  type ViewVersion,
} from "../../../shared/view";
import { tokenOf, type Answer, type Change, type Expecting, type TypedInput } from "./change";
import { OwnMarks } from "./own-marks";
import { PushedViews } from "./pushed-views";

declare global {
  interface Window {
    /** Set by the preload. */
    readonly cloudflareGateway?: GatewayApi;
  }
}

const PROVIDERS = ["cloudflare-gateway", "providers"] as const;
export const TESTS = ["cloudflare-gateway", "tests"] as const;

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

/** One for each client, and gone with it. */
const ownMarks = new WeakMap<QueryClient, OwnMarks>();

const pushedViews = new WeakMap<QueryClient, PushedViews>();

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
 * The usual gateway. It can change with any switch, and a long list would then be drawn as a whole:
 * only who is `watching` is drawn anew with it, the others ask for the `latest` when they need it.
 */
export function useUsual(watching: boolean): {
  readonly usual: ProvidersView["usual"];
  readonly latest: () => ProvidersView["usual"];
} {
  const client = useQueryClient();
  const latest = useCallback(() => shownView(client)?.usual ?? null, [client]);
  const subscribe = useCallback(
    (tell: () => void) =>
      // Together with the queries' own news: the row is then drawn once, not first with half of it.
      watching
        ? client.getQueryCache().subscribe(notifyManager.batchCalls(() => tell()))
        : () => undefined,
    [client, watching],
  );
  return { usual: useSyncExternalStore(subscribe, latest), latest };
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

async function write(api: GatewayApi, client: QueryClient, change: Change): Promise<Answer> {
  const changed = "expecting" in change ? change.input.provider : null;
  const before = changed === null ? undefined : markOf(client, changed);
  pushedViewsOf(client).changeStarts();
  const answer = await ask(() => send(api, client, change));
  // A question which of two versions to keep may have it sent once more.
  if (answer.success || answer.error.code !== "conflict") tokenOf(change)?.forget();
  const after = answer.success && changed !== null ? markIn(answer.data, changed) : undefined;
  if (changed !== null && before !== undefined && after !== undefined) {
    ownMarksOf(client).note(changed, before, after);
  }
  if (answer.success) keep(client, answer.data);
  const pushed = pushedViewsOf(client).changeEnds();
  if (pushed !== null) keep(client, pushed);
  return { ...answer, steps: answer.success ? answer.data.made : 0 };
}

async function settle(client: QueryClient, answer: Result<ProvidersView>) {
  if (!answer.success) await client.invalidateQueries({ queryKey: PROVIDERS });
}

function send(api: GatewayApi, client: QueryClient, change: Change) {
  switch (change.call) {
    case "enable":
      return api.enable({
        ...spoken(change.input),
        ...seen(client, change.input, change.expecting),
      });
    case "disable":
      return api.disable({ ...change.input, ...seen(client, change.input, change.expecting) });
    case "forget":
      return api.forget({ ...change.input, ...seen(client, change.input, change.expecting) });
    case "fix":
      return api.fix({ ...change.input, ...seen(client, change.input, change.expecting) });
    case "setMirror":
      return api.setMirror(change.input);
    case "undo":
      return api.undo();
    default:
      return assertNever(change);
  }
}

function spoken({ token, ...input }: TypedInput): EnableInput {
  if (token === undefined) return input;
  return { ...input, token: token === null ? null : token.text };
}

function seen(client: QueryClient, { provider }: ProviderInput, expecting: Expecting) {
  if (expecting === "anything") return {};
  const shown = markOf(client, provider);
  if (expecting !== "shown" && !ownMarksOf(client).has(provider, expecting.mark)) {
    return { seen: expecting.mark };
  }
  return shown === undefined ? {} : { seen: shown };
}

function shownView(client: QueryClient): ProvidersView | null {
  const answer = client.getQueryData<Result<ProvidersView>>(PROVIDERS);
  return answer?.success ? answer.data : null;
}

function markOf(client: QueryClient, provider: string): string | undefined {
  const view = shownView(client);
  return view === null ? undefined : markIn(view, provider);
}

function markIn({ providers }: ProvidersView, provider: string): string | undefined {
  return providers.find(({ id }) => id === provider)?.mark;
}

function pushedViewsOf(client: QueryClient): PushedViews {
  const known = pushedViews.get(client) ?? new PushedViews();
  pushedViews.set(client, known);
  return known;
}

function ownMarksOf(client: QueryClient): OwnMarks {
  const known = ownMarks.get(client) ?? new OwnMarks();
  ownMarks.set(client, known);
  return known;
}

/** Answers and news overtake each other: an older view never takes the place of a newer one. */
function keep(client: QueryClient, view: ProvidersView) {
  if (isKnown(client, view.version)) return;
  const answer: Result<ProvidersView> = success(view);
  client.setQueryData(PROVIDERS, answer);
  ownMarksOf(client).look(view);
  // A changed block makes the tests before it old.
  void client.invalidateQueries({ queryKey: TESTS });
}

/** What an answer to the question for all providers leaves standing. */
function newest(client: QueryClient, answer: Result<ProvidersView>): Result<ProvidersView> {
  const shown = client.getQueryData<Result<ProvidersView>>(PROVIDERS);
  if (shown?.success && answer.success && isAsNew(shown.data.version, answer.data.version)) {
    return shown;
  }
  if (answer.success) ownMarksOf(client).look(answer.data);
  return answer;
}

function isKnown(client: QueryClient, version: ViewVersion): boolean {
  const shown = shownView(client);
  return shown !== null && isAsNew(shown.version, version);
}

/** A call answers a `Result`; only the line itself can break, and that becomes one too. */
export async function ask<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call();
  } catch {
    return failure("disconnected");
  }
}

export function disconnected<T>(): Promise<Result<T>> {
  return Promise.resolve(
    failure("internal", { what: "this page is not connected to a main process" }),
  );
}
