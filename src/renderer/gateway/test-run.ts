/** One provider's test as its card sees it: not run, running since, finished, or refused. */
import { useId, useState } from "react";

import type { TestInput } from "../../shared/contract";
import type { GatewayError } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import type { ProviderView } from "../../shared/view";
import { useFeedback } from "./feedback";
import { useTest } from "./queries";
import { verdictSentence } from "./report-words";

export type TestState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly since: number }
  | { readonly kind: "refused"; readonly error: GatewayError }
  | {
      readonly kind: "done";
      readonly report: TestReport;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
      /** Whether the provider's block changed after the test had begun. */
      readonly stale: boolean;
    };

/** undefined: the model that was asked last; null: the provider's usual one. */
export type ModelChoice = TestInput["model"];

export interface TestRun {
  /** The id of the button that starts and stops it. */
  readonly buttonId: string;
  readonly state: TestState;
  readonly start: (model: ModelChoice, route?: TestInput["route"]) => void;
  readonly stop: () => void;
  /** Forgets the result here; the focus goes to the button, since what had it goes away. */
  readonly hide: () => void;
}

interface Begun {
  readonly run: string;
  readonly since: number;
  readonly mark: string;
}

export function useTestRun(provider: ProviderView): TestRun {
  const { announce } = useFeedback();
  const { test, stop } = useTest();
  const buttonId = useId();
  const [begun, setBegun] = useState<Begun | null>(null);

  const start: TestRun["start"] = (model, route = "saved") => {
    const run = crypto.randomUUID();
    setBegun({ run, since: performance.now(), mark: provider.mark });
    test.mutate(
      { provider: provider.id, run, route, ...(model === undefined ? {} : { model }) },
      {
        onSuccess: (answer) => {
          announce(answer.success ? verdictSentence(answer.data) : answer.error.message);
        },
      },
    );
  };
  return {
    buttonId,
    state: stateOf(test, begun, provider.mark),
    start,
    stop: () => {
      if (begun) stop(begun.run);
    },
    hide: () => {
      test.reset();
      document.getElementById(buttonId)?.focus();
    },
  };
}

function stateOf(
  test: ReturnType<typeof useTest>["test"],
  begun: Begun | null,
  mark: string,
): TestState {
  if (begun === null || test.isIdle) return { kind: "idle" };
  if (test.data === undefined) return { kind: "running", since: begun.since };
  if (!test.data.success) return { kind: "refused", error: test.data.error };
  return {
    kind: "done",
    report: test.data.data,
    direct: test.variables.route === "direct",
    stale: begun.mark !== mark,
  };
}
