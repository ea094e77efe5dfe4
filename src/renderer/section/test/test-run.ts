/** The test of one provider for its card: running, refused, finished, or remembered. */
import { createContext, useContext, useId, useSyncExternalStore } from "react";

import { assertNever } from "../../../shared/assert-never";
import type { GatewayError } from "../../../shared/errors";
import { inputFailure } from "../../../shared/input-errors";
import type { TestReport } from "../../../shared/report";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { useFeedback } from "../ui/feedback";
import { announcementOf } from "../words/report-words";
import {
  NO_TEST,
  openTestRuns,
  type ModelChoice,
  type TestRoute,
  type TestRuns,
  type TestState,
} from "./test-runs";

export type { ModelChoice } from "./test-runs";

export const TestRunsContext = createContext<TestRuns>(
  openTestRuns({
    test: () => Promise.resolve(inputFailure("closed")),
    stop: () => undefined,
    afterSaving: () => null,
  }),
);

export type ShownTest =
  | { readonly kind: "nothing" }
  | { readonly kind: "running"; readonly since: number; readonly direct: boolean }
  | { readonly kind: "refused"; readonly error: GatewayError; readonly direct: boolean }
  | {
      readonly kind: "report";
      readonly report: TestReport;
      /** Whether it is a remembered result, which has no raw request and response. */
      readonly remembered: boolean;
      /** Whether the test bypassed the gateway on request, regardless of the file. */
      readonly direct: boolean;
      /** Whether the tested settings have changed since. */
      readonly stale: boolean;
    };

export interface TestRun {
  /** The ID of the button that starts and stops the test. */
  readonly buttonId: string;
  /** The ID of the report, while it is on screen. */
  readonly panelId: string;
  readonly running: boolean;
  /** The test to show in the panel. */
  readonly shown: ShownTest;
  /** The test of the saved route, for the badge in the row. */
  readonly badge: ShownTest;
  readonly start: (model: ModelChoice, route?: TestRoute) => void;
  readonly stop: () => void;
}

/** `last` is the remembered test of the provider's saved route, or null. */
export function useTestRun(provider: ProviderView, last: RememberedTest | null): TestRun {
  const { announce } = useFeedback();
  const runs = useContext(TestRunsContext);
  const state = useSyncExternalStore(runs.subscribe, () => runs.stateOf(provider.id));
  const buttonId = useId();
  const panelId = useId();
  const shown = shownTest(state, last, provider);
  const direct = (shown.kind === "report" || shown.kind === "refused") && shown.direct;
  const startTest = async (model: ModelChoice, route: TestRoute) => {
    const { id, mark } = provider;
    const result = await runs.start({ provider: id, mark, model, route, open: true });
    announce(result.success ? announcementOf(result.data) : result.error.message);
  };
  return {
    buttonId,
    panelId,
    running: state.outcome.kind === "running",
    shown,
    badge: direct ? shownTest(NO_TEST, last, provider) : shown,
    start: (model, route = "saved") => {
      void startTest(model, route);
    },
    stop: () => {
      runs.stop(provider.id);
    },
  };
}

/**
 * The newer of this page's test and the remembered one, except that an open report is not replaced.
 * While mux sends the provider's token to another host, every report is stale.
 */
export function shownTest(
  state: TestState,
  last: RememberedTest | null,
  provider: Pick<ProviderView, "mark" | "leak">,
): ShownTest {
  // The leak is fixed, so its refusal no longer applies.
  const isLeakFixed =
    state.outcome.kind === "refused" &&
    state.outcome.error.code === "token_leak" &&
    provider.leak === null;
  const shown = newestTest(isLeakFixed ? NO_TEST : state, last, provider.mark);
  return shown.kind === "report" && provider.leak !== null ? { ...shown, stale: true } : shown;
}

function newestTest(
  { outcome, open }: TestState,
  last: RememberedTest | null,
  mark: string,
): ShownTest {
  switch (outcome.kind) {
    case "running":
    case "refused":
      return outcome;
    case "none":
      return last === null ? { kind: "nothing" } : rememberedTest(last);
    case "done": {
      const { report, direct } = outcome;
      if (!direct && !open && last !== null && last.report.startedAt > report.startedAt) {
        return rememberedTest(last);
      }
      const sameTest = !direct && last?.report.startedAt === report.startedAt;
      const stale = outcome.mark !== mark || (sameTest && last.stale);
      return { kind: "report", report, direct, stale, remembered: false };
    }
    default:
      return assertNever(outcome);
  }
}

function rememberedTest({ report, stale }: RememberedTest): ShownTest {
  return { kind: "report", report, stale, remembered: true, direct: false };
}
