import { describe, expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import type { RememberedTest } from "../../../shared/tests";
import { report } from "../../testing/sample-reports";
import { provider } from "../../testing/sample-views";
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

const asOf = (mark: string) => provider({ mark });

describe("the test that a row shows", () => {
  it("is what is remembered until one is run here", () => {
    const none: TestState = { open: false, outcome: { kind: "none" } };
    expect(shownTest(none, null, asOf("m"))).toEqual({ kind: "nothing" });
    expect(shownTest(none, remembered(), asOf("m"))).toMatchObject({
      remembered: true,
      stale: false,
    });
  });

  it("is the newest, but a report that is being read is not exchanged", () => {
    expect(shownTest(done(), remembered(LATE), asOf("m"))).toMatchObject({ report: LATE });
    expect(shownTest(done(EARLY, { open: true }), remembered(LATE), asOf("m"))).toMatchObject({
      report: EARLY,
      remembered: false,
    });
    expect(shownTest(done(LATE), remembered(), asOf("m"))).toMatchObject({ report: LATE });
  });

  it("is old as soon as the block or anything else that it tested has changed", () => {
    expect(shownTest(done(), remembered(), asOf("m"))).toMatchObject({ stale: false });
    expect(shownTest(done(), remembered(), asOf("other"))).toMatchObject({ stale: true });
    expect(shownTest(done(), remembered(EARLY, true), asOf("m"))).toMatchObject({ stale: true });
  });

  it("is old while mux sends the provider's token to another host", () => {
    const leaking = provider({
      mark: "m",
      leak: { host: "api.anthropic.com", fix: "restore_gateway_url" },
    });
    const none: TestState = { open: false, outcome: { kind: "none" } };
    expect(shownTest(done(), remembered(), leaking)).toMatchObject({ stale: true });
    expect(shownTest(none, remembered(), leaking)).toMatchObject({ stale: true });
  });

  it("is not the refusal for a leak that has been stopped", () => {
    const error = gatewayError("token_leak", { provider: "anthropic", host: "a.example" });
    const refused: TestState = { open: true, outcome: { kind: "refused", error, direct: false } };
    const leak = { host: "a.example", fix: "remove_token_header" } as const;
    expect(shownTest(refused, remembered(), provider({ leak }))).toMatchObject({ kind: "refused" });
    expect(shownTest(refused, remembered(), provider())).toMatchObject({ remembered: true });
  });

  it("leaves a direct test alone, whatever is remembered of the saved route", () => {
    const state = done(EARLY, { direct: true });
    expect(shownTest(state, remembered(LATE, true), asOf("m"))).toMatchObject({
      report: EARLY,
      direct: true,
      stale: false,
    });
  });
});
