/** The test of one provider for its card: running, refused, finished, or remembered. */
import { createContext, useContext, useId, useSyncExternalStore } from "react";

import { assertNever } from "../../../shared/assert-never";
import type { GatewayError } from "../../../shared/errors";
import { inputFailure } from "../../../shared/input-errors";
import { goesElsewhere } from "../../../shared/mux-route";
import type { TestReport } from "../../../shared/report";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { useFeedback } from "../ui/feedback";
import { announcementOf } from "../words/report-words";
import {
  NO_TEST,
  openTestRuns,
  type LogMark,
  type ModelChoice,
  type TestRoute,
  type TestRuns,
  type TestState,
} from "./test-runs";

export type { ModelChoice, TestRoute } from "./test-runs";

export const TestRunsContext = createContext<TestRuns>(
  openTestRuns({
    test: () => Promise.resolve(inputFailure("closed")),
    stop: () => undefined,
    afterSaving: () => null,
  }),
);

export type ShownTest =
  | { readonly kind: "nothing" }
  | { readonly kind: "running"; readonly since: number; readonly route: TestRoute }
  | { readonly kind: "refused"; readonly error: GatewayError; readonly route: TestRoute }
  | {
      readonly kind: "report";
      readonly report: TestReport;
      /** Whether it is a remembered result, which has no raw request and response. */
      readonly remembered: boolean;
      readonly route: TestRoute;
      /** Whether the tested settings have changed since. */
      readonly stale: boolean;
      /** Whether Cloudflare's log confirms it, if that is known. */
      readonly log?: LogMark;
    };

export interface TestRun {
  /** The ID of the button that starts and stops the test. */
  readonly buttonId: string;
  /** The ID of the report, while it is on screen. */
  readonly panelId: string;
  readonly running: boolean;
  /** The test to show in the panel. */
  readonly shown: ShownTest;
  /** The test of the row's route, for its badge. */
  readonly badge: ShownTest;
  readonly start: (model: ModelChoice, route?: TestRoute) => void;
  readonly stop: () => void;
}

/**
 * The route that a row's result is about: the one that mux takes, so that a gateway that mux bypasses
 * never looks fine.
 */
export function rowRoute({ muxRoute }: Pick<ProviderView, "muxRoute">): "saved" | "mux" {
  return goesElsewhere(muxRoute) ? "mux" : "saved";
}

/** Whether an error is a problem of the provider: neither a stopped test nor a login of mux is. */
export function isRefusedTest({ code }: GatewayError): boolean {
  return code !== "cancelled" && code !== "mux_route_login";
}

/**
 * Whether Cloudflare's log confirms a test; null while that is unknown, and once the settings have
 * changed.
 */
export function logMark(test: ShownTest): LogMark | null {
  return test.kind === "report" && !test.stale ? (test.log ?? null) : null;
}

/** `last` is the remembered test of the row's route, or null. */
export function useTestRun(provider: ProviderView, last: RememberedTest | null): TestRun {
  const { announce } = useFeedback();
  const runs = useContext(TestRunsContext);
  const state = useSyncExternalStore(runs.subscribe, () => runs.stateOf(provider.id));
  const buttonId = useId();
  const panelId = useId();
  const shown = shownTest(state, last, provider);
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
    badge: rowTest(shown, last, provider),
    start: (model, route = rowRoute(provider)) => {
      void startTest(model, route);
    },
    stop: () => {
      runs.stop(provider.id);
    },
  };
}

/** The test for the row: a result of another route than the row's is only in the open report. */
export function rowTest(
  shown: ShownTest,
  last: RememberedTest | null,
  provider: TestedProvider,
): ShownTest {
  const isOfRow =
    shown.kind === "nothing" || shown.kind === "running" || shown.route === rowRoute(provider);
  return isOfRow ? shown : shownTest(NO_TEST, last, provider);
}

type TestedProvider = Pick<ProviderView, "mark" | "leak" | "muxRoute">;

/**
 * The newer of this page's test and the remembered one, except that an open report is not replaced.
 * While mux sends the provider's token to another host, every report is stale.
 */
export function shownTest(
  state: TestState,
  last: RememberedTest | null,
  provider: TestedProvider,
): ShownTest {
  // The leak is fixed, so its refusal no longer applies.
  const isLeakFixed =
    state.outcome.kind === "refused" &&
    state.outcome.error.code === "token_leak" &&
    provider.leak === null;
  const shown = newestTest(isLeakFixed ? NO_TEST : state, last, provider);
  return shown.kind === "report" && provider.leak !== null ? { ...shown, stale: true } : shown;
}

function newestTest(
  { outcome, open }: TestState,
  last: RememberedTest | null,
  provider: TestedProvider,
): ShownTest {
  const ofRow = rowRoute(provider);
  switch (outcome.kind) {
    case "running":
    case "refused":
      return outcome;
    case "none":
      return last === null ? { kind: "nothing" } : rememberedTest(last, ofRow);
    case "done": {
      const { report, route } = outcome;
      const isOfRow = route === ofRow;
      if (isOfRow && !open && last !== null && last.report.startedAt > report.startedAt) {
        return rememberedTest(last, ofRow);
      }
      const sameTest = isOfRow && last?.report.startedAt === report.startedAt;
      const stale = outcome.mark !== provider.mark || (sameTest && last.stale);
      const log = outcome.log === undefined ? {} : { log: outcome.log };
      return { kind: "report", report, route, stale, remembered: false, ...log };
    }
    default:
      return assertNever(outcome);
  }
}

function rememberedTest({ report, stale }: RememberedTest, route: TestRoute): ShownTest {
  return { kind: "report", report, stale, remembered: true, route };
}
