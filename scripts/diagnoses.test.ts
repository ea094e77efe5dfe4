import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { DIAGNOSES_FILE, diagnosesMarkdown } from "./diagnoses";
import { ROOT } from "./runtime";

it("the page of diagnoses is made from the current rules (npm run docs)", async () => {
  expect(readFileSync(join(ROOT, DIAGNOSES_FILE), "utf8")).toBe(await diagnosesMarkdown());
});
