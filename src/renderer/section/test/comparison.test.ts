import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success } from "../../../shared/result";
import { diagnosis, report } from "../../testing/sample-reports";
import { differenceOf, median, routesOf, sideOf, type Sample } from "./comparison";

function gatewaySample(lastByteMs: number, changes: Partial<TestReport> = {}): Sample {
  const timings = { ...report().timings, lastByteMs };
  return { route: "gateway", result: success(report({ timings, ...changes })) };
}

function directSample(lastByteMs: number, changes: Partial<TestReport> = {}): Sample {
  const { result } = gatewaySample(lastByteMs, {
    expected: "direct",
    verdict: "direct",
    ...changes,
  });
  return { route: "direct", result };
}

describe("a comparison", () => {
  it("calculates the median of each route and the difference between them", () => {
    const samples = [
      gatewaySample(300),
      directSample(100),
      gatewaySample(900),
      directSample(110),
      gatewaySample(310),
    ];
    const [gateway, direct] = [sideOf(samples, "gateway"), sideOf(samples, "direct")];
    expect(gateway).toMatchObject({ runs: 3, counted: 3, failed: 0, doubtful: 0 });
    expect(gateway.medians.lastByteMs).toBe(310);
    expect(direct.medians.lastByteMs).toBe(105);
    expect(differenceOf(gateway, direct, "lastByteMs")).toBe(205);
  });

  it("calculates the difference from the rounded figures on the page", () => {
    const samples = [gatewaySample(30.4), directSample(28.6)];
    const [gateway, direct] = [sideOf(samples, "gateway"), sideOf(samples, "direct")];
    expect([gateway.medians.lastByteMs, direct.medians.lastByteMs]).toEqual([30, 29]);
    expect(differenceOf(gateway, direct, "lastByteMs")).toBe(1);
  });

  it("counts a failed run but leaves it out of the median when the refusal was fast", () => {
    const refused = gatewaySample(1, { ok: false, status: 401, diagnosis: diagnosis("gateway") });
    const side = sideOf([gatewaySample(300), refused, gatewaySample(320)], "gateway");
    expect(side).toMatchObject({ runs: 3, counted: 2, failed: 1, statuses: [200, 401] });
    expect(side.medians.lastByteMs).toBe(310);
    expect(side.lastFailure).toBe("It said no.");
  });

  it("leaves a run out of the median when its route is unproven", () => {
    const side = sideOf(
      [gatewaySample(300), gatewaySample(10, { verdict: "unproven" })],
      "gateway",
    );
    expect(side).toMatchObject({ counted: 1, doubtful: 1, failed: 0 });
    expect(side.verdicts).toEqual(["gateway", "unproven"]);
    expect(side.medians.lastByteMs).toBe(300);
  });

  it("has neither figures nor a difference when every run failed", () => {
    const result = failure("key_missing", { provider: "x", variables: [] });
    const gateway = sideOf([{ route: "gateway", result }], "gateway");
    expect(gateway).toMatchObject({ runs: 1, counted: 0, failed: 1, verdicts: [], statuses: [] });
    expect(gateway.lastFailure).toContain("has no API key");
    expect(differenceOf(gateway, sideOf([directSample(100)], "direct"), "lastByteMs")).toBeNull();
  });

  it("alternates between the routes", () => {
    expect(routesOf(2)).toEqual(["gateway", "direct", "gateway", "direct"]);
  });
});

describe("a median", () => {
  it("is the middle value, or the mean of the two middle values when their number is even", () => {
    expect([median([]), median([7]), median([9, 1]), median([5, 100, 1])]).toEqual([null, 7, 5, 5]);
  });

  it("has at least half of the values on either side for any list", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        const below = values.filter((value) => value <= middle).length;
        const above = values.filter((value) => value >= middle).length;
        expect(Math.min(below, above)).toBeGreaterThanOrEqual(values.length / 2);
      }),
    );
  });
});
