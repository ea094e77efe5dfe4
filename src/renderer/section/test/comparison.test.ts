import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { failure } from "../../../shared/errors";
import type { TestReport } from "../../../shared/report";
import { success } from "../../../shared/result";
import { diagnosis, report } from "../../testing/sample-reports";
import { differenceOf, median, routesOf, sideOf, type Sample } from "./comparison";

function through(lastByteMs: number, changes: Partial<TestReport> = {}): Sample {
  const timings = { ...report().timings, lastByteMs };
  return { route: "gateway", result: success(report({ timings, ...changes })) };
}

function straight(lastByteMs: number, changes: Partial<TestReport> = {}): Sample {
  const { result } = through(lastByteMs, { expected: "direct", verdict: "direct", ...changes });
  return { route: "direct", result };
}

describe("a comparison", () => {
  it("takes the medians of each route and the difference between them", () => {
    const samples = [through(300), straight(100), through(900), straight(110), through(310)];
    const [gateway, direct] = [sideOf(samples, "gateway"), sideOf(samples, "direct")];
    expect(gateway).toMatchObject({ runs: 3, counted: 3, failed: 0, doubtful: 0 });
    expect(gateway.medians.lastByteMs).toBe(310);
    expect(direct.medians.lastByteMs).toBe(105);
    expect(differenceOf(gateway, direct, "lastByteMs")).toBe(205);
  });

  it("never differs from the difference of the figures that are shown", () => {
    const samples = [through(30.4), straight(28.6)];
    const [gateway, direct] = [sideOf(samples, "gateway"), sideOf(samples, "direct")];
    expect([gateway.medians.lastByteMs, direct.medians.lastByteMs]).toEqual([30, 29]);
    expect(differenceOf(gateway, direct, "lastByteMs")).toBe(1);
  });

  it("counts a failing run and never averages it in, however quick the refusal was", () => {
    const refused = through(1, { ok: false, status: 401, diagnosis: diagnosis("gateway") });
    const side = sideOf([through(300), refused, through(320)], "gateway");
    expect(side).toMatchObject({ runs: 3, counted: 2, failed: 1, statuses: [200, 401] });
    expect(side.medians.lastByteMs).toBe(310);
    expect(side.trouble).toBe("It said no.");
  });

  it("averages nothing that did not provably take the route it was asked for", () => {
    const side = sideOf([through(300), through(10, { verdict: "unproven" })], "gateway");
    expect(side).toMatchObject({ counted: 1, doubtful: 1, failed: 0 });
    expect(side.verdicts).toEqual(["gateway", "unproven"]);
    expect(side.medians.lastByteMs).toBe(300);
  });

  it("has no figure and no difference where every run failed", () => {
    const result = failure("key_missing", { provider: "x", variables: [] });
    const gateway = sideOf([{ route: "gateway", result }], "gateway");
    expect(gateway).toMatchObject({ runs: 1, counted: 0, failed: 1, verdicts: [], statuses: [] });
    expect(gateway.trouble).toContain("has no API key");
    expect(differenceOf(gateway, sideOf([straight(100)], "direct"), "lastByteMs")).toBeNull();
  });

  it("alternates the routes", () => {
    expect(routesOf(2)).toEqual(["gateway", "direct", "gateway", "direct"]);
  });
});

describe("a median", () => {
  it("is the middle, or between the two in the middle", () => {
    expect([median([]), median([7]), median([9, 1]), median([5, 100, 1])]).toEqual([null, 7, 5, 5]);
  });

  it("has as many values at or below it as at or above it", () => {
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
