/** The tests that the rows show, for the status of the whole page. */
import { useContext, useMemo, useRef, useSyncExternalStore } from "react";

import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { useRememberedTests } from "../data/tests";
import { rowRoute, rowTest, shownTest, TestRunsContext, type ShownTest } from "../test/test-run";
import { NO_TEST, type TestState } from "../test/test-runs";

/** Returns the last test of each provider's route in use, like its row. */
export function useShownTests(
  providers: readonly ProviderView[],
): (provider: ProviderView) => ShownTest {
  const states = useTestStates(providers);
  const remembered = useRememberedTests();
  return useMemo(() => {
    const lists = { saved: byProvider(remembered?.tests), mux: byProvider(remembered?.muxTests) };
    return (provider) => {
      const last = lists[rowRoute(provider)].get(provider.id) ?? null;
      const shown = shownTest(states.get(provider.id) ?? NO_TEST, last, provider);
      return rowTest(shown, last, provider);
    };
  }, [states, remembered]);
}

function byProvider(tests: readonly RememberedTest[] = []): ReadonlyMap<string, RememberedTest> {
  return new Map(tests.map((test) => [test.provider, test]));
}

/** The states of these providers' tests. The map keeps its identity until one of them changes. */
function useTestStates(providers: readonly ProviderView[]): ReadonlyMap<string, TestState> {
  const runs = useContext(TestRunsContext);
  const known = useRef<ReadonlyMap<string, TestState>>(new Map());
  return useSyncExternalStore(runs.subscribe, () => {
    const { current } = known;
    const states = providers.map(({ id }) => [id, runs.stateOf(id)] as const);
    const isSame =
      states.length === current.size && states.every(([id, state]) => current.get(id) === state);
    if (!isSame) known.current = new Map(states);
    return known.current;
  });
}
