/** One provider's test as its card sees it: running, refused, just finished, or remembered. */
import { createContext, useContext, useId, useSyncExternalStore } from "react";

import { assertNever } from "../../../shared/assert-never";
import { failure, type GatewayError } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import type { RememberedTest } from "../../../shared/tests";
import type { ProviderView } from "../../../shared/view";
import { useFeedback } from "../ui/feedback";
import { verdictSentence } from "../words/report-words";
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
    test: () => Promise.resolve(failure("closed")),
    stop: () => undefined,
  }),
);

export type ShownTest =
  | { readonly kind: "nothing" }
  | { readonly kind: "running"; readonly since: number; readonly direct: boolean }
  | { readonly kind: "refused"; readonly error: GatewayError; readonly direct: boolean }
  | {
      readonly kind: "report";
      readonly report: TestReport;
      /** From an earlier test: without the raw answer, and without what was sent. */
      readonly remembered: boolean;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
      /** Whether what it tested has changed since. */
      readonly stale: boolean;
    };

export interface TestRun {
  /** The id of the button that starts and stops it. */
  readonly buttonId: string;
  readonly running: boolean;
  /** What there is to show, and whether it is shown. */
  readonly shown: ShownTest;
  readonly open: boolean;
  /** What the row says of the saved route. */
  readonly badge: ShownTest;
  readonly start: (model: ModelChoice, route?: TestRoute) => void;
  readonly stop: () => void;
  readonly toggle: () => void;
  /** The focus goes to the button, since what had it goes away. */
  readonly hide: () => void;
}

/** `last`: what is remembered of the provider's saved route, or null. */
export function useTestRun(provider: ProviderView, last: RememberedTest | null): TestRun {
  const { announce } = useFeedback();
  const runs = useContext(TestRunsContext);
  const state = useSyncExternalStore(runs.subscribe, () => runs.stateOf(provider.id));
  const buttonId = useId();
  const shown = shownTest(state, last, provider);
  const direct = (shown.kind === "report" || shown.kind === "refused") && shown.direct;
  const open = state.open && shown.kind !== "nothing";
  const begin = async (model: ModelChoice, route: TestRoute) => {
    const { id, mark } = provider;
    const answer = await runs.start({ provider: id, mark, model, route, open: true });
    announce(answer.success ? verdictSentence(answer.data) : answer.error.message);
  };
  return {
    buttonId,
    running: state.outcome.kind === "running",
    shown,
    open,
    badge: direct ? shownTest(NO_TEST, last, provider) : shown,
    start: (model, route = "saved") => {
      void begin(model, route);
    },
    stop: () => {
      runs.stop(provider.id);
    },
    toggle: () => {
      runs.setOpen(provider.id, !open);
      // What was refused has no other place: its badge goes as well.
      if (open && shown.kind === "refused") document.getElementById(buttonId)?.focus();
    },
    hide: () => {
      runs.setOpen(provider.id, false);
      document.getElementById(buttonId)?.focus();
    },
  };
}

/**
 * The newest of what was found here and what is remembered; but a report that is being read is not
 * exchanged for another. While mux sends the provider's token elsewhere, none of them is current.
 */
export function shownTest(
  state: TestState,
  last: RememberedTest | null,
  provider: Pick<ProviderView, "mark" | "leak">,
): ShownTest {
  // The reason for that refusal is gone, and with it everything that it said.
  const isSettled =
    state.outcome.kind === "refused" &&
    state.outcome.error.code === "token_leak" &&
    provider.leak === null;
  const shown = newestTest(isSettled ? NO_TEST : state, last, provider.mark);
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
