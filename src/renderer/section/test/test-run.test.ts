import { describe, expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import type { RememberedTest } from "../../../shared/tests";
import { report } from "../../testing/sample-reports";
import { provider } from "../../testing/sample-views";
import { shownTest } from "./test-run";
import type { TestState } from "./test-runs";

const EARLY = report({ startedAt: "2026-11-23T07:00:00.000Z" });
const LATE = report({ startedAt: "2026-11-23T08:00:00.000Z" });

function done(tested = EARLY, changes: Partial<TestState> & { direct?: boolean } = {}): TestState {
  const { direct = false, open = false } = changes;
  return { open, outcome: { kind: "done", report: tested, direct, mark: "m" } };
}

function remembered(tested = EARLY, stale = false): RememberedTest {
  return { provider: tested.provider, report: tested, stale };
}

const asOf = (mark: string) => provider({ mark });

describe("the test that a row shows", () => {
  it("is the remembered test until another one runs", () => {
    const none: TestState = { open: false, outcome: { kind: "none" } };
    expect(shownTest(none, null, asOf("m"))).toEqual({ kind: "nothing" });
    expect(shownTest(none, remembered(), asOf("m"))).toMatchObject({
      remembered: true,
      stale: false,
    });
  });

  it("is the newest test, unless an older report is open", () => {
    expect(shownTest(done(), remembered(LATE), asOf("m"))).toMatchObject({ report: LATE });
    expect(shownTest(done(EARLY, { open: true }), remembered(LATE), asOf("m"))).toMatchObject({
      report: EARLY,
      remembered: false,
    });
    expect(shownTest(done(LATE), remembered(), asOf("m"))).toMatchObject({ report: LATE });
  });

  it("is stale when the gateway settings or other tested settings have changed", () => {
    expect(shownTest(done(), remembered(), asOf("m"))).toMatchObject({ stale: false });
    expect(shownTest(done(), remembered(), asOf("other"))).toMatchObject({ stale: true });
    expect(shownTest(done(), remembered(EARLY, true), asOf("m"))).toMatchObject({ stale: true });
  });

  it("is stale while mux sends the provider's token to another host", () => {
    const leaking = provider({
      mark: "m",
      leak: { host: "api.anthropic.com", fix: "restore_gateway_url" },
    });
    const none: TestState = { open: false, outcome: { kind: "none" } };
    expect(shownTest(done(), remembered(), leaking)).toMatchObject({ stale: true });
    expect(shownTest(none, remembered(), leaking)).toMatchObject({ stale: true });
  });

  it("is not a token leak refusal once the leak is fixed", () => {
    const error = gatewayError("token_leak", { provider: "anthropic", host: "a.example" });
    const refused: TestState = { open: true, outcome: { kind: "refused", error, direct: false } };
    const leak = { host: "a.example", fix: "remove_token_header" } as const;
    expect(shownTest(refused, remembered(), provider({ leak }))).toMatchObject({ kind: "refused" });
    expect(shownTest(refused, remembered(), provider())).toMatchObject({ remembered: true });
  });

  it("stays a direct test when a newer test of the saved route is remembered", () => {
    const state = done(EARLY, { direct: true });
    expect(shownTest(state, remembered(LATE, true), asOf("m"))).toMatchObject({
      report: EARLY,
      direct: true,
      stale: false,
    });
  });
});
