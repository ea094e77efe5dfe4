/** A running or finished comparison of one provider's two routes. */
import { useContext, useEffect, useRef, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { routesOf, type Sample } from "./comparison";
import { useFeedback } from "../ui/feedback";
import { TestCallsContext } from "../data/tests";
import type { ModelChoice } from "./test-runs";
import { words } from "../words/words";

export interface Comparison {
  /** How often each route is asked. */
  readonly rounds: number;
  readonly samples: readonly Sample[];
  readonly running: boolean;
  /** The provider's mark when it began. */
  readonly mark: string;
}

export interface ComparisonRun {
  /** null before the first one. */
  readonly comparison: Comparison | null;
  readonly start: (rounds: number, model: ModelChoice) => void;
  readonly stop: () => void;
}

/** One request after the other; it ends early when it is stopped and when the card goes away. */
export function useComparison(provider: ProviderView): ComparisonRun {
  const calls = useContext(TestCallsContext);
  const { announce } = useFeedback();
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const going = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      going.current?.abort();
    },
    [],
  );

  const isRouted = provider.route === "gateway";
  useEffect(() => {
    // With one route left there is nothing to compare, and no place to stop it.
    if (!isRouted) going.current?.abort();
  }, [isRouted]);

  const start = async (rounds: number, model: ModelChoice) => {
    going.current?.abort();
    const abort = (going.current = new AbortController());
    const { signal } = abort;
    const samples: Sample[] = [];
    const show = (running: boolean) => {
      setComparison({ rounds, samples: [...samples], running, mark: provider.mark });
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
      // Stopped by whoever else: neither an answer of that route nor a failure.
      if (!result.success && result.error.code === "cancelled") abort.abort();
      if (signal.aborted) break;
      samples.push({ route, result });
      show(true);
    }
    if (going.current?.signal !== signal) return;
    show(false);
    announce(signal.aborted ? words.compare.stopped : words.compare.finished(provider.name));
  };
  return {
    comparison,
    start: (rounds, model) => {
      void start(rounds, model);
    },
    stop: () => {
      going.current?.abort();
    },
  };
}
