/** Hooks to run and stop route tests, and to read the remembered results. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo } from "react";

import type { GatewayApi, TestInput } from "../../../shared/contract";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { TestsView } from "../../../shared/tests";
import { disconnected, GatewayApiContext } from "./queries";
import { ask } from "./send";
import { markOf, TESTS } from "./shown";

export interface TestCalls {
  readonly test: (input: TestInput) => Promise<Result<TestReport>>;
  readonly stop: (run: string) => void;
  /**
   * The provider's mark once the changes on their way are saved; undefined if it no longer exists.
   * Null when nothing is being saved.
   */
  readonly afterSaving: (provider: string) => Promise<string | undefined> | null;
}

/** Provides the test calls to the whole section. */
export const TestCallsContext = createContext<TestCalls>({
  test: () => disconnected(),
  stop: () => undefined,
  afterSaving: () => null,
});

export function testsQuery(api: GatewayApi) {
  return { queryKey: TESTS, queryFn: () => ask(api.tests) };
}

/** The remembered tests. Null while they load and after a failure. */
export function useRememberedTests(): TestsView | null {
  const api = useContext(GatewayApiContext);
  const query = useQuery(testsQuery(api));
  return query.data?.success === true ? query.data.data : null;
}

/**
 * Functions to run and stop a test. When the section unmounts or the page unloads, all running tests
 * are stopped, because their results can no longer be shown.
 */
export function useTestCalls(): TestCalls {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const { test, stop, afterSaving, stopAll } = useMemo(() => testCalls(api, client), [api, client]);
  useEffect(() => {
    // "pagehide" is too late: main no longer accepts messages from the closing frame.
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!event.defaultPrevented) stopAll();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      stopAll();
    };
  }, [stopAll]);
  return useMemo(() => ({ test, stop, afterSaving }), [test, stop, afterSaving]);
}

function testCalls(api: GatewayApi, client: QueryClient): TestCalls & { stopAll: () => void } {
  const running = new Set<string>();
  const stop = (run: string) => {
    void ask(() => api.stopTest({ run }));
  };
  return {
    test: async (input) => {
      running.add(input.run);
      const answer = await ask(() => api.test(input));
      running.delete(input.run);
      // The remembered test appears together with its result.
      await client.invalidateQueries({ queryKey: TESTS });
      return answer;
    },
    stop,
    afterSaving: (provider) =>
      client.isMutating() === 0 ? null : allSaved(client).then(() => markOf(client, provider)),
    stopAll: () => {
      running.forEach(stop);
    },
  };
}

/** Resolves when no change of this page is on its way or queued. */
function allSaved(client: QueryClient): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = client.getMutationCache().subscribe(() => {
      if (client.isMutating() > 0) return;
      unsubscribe();
      resolve();
    });
  });
}
