/** The state of a comparison between a provider's two routes. */
import { useContext, useEffect, useRef, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { routesOf, type Sample } from "./comparison";
import { useFeedback } from "../ui/feedback";
import { TestCallsContext } from "../data/tests";
import type { ModelChoice } from "./test-runs";
import { words } from "../words/words";

export interface Comparison {
  /** The number of requests per route. */
  readonly rounds: number;
  readonly samples: readonly Sample[];
  readonly running: boolean;
  /** The provider's mark at the start. */
  readonly mark: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

export interface ComparisonRun {
  /** null before the first one. */
  readonly comparison: Comparison | null;
  readonly start: (rounds: number, model: ModelChoice) => void;
  readonly stop: () => void;
}

/** Sends one request after another. Stopping the comparison or unmounting the card ends it early. */
export function useComparison(provider: ProviderView): ComparisonRun {
  const calls = useContext(TestCallsContext);
  const { announce } = useFeedback();
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      controller.current?.abort();
    },
    [],
  );

  const isRouted = provider.route === "gateway";
  useEffect(() => {
    // A direct provider has nothing to compare, and its card has no Stop button.
    if (!isRouted) controller.current?.abort();
  }, [isRouted]);

  const start = async (rounds: number, model: ModelChoice) => {
    controller.current?.abort();
    const abort = (controller.current = new AbortController());
    const { signal } = abort;
    const samples: Sample[] = [];
    const startedAt = new Date().toISOString();
    const show = (running: boolean) => {
      setComparison({ rounds, samples: [...samples], running, mark: provider.mark, startedAt });
    };
    show(true);
    for (const route of routesOf(rounds)) {
      const run = crypto.randomUUID();
      const stopRun = () => calls.stop(run);
      signal.addEventListener("abort", stopRun);
      const result = await calls.test({
        provider: provider.id,
        run,
        route: route === "direct" ? "direct" : "saved",
        ...(model === undefined ? {} : { model }),
      });
      signal.removeEventListener("abort", stopRun);
      // Cancelled from elsewhere: neither a response nor a failure of this route.
      if (!result.success && result.error.code === "cancelled") abort.abort();
      if (signal.aborted) break;
      samples.push({ route, result });
      show(true);
    }
    if (controller.current?.signal !== signal) return;
    show(false);
    announce(signal.aborted ? words.test.comparisonStopped : words.test.compared(provider.name));
  };
  return {
    comparison,
    start: (rounds, model) => {
      void start(rounds, model);
    },
    stop: () => {
      controller.current?.abort();
    },
  };
}
