import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { failure } from "../../../shared/errors";
import { success } from "../../../shared/result";
import { report } from "../../testing/sample-reports";
import { OLLAMA, provider } from "../../testing/sample-views";
import { countOutcomes, failedOf, planTestAll, runQueue, summaryOf } from "./test-all";

describe("the plan of Test all", () => {
  it("contains every testable provider, and a reason for each skipped one", () => {
    const { providers, skipped } = planTestAll([
      provider(),
      provider({ id: "off", name: "Off", enabled: false, keySource: "none" }),
      provider({ id: "keyless", name: "Keyless", keySource: "none" }),
      provider({ id: "own", name: "Own", kind: "custom", keySource: "none" }),
      provider({ id: "nowhere", name: "Nowhere", kind: "custom", baseUrl: null }),
      OLLAMA,
    ]);
    expect(providers.map(({ id }) => id)).toEqual(["anthropic", "own"]);
    expect(skipped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "Off: Off in mux",
      "Keyless: No API key",
      "Nowhere: No base URL",
      "Ollama: Can’t be routed",
    ]);
  });
});

describe("a provider that mux sends elsewhere", () => {
  const through = (testable: boolean) =>
    provider({
      muxRoute: { kind: "gateway", gateway: "bedrock", name: "Bedrock", testable, message: "x" },
    });

  it("is tested when the panel can take mux's route", () => {
    expect(planTestAll([through(true)]).providers).toHaveLength(1);
  });

  it("is listed with the reason when only mux has the login", () => {
    const { providers, skipped } = planTestAll([through(false)]);
    expect(providers).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(["The login is only in mux"]);
  });
});

describe("the queue", () => {
  it("processes every item once, in order and within the concurrency limit", async () => {
    const items = fc.array(fc.nat(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), async (given, limit) => {
        const started: number[] = [];
        let running = 0;
        await runQueue(
          given,
          limit,
          async (item) => {
            running += 1;
            expect(running).toBeLessThanOrEqual(limit);
            started.push(item);
            for (let tick = 0; tick < item % 4; tick += 1) await Promise.resolve();
            running -= 1;
          },
          new AbortController().signal,
        );
        expect(started).toEqual(given);
        expect(running).toBe(0);
      }),
    );
  });

  it("starts no further item and waits for running ones when it is stopped", async () => {
    const stop = new AbortController();
    const ended: number[] = [];
    await runQueue(
      [1, 2, 3, 4, 5],
      2,
      async (item) => {
        if (item === 2) stop.abort();
        await Promise.resolve();
        ended.push(item);
      },
      stop.signal,
    );
    expect(ended).toEqual([1, 2]);
  });
});

describe("the summary", () => {
  const outcomes = [
    { provider: "a", result: success(report()) },
    { provider: "b", result: success(report({ expected: "direct", verdict: "direct" })) },
    { provider: "c", result: success(report({ ok: false })) },
    { provider: "d", result: success(report({ verdict: "unproven" })) },
    { provider: "e", result: success(report({ verdict: "bypassed" })) },
    { provider: "f", result: failure("cancelled") },
    { provider: "g", result: failure("key_missing", { provider: "g", variables: [] }) },
  ];

  it("counts only a complete response over the expected route as a success", () => {
    const counts = countOutcomes(outcomes, 9);
    expect(counts).toEqual({ gateway: 1, direct: 1, doubtful: 2, failed: 2, stopped: 3 });
    expect(failedOf(outcomes)).toEqual(["c", "g"]);
    expect(summaryOf(counts, 4)).toBe(
      "Stopped. 3 not tested. 1 through the gateway, 1 direct, 2 not proven, 2 failed, 4 skipped",
    );
  });

  it("omits counts of zero", () => {
    expect(summaryOf(countOutcomes(outcomes.slice(0, 1), 1), 0)).toBe("1 through the gateway");
    expect(summaryOf(countOutcomes([], 0), 6)).toBe("6 skipped");
    expect(summaryOf(countOutcomes([], 9), 0)).toBe("Stopped. 9 not tested.");
    expect(summaryOf(countOutcomes([], 0), 0)).toBe("There is nothing to test.");
  });
});
