/** The state of "Test all": its progress, its results, and functions to stop and repeat it. */
import { useContext, useEffect, useRef, useState } from "react";

import type { ProviderView } from "../../../shared/view";
import { failedOf, planTestAll, runQueue, type Outcome, type Skipped } from "./test-all";
import { rowRoute, TestRunsContext } from "./test-run";

const MAX_CONCURRENT = 3;

export interface TestAllRun {
  readonly running: boolean;
  /** The number of providers that the first run set out to test. */
  readonly planned: number;
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly Skipped[];
  /** Of the current or last run. */
  readonly progress: { readonly done: number; readonly of: number };
  /** Identifies the settings of all providers when the run started. */
  readonly marks: string;
}

export interface TestAll {
  /** null before the first run, and when a setting has changed after the last one. */
  readonly run: TestAllRun | null;
  readonly start: () => void;
  readonly again: () => void;
  readonly stop: () => void;
}

/** Results appear in the providers' rows, which stay expanded or collapsed. */
export function useTestAll(providers: readonly ProviderView[]): TestAll {
  const runs = useContext(TestRunsContext);
  const [run, setRun] = useState<TestAllRun | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      controller.current?.abort();
    },
    [],
  );

  const test = async (tested: readonly ProviderView[], before: Omit<TestAllRun, "running">) => {
    const { signal } = (controller.current = new AbortController());
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
      MAX_CONCURRENT,
      async (provider) => {
        const { id, mark } = provider;
        const stop = () => runs.stop(id);
        signal.addEventListener("abort", stop);
        const result = await runs.join({ provider: id, mark, route: rowRoute(provider) });
        signal.removeEventListener("abort", stop);
        found.set(id, { provider: id, result });
        done += 1;
        show(true);
      },
      signal,
    );
    show(false);
  };
  const isOutdated = run?.running === false && run.marks !== marksOf(providers);
  return {
    run: isOutdated ? null : run,
    start: () => {
      const { providers: tested, skipped } = planTestAll(providers);
      const progress = { done: 0, of: tested.length };
      const marks = marksOf(providers);
      void test(tested, { planned: tested.length, outcomes: [], skipped, progress, marks });
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
      controller.current?.abort();
    },
  };
}

function marksOf(providers: readonly ProviderView[]): string {
  return JSON.stringify(providers.map(({ id, mark }) => [id, mark]));
}
