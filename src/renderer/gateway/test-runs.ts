/** The tests that are running and what they found, by provider: one store for rows and for "Test all". */
import type { TestInput } from "../../shared/contract";
import type { GatewayError } from "../../shared/errors";
import type { TestReport } from "../../shared/report";
import type { Result } from "../../shared/result";

/** undefined: the model that was asked last; null: the provider's usual one. */
export type ModelChoice = TestInput["model"];
export type TestRoute = NonNullable<TestInput["route"]>;

export type TestOutcome =
  | { readonly kind: "none" }
  | {
      readonly kind: "running";
      readonly run: string;
      readonly since: number;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
    }
  | { readonly kind: "refused"; readonly error: GatewayError }
  | {
      readonly kind: "done";
      readonly report: TestReport;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
      /** The provider's mark when the test began. */
      readonly mark: string;
    };

export interface TestState {
  readonly outcome: TestOutcome;
  /** Whether the row shows it unfolded. */
  readonly open: boolean;
}

export interface TestStart {
  readonly provider: string;
  readonly mark: string;
  readonly model?: ModelChoice;
  readonly route: TestRoute;
  readonly open: boolean;
}

export interface TestCalls {
  readonly test: (input: TestInput) => Promise<Result<TestReport>>;
  readonly stop: (run: string) => void;
}

export interface TestRuns {
  readonly stateOf: (provider: string) => TestState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Never rejects; a test of the same provider that still runs is stopped first. */
  readonly start: (start: TestStart) => Promise<Result<TestReport>>;
  readonly stop: (provider: string) => void;
  readonly setOpen: (provider: string, open: boolean) => void;
}

/** The state of a provider that was not tested here. */
export const NO_TEST: TestState = { outcome: { kind: "none" }, open: false };

/** An empty store over these calls. */
export function openTestRuns(calls: TestCalls): TestRuns {
  const states = new Map<string, TestState>();
  const listeners = new Set<() => void>();
  const stateOf = (provider: string) => states.get(provider) ?? NO_TEST;
  const set = (provider: string, state: TestState) => {
    states.set(provider, state);
    for (const listener of listeners) listener();
  };
  const stop = (provider: string) => {
    const { outcome } = stateOf(provider);
    if (outcome.kind === "running") calls.stop(outcome.run);
  };

  return {
    stateOf,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start: async ({ provider, mark, model, route, open }) => {
      stop(provider);
      const run = crypto.randomUUID();
      const direct = route === "direct";
      set(provider, { outcome: { kind: "running", run, since: performance.now(), direct }, open });
      const input = { provider, run, route, ...(model === undefined ? {} : { model }) };
      const answer = await calls.test(input);
      const now = stateOf(provider);
      if (now.outcome.kind === "running" && now.outcome.run === run) {
        const outcome: TestOutcome = answer.success
          ? { kind: "done", report: answer.data, direct, mark }
          : { kind: "refused", error: answer.error };
        set(provider, { ...now, outcome });
      }
      return answer;
    },
    stop,
    setOpen: (provider, open) => {
      const { outcome } = stateOf(provider);
      // What is not the saved route's own result has no other place than the open report.
      const kept =
        open || outcome.kind === "running" || (outcome.kind === "done" && !outcome.direct);
      set(provider, { outcome: kept ? outcome : NO_TEST.outcome, open });
    },
  };
}
