/** Tests that the stand-in answers every check as Electron documents it. */
import { join } from "node:path";

import { expect, test } from "vitest";

import { observe, tableOf } from "./run.mjs";

/** Answers that depend on the computer: the stand-in runs on Node 24 only where it is installed. */
const MAY_DIFFER = new Set(["node-version"]);

const ELECTRON = join(import.meta.dirname, "../electron");
const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

test("behaves as documented in every check", { timeout: 180_000 }, async () => {
  const results = await observe(ELECTRON, SANDBOX);

  const different = results.filter(({ isAsDocumented }) => !isAsDocumented);
  expect(different.filter(({ id }) => !MAY_DIFFER.has(id))).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(60);
});

test("says in its table what differs and what was not answered", () => {
  const base = { group: "g", says: "does a | b", source: "docs", expected: 1 };
  const table = tableOf([
    { ...base, id: "same", got: 1, isAnswered: true, isAsDocumented: true },
    { ...base, id: "other", got: 2, isAnswered: true, isAsDocumented: false },
    { ...base, id: "none", got: undefined, isAnswered: false, isAsDocumented: false },
  ]);

  expect(table).toContain("1 of 3 checks are as documented.");
  expect(table).toContain("| `same` | does a \\| b | docs | as documented |");
  expect(table).toContain("| `other` | does a \\| b | docs | **differs**: 2 instead of 1 |");
  expect(table).toContain("| `none` | does a \\| b | docs | **differs**: no answer instead of 1 |");
});
