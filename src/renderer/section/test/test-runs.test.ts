import { describe, expect, it } from "vitest";

import type { TestInput } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success, type Result } from "../../../shared/result";
import { report } from "../../testing/sample-reports";
import { openTestRuns, type TestStart } from "./test-runs";

const START: TestStart = { provider: "anthropic", mark: "m", route: "saved", open: true };

function deferred() {
  let resolve: (mark: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function openedRuns(saving: Promise<string | undefined> | null = null) {
  const calls: { readonly input: TestInput; readonly finish: (r: Result<TestReport>) => void }[] =
    [];
  const stopped: string[] = [];
  const runs = openTestRuns({
    test: (input) => new Promise((finish) => calls.push({ input, finish })),
    stop: (run) => stopped.push(run),
    afterSaving: () => saving,
  });
  return { runs, calls, stopped };
}

describe("the store of running tests", () => {
  it("keeps one state per provider and notifies subscribers of every change", async () => {
    const { runs, calls } = openedRuns();
    const seen: string[] = [];
    runs.subscribe(() => seen.push(runs.stateOf("anthropic").outcome.kind));
    const done = runs.start(START);
    expect(runs.stateOf("openai").outcome.kind).toBe("none");
    calls[0]?.finish(success(report()));
    await done;
    expect(seen).toEqual(["running", "done"]);
    expect(runs.stateOf("anthropic")).toMatchObject({ open: true, outcome: { mark: "m" } });
  });

  it("stops and replaces the running test when a second one of the provider starts", async () => {
    const { runs, calls, stopped } = openedRuns();
    const first = runs.start(START);
    const second = runs.start({ ...START, route: "direct" });
    expect(stopped).toEqual([calls[0]?.input.run]);
    calls[0]?.finish(failure("cancelled"));
    await first;
    expect(runs.stateOf("anthropic").outcome.kind).toBe("running");
    calls[1]?.finish(success(report()));
    await second;
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ kind: "done", route: "direct" });
  });

  it("joins a running test of the same settings, and keeps an expanded row expanded", async () => {
    const { runs, calls, stopped } = openedRuns();
    const own = runs.start(START);
    const { open: _, ...later } = START;
    const joined = runs.join(later);
    expect(calls).toHaveLength(1);
    calls[0]?.finish(success(report()));
    expect(await joined).toBe(await own);
    const again = runs.join(later);
    expect(runs.stateOf("anthropic").open).toBe(true);
    calls[1]?.finish(failure("closed"));
    await again;
    const direct = runs.start({ ...START, route: "direct" });
    void runs.join(later);
    expect(calls).toHaveLength(4);
    expect(stopped).toEqual([calls[2]?.input.run]);
    calls[2]?.finish(failure("cancelled"));
    await direct;
    // A test of outdated settings is not joined.
    void runs.join({ ...later, mark: "m2" });
    expect(calls).toHaveLength(5);
  });

  it("waits for a change that is being saved, and tests the saved settings", async () => {
    const saving = deferred();
    const { runs, calls } = openedRuns(saving.promise);
    const done = runs.start(START);
    expect(calls).toHaveLength(0);
    saving.resolve("m2");
    await expect.poll(() => calls.length).toBe(1);
    calls[0]?.finish(success(report()));
    await done;
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ kind: "done", mark: "m2" });
  });

  it("sends nothing when it is stopped while a change is being saved", async () => {
    const saving = deferred();
    const { runs, calls } = openedRuns(saving.promise);
    const done = runs.start(START);
    runs.stop("anthropic");
    saving.resolve("m2");
    expect(await done).toMatchObject({ success: false, error: { code: "cancelled" } });
    expect(calls).toHaveLength(0);
    expect(runs.stateOf("anthropic").outcome.kind).toBe("none");
  });

  it("keeps the older result when a test is stopped", async () => {
    const { runs, calls } = openedRuns();
    const first = runs.start(START);
    calls[0]?.finish(success(report()));
    await first;
    const second = runs.start(START);
    const third = runs.start(START);
    runs.stop("anthropic");
    calls[1]?.finish(failure("cancelled"));
    calls[2]?.finish(failure("cancelled"));
    await Promise.all([second, third]);
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ kind: "done", report: report() });
  });

  it("keeps what the log says only of the last test, and not while another one runs", async () => {
    const { runs, calls } = openedRuns();
    const first = runs.start(START);
    calls[0]?.finish(success(report({ logId: "a", startedAt: "1" })));
    await first;
    const test = { provider: "anthropic", logId: "a", startedAt: "1" };
    runs.setLog({ ...test, startedAt: "2" }, "confirmed");
    expect(runs.stateOf("anthropic").outcome).not.toHaveProperty("log");
    runs.setLog(test, "confirmed");
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ log: "confirmed" });
    const second = runs.start(START);
    // As after disconnecting, which reaches no result that is not shown.
    runs.setLog(test, null);
    runs.stop("anthropic");
    calls[1]?.finish(failure("cancelled"));
    await second;
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ kind: "done" });
    expect(runs.stateOf("anthropic").outcome).not.toHaveProperty("log");
  });

  it("stops running tests and ignores finished ones", async () => {
    const { runs, calls, stopped } = openedRuns();
    const first = runs.start(START);
    calls[0]?.finish(success(report()));
    await first;
    void runs.start({ ...START, provider: "openai" });
    for (const provider of ["anthropic", "openai", "xai"]) runs.stop(provider);
    expect(stopped).toEqual([calls[1]?.input.run]);
  });

  it("keeps a result after it is hidden only when it is of the saved route", async () => {
    const { runs, calls } = openedRuns();
    for (const [index, route] of (["saved", "direct"] as const).entries()) {
      const done = runs.start({ ...START, route });
      calls[index]?.finish(success(report()));
      await done;
      runs.setOpen("anthropic", false);
      const kept = route === "saved" ? "done" : "none";
      expect(runs.stateOf("anthropic")).toMatchObject({ open: false, outcome: { kind: kept } });
    }
  });
});
