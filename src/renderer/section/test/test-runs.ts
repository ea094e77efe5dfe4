/** The tests that are running and what they found, by provider: one store for rows and for "Test all". */
import type { TestInput } from "../../../shared/contract";
import type { GatewayError } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { TestCalls } from "../data/tests";

/** undefined: the model that was asked last; null: the provider's usual one. */
export type ModelChoice = TestInput["model"];
export type TestRoute = NonNullable<TestInput["route"]>;

export type TestOutcome =
  | { readonly kind: "none" }
  | {
      readonly kind: "running";
      readonly run: string;
      readonly since: number;
      /** The provider's mark when the test began. */
      readonly mark: string;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
    }
  | {
      readonly kind: "refused";
      readonly error: GatewayError;
      /** Asked for without the gateway, whatever the file says. */
      readonly direct: boolean;
    }
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
  /** Absent: the row stays as it is. */
  readonly open?: boolean;
}

export interface TestRuns {
  readonly stateOf: (provider: string) => TestState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Never rejects; a test of the same provider that still runs is stopped first. */
  readonly start: (start: TestStart) => Promise<Result<TestReport>>;
  /** The same, but a test of the same saved route that somebody else has begun is waited for instead. */
  readonly join: (start: TestStart) => Promise<Result<TestReport>>;
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

  const start = async ({ provider, mark, model, route, open }: TestStart) => {
    stop(provider);
    const run = crypto.randomUUID();
    const direct = route === "direct";
    const since = performance.now();
    const isOpen = open ?? stateOf(provider).open;
    set(provider, { outcome: { kind: "running", run, since, direct, mark }, open: isOpen });
    const input = { provider, run, route, ...(model === undefined ? {} : { model }) };
    const answer = await calls.test(input);
    const now = stateOf(provider);
    if (now.outcome.kind === "running" && now.outcome.run === run) {
      const outcome: TestOutcome = answer.success
        ? { kind: "done", report: answer.data, direct, mark }
        : { kind: "refused", error: answer.error, direct };
      set(provider, { ...now, outcome });
    }
    return answer;
  };
  /** The answers to come, by provider. */
  const coming = new Map<string, Promise<Result<TestReport>>>();
  const begin = (asked: TestStart) => {
    const answer = start(asked);
    coming.set(asked.provider, answer);
    return answer;
  };

  return {
    stateOf,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start: begin,
    join: (asked) => {
      const { outcome } = stateOf(asked.provider);
      const isUnderWay =
        outcome.kind === "running" && !outcome.direct && outcome.mark === asked.mark;
      return (isUnderWay ? coming.get(asked.provider) : undefined) ?? begin(asked);
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
