/** A run through all providers: what it is doing, what it found, and the ways to stop and repeat it. */
import { useContext, useEffect, useRef, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { failedOf, planTestAll, runQueue, type Outcome, type Skipped } from "./test-all";
import { TestRunsContext } from "./test-run";

const AT_A_TIME = 3;

export interface TestAllRun {
  readonly running: boolean;
  /** The providers that were to be tested from the first run on; their latest results. */
  readonly planned: number;
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly Skipped[];
  /** Of the run that is going on, or that was the last one. */
  readonly progress: { readonly done: number; readonly of: number };
}

export interface TestAll {
  /** null before the first run. */
  readonly run: TestAllRun | null;
  readonly start: () => void;
  readonly again: () => void;
  readonly stop: () => void;
}

/** Results land in the providers' rows, which stay open or folded as they are. */
export function useTestAll(providers: readonly ProviderView[]): TestAll {
  const runs = useContext(TestRunsContext);
  const [run, setRun] = useState<TestAllRun | null>(null);
  const going = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      going.current?.abort();
    },
    [],
  );

  const test = async (tested: readonly ProviderView[], before: Omit<TestAllRun, "running">) => {
    const { signal } = (going.current = new AbortController());
    const found = new Map(before.outcomes.map((outcome) => [outcome.provider, outcome]));
    let done = 0;
    const show = (running: boolean) => {
      const progress = { done, of: tested.length };
      setRun({ ...before, outcomes: [...found.values()], progress, running });
    };
    for (const { id } of tested) found.delete(id);
    show(true);
    await runQueue(
      tested,
      AT_A_TIME,
      async ({ id, mark }) => {
        const stop = () => runs.stop(id);
        signal.addEventListener("abort", stop);
        const result = await runs.join({ provider: id, mark, route: "saved" });
        signal.removeEventListener("abort", stop);
        found.set(id, { provider: id, result });
        done += 1;
        show(true);
      },
      signal,
    );
    show(false);
  };
  return {
    run,
    start: () => {
      const { providers: tested, skipped } = planTestAll(providers);
      const progress = { done: 0, of: tested.length };
      void test(tested, { planned: tested.length, outcomes: [], skipped, progress });
    },
    again: () => {
      if (run === null) return;
      const failed = new Set(failedOf(run.outcomes));
      void test(
        providers.filter(({ id }) => failed.has(id)),
        run,
      );
    },
    stop: () => {
      going.current?.abort();
    },
  };
}
