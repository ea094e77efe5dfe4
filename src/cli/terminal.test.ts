import { expect, it } from "vitest";

import { inColumns, shownWidth } from "./columns";
import { toned } from "./terminal";

it.each([
  ["", 0],
  ["plain", 5],
  ["é", 1],
  ["e\u0301", 1],
  ["工作", 4],
  ["한국", 4],
  ["🤖", 2],
  ["👩‍💻", 2],
  ["✓", 1],
  ["ﬁ", 1],
])("counts the columns of %j", (text, width) => {
  expect(shownWidth(text)).toBe(width);
});

it("aligns names of any script", () => {
  expect(
    inColumns([
      ["工作", "direct"],
      ["openai", "direct"],
    ]),
  ).toEqual(["工作    direct", "openai  direct"]);
});

it("keeps the other rows narrow when one name is long", () => {
  const long = "x".repeat(80);
  expect(
    inColumns([
      [long, "direct"],
      ["openai", "direct"],
    ]),
  ).toEqual([`${long}  direct`, "openai  direct"]);
  expect(inColumns([[long, "a"]])).toEqual([`${long}  a`]);
});

it("writes colors only on a terminal", () => {
  expect(toned("✓", "good", { colors: false })).toBe("✓");
  expect(toned("✓", "good", { colors: true })).toContain("\u001b[32m");
});
