import { expect, test } from "vitest";

import { openRunCounter } from "./count-runs";

let sum = 0;
function inner(n: number): number {
  return n % 7;
}
function outer(n: number): void {
  sum += inner(n);
}

// Node 24's Maglev inlines `inner`, and its runs then count no more.
test("counts each run when code was optimized before or runs often", async () => {
  for (let n = 0; n < 300_000; n += 1) outer(n);
  const counter = await openRunCounter();
  for (const times of [100, 50_000, 100_000, 1_000_000]) {
    const runs = await counter.count(() => {
      for (let n = 0; n < times; n += 1) outer(n);
      return Promise.resolve(sum);
    });
    const counts = [...runs.values()]
      .filter(({ name }) => name.endsWith(": inner"))
      .map(({ ranges }) => ranges[0]?.count);
    expect(counts).toEqual([times]);
  }
  await counter.close();
});
