/** A store of running tests and their results by provider, shared by the rows and "Test all". */
import type { TestInput } from "../../../shared/contract";
import type { GatewayError } from "../../../shared/errors";
import { inputFailure } from "../../../shared/input-errors";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { TestCalls } from "../data/tests";

/** undefined: the last tested model. null: the provider's usual model. */
export type ModelChoice = TestInput["model"];
export type TestRoute = NonNullable<TestInput["route"]>;

export type TestOutcome =
  | { readonly kind: "none" }
  | {
      readonly kind: "running";
      readonly run: string;
      readonly since: number;
      /** The provider's mark at the start of the test. */
      readonly mark: string;
      readonly route: TestRoute;
      /** The result that stays if this test is stopped. */
      readonly before: Exclude<TestOutcome, { readonly kind: "running" }>;
    }
  | {
      readonly kind: "refused";
      readonly error: GatewayError;
      readonly route: TestRoute;
    }
  | {
      readonly kind: "done";
      readonly report: TestReport;
      readonly route: TestRoute;
      /** The provider's mark at the start of the test. */
      readonly mark: string;
    };

export interface TestState {
  readonly outcome: TestOutcome;
  /** Whether the row is open. */
  readonly open: boolean;
}

export interface TestStart {
  readonly provider: string;
  readonly mark: string;
  readonly model?: ModelChoice;
  readonly route: TestRoute;
  /** Whether the row is open from now on. Absent: as before. */
  readonly open?: boolean;
}

export interface TestRuns {
  readonly stateOf: (provider: string) => TestState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Starts a test, after stopping a running test of the same provider. Never rejects. */
  readonly start: (start: TestStart) => Promise<Result<TestReport>>;
  /** Like `start`, but waits for a running test of the same route instead of replacing it. */
  readonly join: (start: TestStart) => Promise<Result<TestReport>>;
  readonly stop: (provider: string) => void;
  readonly setOpen: (provider: string, open: boolean) => void;
}

/** The state of a provider that this page has not tested. */
export const NO_TEST: TestState = { outcome: { kind: "none" }, open: false };

/** A stopped test says nothing about the provider, so the result before it stays. */
function outcomeOf(
  result: Result<TestReport>,
  { route, mark, before }: Extract<TestOutcome, { readonly kind: "running" }>,
): TestOutcome {
  if (result.success) return { kind: "done", report: result.data, route, mark };
  if (result.error.code === "cancelled") return before;
  return { kind: "refused", error: result.error, route };
}

/** Creates an empty store that runs its tests through `calls`. */
export function openTestRuns(calls: TestCalls): TestRuns {
  const states = new Map<string, TestState>();
  const listeners = new Set<() => void>();
  const stateOf = (provider: string) => states.get(provider) ?? NO_TEST;
  const set = (provider: string, state: TestState) => {
    states.set(provider, state);
    for (const listener of listeners) listener();
  };
  /** Stopped before main knew of them. */
  const stoppedEarly = new Set<string>();
  const stop = (provider: string) => {
    const { outcome } = stateOf(provider);
    if (outcome.kind !== "running") return;
    stoppedEarly.add(outcome.run);
    calls.stop(outcome.run);
  };

  /** Waits for changes that are being saved, so that the test belongs to the settings on screen. */
  const testSaved = async (input: TestInput): Promise<Result<TestReport>> => {
    const saving = calls.afterSaving(input.provider);
    if (saving !== null) {
      const mark = await saving;
      if (stoppedEarly.has(input.run)) return inputFailure("cancelled");
      const now = stateOf(input.provider);
      if (mark !== undefined && now.outcome.kind === "running" && now.outcome.run === input.run) {
        set(input.provider, { ...now, outcome: { ...now.outcome, mark } });
      }
    }
    return calls.test(input);
  };

  const start = async ({ provider, mark, model, route, open }: TestStart) => {
    stop(provider);
    const run = crypto.randomUUID();
    const since = performance.now();
    const { outcome: last, open: wasOpen } = stateOf(provider);
    const before = last.kind === "running" ? last.before : last;
    set(provider, {
      outcome: { kind: "running", run, since, route, mark, before },
      open: open ?? wasOpen,
    });
    const input = { provider, run, route, ...(model === undefined ? {} : { model }) };
    const result = await testSaved(input);
    stoppedEarly.delete(run);
    const now = stateOf(provider);
    if (now.outcome.kind === "running" && now.outcome.run === run) {
      set(provider, { ...now, outcome: outcomeOf(result, now.outcome) });
    }
    return result;
  };
  /** The latest test of each provider. */
  const latest = new Map<string, Promise<Result<TestReport>>>();
  const startAndTrack = (test: TestStart) => {
    const result = start(test);
    latest.set(test.provider, result);
    return result;
  };

  return {
    stateOf,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start: startAndTrack,
    join: (test) => {
      const { outcome } = stateOf(test.provider);
      const isSameTest =
        outcome.kind === "running" && outcome.route === test.route && outcome.mark === test.mark;
      return (isSameTest ? latest.get(test.provider) : undefined) ?? startAndTrack(test);
    },
    stop,
    setOpen: (provider, open) => {
      const { outcome } = stateOf(provider);
      // A result without the gateway is shown only in the open row.
      const kept =
        open || outcome.kind === "none" || outcome.kind === "running" || outcome.route !== "direct";
      set(provider, { outcome: kept ? outcome : NO_TEST.outcome, open });
    },
  };
}
