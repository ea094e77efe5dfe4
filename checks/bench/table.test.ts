import { expect, it } from "vitest";

import { countLimits, summaryOf, tableOf, type Row } from "./table";

const row = (changes: Partial<Row>): Row => ({
  what: "a click",
  unit: "ms",
  samples: [1, 2, 3],
  limit: null,
  ...changes,
});
const SLOW_TWICE: Row = row({
  samples: [9],
  limit: 5,
  peer: { name: "theirs", samples: [2] },
  ratioLimit: 3,
});

it("marks kept and missed limits, and counts them in the summary", () => {
  const rows = [row({ limit: 3 }), row({ limit: 2.9 }), row({}), SLOW_TWICE];
  const lines = tableOf(rows, []).split("\n").slice(2);
  const marks = lines.map((line) => line.split("|").at(-3)?.trim());
  expect(marks).toEqual(["kept", "**missed**", "", "**missed**"]);
  expect(summaryOf(countLimits(rows, []))).toBe("4 limits, 3 missed.");
});

it("shows the ratio of the medians when there is a peer", () => {
  expect(tableOf([SLOW_TWICE], [])).toMatch(/\| 2\.00 ms, theirs \| 4\.50 +\|/);
  const peer = { name: "theirs", samples: [1] };
  const both = [row({ peer, ratioLimit: 2 }), row({ peer, ratioLimit: 1.9 })];
  expect(countLimits(both, [])).toMatchObject({ limits: 2, missed: 1 });
});

it("counts a limit as missed without samples", () => {
  expect(countLimits([row({ samples: [], limit: 5 })], [])).toMatchObject({ limits: 1, missed: 1 });
});

it("adds a line with the reason when a part was not run", () => {
  const notRun = [{ part: "ui-12", reason: "Error: a|b\nat x" }];
  expect(tableOf([], notRun)).toMatch(/\| ui-12: Error: a\/b at x .*\*\*not run\*\*/);
  expect(summaryOf(countLimits([], notRun))).toBe("0 limits, 0 missed, 1 parts not run.");
});
