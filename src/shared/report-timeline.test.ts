import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Timings } from "./report";
import { timeLineOf } from "./report-timeline";

const NOTHING: Timings = {
  dnsMs: null,
  tcpMs: null,
  tlsMs: null,
  tunnelMs: null,
  firstByteMs: null,
  firstTokenMs: null,
  lastByteMs: null,
  totalMs: 300,
};
const FULL: Timings = {
  dnsMs: 4,
  tcpMs: 11,
  tunnelMs: 9,
  tlsMs: 23,
  firstByteMs: 412,
  firstTokenMs: 447,
  lastByteMs: 600,
  totalMs: 689,
};

function spans(timings: Timings) {
  return timeLineOf(timings).steps.map(({ name, startMs, endMs }) => [name, startMs, endMs]);
}

describe("the timeline of a test", () => {
  it("starts every step at the end of the previous one", () => {
    expect(spans(FULL)).toEqual([
      ["dns", 0, 4],
      ["tcp", 4, 15],
      ["tunnel", 15, 24],
      ["tls", 24, 47],
      ["firstByte", 47, 412],
      ["firstToken", 412, 447],
      ["lastByte", 447, 600],
    ]);
    expect(timeLineOf(FULL)).toMatchObject({ endMs: 600, reused: false, notNeeded: [] });
  });

  it("detects a reused connection", () => {
    const timings = { ...NOTHING, firstByteMs: 80, firstTokenMs: 90, lastByteMs: 100 };
    expect(timeLineOf(timings)).toMatchObject({ reused: true, notNeeded: [] });
    expect(spans(timings)[0]).toEqual(["firstByte", 0, 80]);
  });

  it("does not mention the connection without a response", () => {
    expect(timeLineOf(NOTHING)).toEqual({ steps: [], endMs: 1, reused: false, notNeeded: [] });
  });

  it("shows the wait until the timeout when no response arrived", () => {
    const line = timeLineOf({ ...FULL, firstByteMs: null, firstTokenMs: null, lastByteMs: null });
    expect(line.steps.at(-1)).toEqual({
      name: "firstByte",
      kind: "silence",
      startMs: 47,
      endMs: 689,
    });
  });

  it("distinguishes a step that was not needed from one that was not reached", () => {
    expect(timeLineOf({ ...FULL, dnsMs: null }).notNeeded).toEqual(["dns"]);
    expect(timeLineOf({ ...FULL, tlsMs: null }).notNeeded).toEqual(["tls"]);
    expect(timeLineOf({ ...NOTHING, dnsMs: 4 }).notNeeded).toEqual([]);
    expect(timeLineOf({ ...NOTHING, dnsMs: 4, tcpMs: 3 }).notNeeded).toEqual([]);
  });

  it("never runs backwards when clocks disagree", () => {
    const ms = fc.option(fc.double({ min: 0, max: 40_000, noNaN: true }));
    const timings = fc.record({
      dnsMs: ms,
      tcpMs: ms,
      tunnelMs: ms,
      tlsMs: ms,
      firstByteMs: ms,
      firstTokenMs: ms,
      lastByteMs: ms,
      totalMs: fc.double({ min: 0, max: 40_000, noNaN: true }),
    });
    fc.assert(
      fc.property(timings, (given) => {
        const { steps, endMs } = timeLineOf(given);
        let reached = 0;
        for (const step of steps) {
          expect(step.startMs).toBe(reached);
          expect(step.endMs).toBeGreaterThanOrEqual(step.startMs);
          reached = step.endMs;
        }
        expect(endMs).toBe(Math.max(1, reached));
      }),
    );
  });
});
