import { expect, test } from "vitest";

import { gatewayError } from "./errors";
import { listed } from "./listed";

const names = (count: number) => Array.from({ length: count }, (_, n) => `p-${n}`);

test.each([
  [0, ""],
  [1, "p-0"],
  [2, "p-0 and p-1"],
  [8, "p-0, p-1, p-2, p-3, p-4, p-5, p-6, and p-7"],
  [9, "p-0, p-1, p-2, p-3, p-4, p-5, p-6, and 2 more"],
  [60_000, "p-0, p-1, p-2, p-3, p-4, p-5, p-6, and 59993 more"],
])("lists %i names", (count, sentence) => {
  expect(listed(names(count))).toBe(sentence);
});

test("lists fewer names when the place is small", () => {
  expect(listed(names(4), 3)).toBe("p-0, p-1, and 2 more");
});

test("names the first lines when a block appears thousands of times", () => {
  const lines = Array.from({ length: 5000 }, (_, n) => n + 1);
  expect(gatewayError("block_duplicate", { provider: "p", file: "f", lines }).message).toContain(
    "(lines 1, 2, 3, 4, 5, 6, 7, and 4993 more)",
  );
});
