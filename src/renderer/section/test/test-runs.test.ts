import { describe, expect, it } from "vitest";

import type { TestInput } from "../../../shared/contract";
import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success, type Result } from "../../../shared/result";
import { report } from "../../testing/sample-reports";
import { openTestRuns, type TestStart } from "./test-runs";

const START: TestStart = { provider: "anthropic", mark: "m", route: "saved", open: true };

function opened() {
  const asked: { readonly input: TestInput; readonly finish: (r: Result<TestReport>) => void }[] =
    [];
  const stopped: string[] = [];
  const runs = openTestRuns({
    test: (input) => new Promise((finish) => asked.push({ input, finish })),
    stop: (run) => stopped.push(run),
  });
  return { runs, asked, stopped };
}

describe("the tests that are running", () => {
  it("belong each to its provider, and tell of every step", async () => {
    const { runs, asked } = opened();
    const seen: string[] = [];
    runs.subscribe(() => seen.push(runs.stateOf("anthropic").outcome.kind));
    const done = runs.start(START);
    expect(runs.stateOf("openai").outcome.kind).toBe("none");
    asked[0]?.finish(success(report()));
    await done;
    expect(seen).toEqual(["running", "done"]);
    expect(runs.stateOf("anthropic")).toMatchObject({ open: true, outcome: { mark: "m" } });
  });

  it("let a second test of a provider take the place of the first, which is stopped and not shown", async () => {
    const { runs, asked, stopped } = opened();
    const first = runs.start(START);
    const second = runs.start({ ...START, route: "direct" });
    expect(stopped).toEqual([asked[0]?.input.run]);
    asked[0]?.finish(failure("cancelled"));
    await first;
    expect(runs.stateOf("anthropic").outcome.kind).toBe("running");
    asked[1]?.finish(success(report()));
    await second;
    expect(runs.stateOf("anthropic").outcome).toMatchObject({ kind: "done", direct: true });
  });

  it("are waited for, not begun again, by who wants the same; an open row stays open", async () => {
    const { runs, asked, stopped } = opened();
    const own = runs.start(START);
    const { open: _, ...later } = START;
    const joined = runs.join(later);
    expect(asked).toHaveLength(1);
    asked[0]?.finish(success(report()));
    expect(await joined).toBe(await own);
    const again = runs.join(later);
    expect(runs.stateOf("anthropic").open).toBe(true);
    asked[1]?.finish(failure("closed"));
    await again;
    const direct = runs.start({ ...START, route: "direct" });
    void runs.join(later);
    expect(asked).toHaveLength(4);
    expect(stopped).toEqual([asked[2]?.input.run]);
    asked[2]?.finish(failure("cancelled"));
    await direct;
    // Of settings that are no longer so, it would say nothing.
    void runs.join({ ...later, mark: "m2" });
    expect(asked).toHaveLength(5);
  });

  it("can be stopped while they run, and the finished ones are left alone", async () => {
    const { runs, asked, stopped } = opened();
    const first = runs.start(START);
    asked[0]?.finish(success(report()));
    await first;
    void runs.start({ ...START, provider: "openai" });
    for (const provider of ["anthropic", "openai", "xai"]) runs.stop(provider);
    expect(stopped).toEqual([asked[1]?.input.run]);
  });

  it("keep a hidden result of the saved route, to be opened again, and no other", async () => {
    const { runs, asked } = opened();
    for (const [index, route] of (["saved", "direct"] as const).entries()) {
      const done = runs.start({ ...START, route });
      asked[index]?.finish(success(report()));
      await done;
      runs.setOpen("anthropic", false);
      const kept = route === "saved" ? "done" : "none";
      expect(runs.stateOf("anthropic")).toMatchObject({ open: false, outcome: { kind: kept } });
    }
  });
});
