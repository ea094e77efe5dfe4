import { expect, it } from "vitest";

import { sumOf, sumSentence, tableOf, type Row } from "./table";

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

it("marks a bar that was missed, and one that was kept, and says how many there are", () => {
  const rows = [row({ limit: 3 }), row({ limit: 2.9 }), row({}), SLOW_TWICE];
  const lines = tableOf(rows, []).split("\n").slice(2);
  const marks = lines.map((line) => line.split("|").at(-3)?.trim());
  expect(marks).toEqual(["kept", "**missed**", "", "**missed**"]);
  expect(sumSentence(sumOf(rows, []))).toBe("4 bars, 3 missed.");
});

it("shows the ratio of the medians", () => {
  expect(tableOf([SLOW_TWICE], [])).toMatch(/\| 2\.00 ms, theirs \| 4\.50 +\|/);
  const peer = { name: "theirs", samples: [1] };
  const both = [row({ peer, ratioLimit: 2 }), row({ peer, ratioLimit: 1.9 })];
  expect(sumOf(both, [])).toMatchObject({ bars: 2, missed: 1 });
});

it("takes what was not measured for missed", () => {
  expect(sumOf([row({ samples: [], limit: 5 })], [])).toMatchObject({ bars: 1, missed: 1 });
});

it("names a part that was not run, and why, in a line of its own", () => {
  const notRun = [{ part: "ui-12", why: "Error: a|b\nat x" }];
  expect(tableOf([], notRun)).toMatch(/\| ui-12: Error: a\/b at x .*\*\*not run\*\*/);
  expect(sumSentence(sumOf([], notRun))).toBe("0 bars, 0 missed, 1 parts not run.");
});
