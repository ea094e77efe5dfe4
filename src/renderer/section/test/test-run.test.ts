import { describe, expect, it } from "vitest";

import type { RememberedTest } from "../../../shared/tests";
import { report } from "../../testing/sample-reports";
import { shownTest } from "./test-run";
import type { TestState } from "./test-runs";

const EARLY = report({ startedAt: "2026-11-23T07:00:00.000Z" });
const LATE = report({ startedAt: "2026-11-23T08:00:00.000Z" });

function done(found = EARLY, changes: Partial<TestState> & { direct?: boolean } = {}): TestState {
  const { direct = false, open = false } = changes;
  return { open, outcome: { kind: "done", report: found, direct, mark: "m" } };
}

function remembered(found = EARLY, stale = false): RememberedTest {
  return { provider: found.provider, report: found, stale };
}

describe("the test that a row shows", () => {
  it("is what is remembered until one is run here", () => {
    const none: TestState = { open: false, outcome: { kind: "none" } };
    expect(shownTest(none, null, "m")).toEqual({ kind: "nothing" });
    expect(shownTest(none, remembered(), "m")).toMatchObject({ remembered: true, stale: false });
  });

  it("is the newest, but a report that is being read is not exchanged", () => {
    expect(shownTest(done(), remembered(LATE), "m")).toMatchObject({ report: LATE });
    expect(shownTest(done(EARLY, { open: true }), remembered(LATE), "m")).toMatchObject({
      report: EARLY,
      remembered: false,
    });
    expect(shownTest(done(LATE), remembered(), "m")).toMatchObject({ report: LATE });
  });

  it("is old as soon as the block or anything else that it tested has changed", () => {
    expect(shownTest(done(), remembered(), "m")).toMatchObject({ stale: false });
    expect(shownTest(done(), remembered(), "other")).toMatchObject({ stale: true });
    expect(shownTest(done(), remembered(EARLY, true), "m")).toMatchObject({ stale: true });
  });

  it("leaves a direct test alone, whatever is remembered of the saved route", () => {
    const state = done(EARLY, { direct: true });
    expect(shownTest(state, remembered(LATE, true), "m")).toMatchObject({
      report: EARLY,
      direct: true,
      stale: false,
    });
  });
});
