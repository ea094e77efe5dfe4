/** A store of running tests and their results by provider, shared by the rows and "Test all". */
import type { LogRowInput } from "../../../shared/account";
import type { TestInput } from "../../../shared/contract";
import type { GatewayError } from "../../../shared/errors";
import { inputFailure } from "../../../shared/input-errors";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { TestCalls } from "../data/tests";

/** undefined: the last tested model. null: the provider's usual model. */
export type ModelChoice = TestInput["model"];
export type TestRoute = NonNullable<TestInput["route"]>;

/** Whether Cloudflare's own log confirms a test, or differs from it. */
export type LogMark = "confirmed" | "different";

export type LoggedTest = Pick<LogRowInput, "provider" | "logId" | "startedAt">;

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
      /** Absent while the log is not known to have the test. */
      readonly log?: LogMark;
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
  /** Sets what Cloudflare's log says about a test, if it is still the last one of its provider. */
  readonly setLog: (test: LoggedTest, log: LogMark | null) => void;
  /** Whether a test of this page has ended with a report. */
  readonly hasReports: () => boolean;
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

type Done = Extract<TestOutcome, { readonly kind: "done" }>;

/** The outcome with another mark of the log; the same object if it is of another test. */
function withLog(outcome: TestOutcome, test: LoggedTest, log: LogMark | null): TestOutcome {
  if (outcome.kind !== "done") return outcome;
  const { logId, startedAt } = outcome.report;
  // The log ID comes from the response, so two tests can have the same.
  if (logId !== test.logId || startedAt !== test.startedAt) return outcome;
  if ((outcome.log ?? null) === log) return outcome;
  return log === null ? withoutLog(outcome) : { ...outcome, log };
}

function withoutLog(done: Done): Done {
  const { log: _, ...rest } = done;
  return rest;
}

/** Creates an empty store that runs its tests through `calls`. */
export function openTestRuns(calls: TestCalls): TestRuns {
  const states = new Map<string, TestState>();
  const listeners = new Set<() => void>();
  let hasReports = false;
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
    // If the result stays, the log is asked about it again: the account can be another one by then.
    const before =
      last.kind === "running" ? last.before : last.kind === "done" ? withoutLog(last) : last;
    set(provider, {
      outcome: { kind: "running", run, since, route, mark, before },
      open: open ?? wasOpen,
    });
    const input = { provider, run, route, ...(model === undefined ? {} : { model }) };
    const result = await testSaved(input);
    stoppedEarly.delete(run);
    if (result.success) hasReports = true;
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
    setLog: (test, log) => {
      const state = stateOf(test.provider);
      const outcome = withLog(state.outcome, test, log);
      if (outcome !== state.outcome) set(test.provider, { ...state, outcome });
    },
    hasReports: () => hasReports,
  };
}
