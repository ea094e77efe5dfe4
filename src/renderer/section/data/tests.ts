/** The section's way to tests: how to run and stop them, and what is remembered of earlier ones. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo } from "react";

import type { GatewayApi, TestInput } from "../../../shared/contract";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { TestsView } from "../../../shared/tests";
import { ask, disconnected, GatewayApiContext, TESTS } from "./queries";

export interface TestCalls {
  readonly test: (input: TestInput) => Promise<Result<TestReport>>;
  readonly stop: (run: string) => void;
}

/** The way to tests, for everything in the section that runs some. */
export const TestCallsContext = createContext<TestCalls>({
  test: () => disconnected(),
  stop: () => undefined,
});

/** What is remembered of earlier tests; null until it is known, and when it cannot be. */
export function useRememberedTests(): TestsView | null {
  const api = useContext(GatewayApiContext);
  const query = useQuery({ queryKey: TESTS, queryFn: () => ask(api.tests) });
  return query.data?.success === true ? query.data.data : null;
}

/**
 * The ways to run one test and to stop it. Whatever still runs is stopped when the section or its
 * page goes away: nobody would read what it finds.
 */
export function useTestCalls(): TestCalls {
  const api = useContext(GatewayApiContext);
  const client = useQueryClient();
  const { test, stop, stopAll } = useMemo(() => testCalls(api, client), [api, client]);
  useEffect(() => {
    // At "pagehide" the frame is as good as gone, and its messages are no longer trusted.
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!event.defaultPrevented) stopAll();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      stopAll();
    };
  }, [stopAll]);
  return useMemo(() => ({ test, stop }), [test, stop]);
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
      // What is remembered of it is there to be seen as soon as its result is.
      await client.invalidateQueries({ queryKey: TESTS });
      return answer;
    },
    stop,
    stopAll: () => {
      running.forEach(stop);
    },
  };
}
