import { describe, expect, it } from "vitest";

import { gatewayError } from "../../../shared/errors";
import type { RememberedTest } from "../../../shared/tests";
import { report } from "../../testing/sample-reports";
import { provider } from "../../testing/sample-views";
import { rowTest, shownTest, type TestRoute } from "./test-run";
import type { TestState } from "./test-runs";

const EARLY = report({ startedAt: "2026-11-23T07:00:00.000Z" });
const LATE = report({ startedAt: "2026-11-23T08:00:00.000Z" });

function done(
  tested = EARLY,
  changes: Partial<TestState> & { readonly route?: TestRoute } = {},
): TestState {
  const { route = "saved", open = false } = changes;
  return { open, outcome: { kind: "done", report: tested, route, mark: "m" } };
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
    const refused: TestState = { open: true, outcome: { kind: "refused", error, route: "saved" } };
    const leak = { host: "a.example", fix: "remove_token_header" } as const;
    expect(shownTest(refused, remembered(), provider({ leak }))).toMatchObject({ kind: "refused" });
    expect(shownTest(refused, remembered(), provider())).toMatchObject({ remembered: true });
  });

  it("stays a direct test when a newer test of the saved route is remembered", () => {
    const state = done(EARLY, { route: "direct" });
    expect(shownTest(state, remembered(LATE, true), asOf("m"))).toMatchObject({
      report: EARLY,
      route: "direct",
      stale: false,
    });
  });
});

const ELSEWHERE = provider({
  mark: "m",
  muxRoute: {
    kind: "gateway",
    gateway: "openrouter",
    name: "OpenRouter",
    testable: true,
    message: "mux sends these models through OpenRouter.",
  },
});

describe("the row of a provider that mux sends elsewhere", () => {
  const rowOf = (state: TestState, last: RememberedTest | null) =>
    rowTest(shownTest(state, last, ELSEWHERE), last, ELSEWHERE);

  it("does not show the result of the settings' route, which stays in the report", () => {
    const state = done(LATE, { open: true });
    expect(rowOf(state, null)).toEqual({ kind: "nothing" });
    expect(shownTest(state, null, ELSEWHERE)).toMatchObject({ report: LATE, route: "saved" });
  });

  it("shows the result of mux's route, also when it is older", () => {
    expect(rowOf(done(EARLY, { route: "mux" }), null)).toMatchObject({ report: EARLY });
    expect(rowOf(done(LATE), remembered(EARLY))).toMatchObject({ report: EARLY, route: "mux" });
  });

  it("is stale when mux's route or its settings have changed since", () => {
    const state = done(EARLY, { route: "mux" });
    expect(rowOf(state, remembered(EARLY, true))).toMatchObject({ stale: true });
    expect(rowOf({ ...state, outcome: { kind: "none" } }, remembered(EARLY, true))).toMatchObject({
      route: "mux",
      stale: true,
    });
  });

  it("shows the result of the settings' route again once mux takes it", () => {
    const state = done(LATE, { route: "mux" });
    const back = provider({ mark: "m" });
    const last = remembered(EARLY);
    expect(rowTest(shownTest(state, last, back), last, back)).toMatchObject({
      report: EARLY,
      route: "saved",
    });
  });
});
