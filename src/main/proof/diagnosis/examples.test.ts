import { describe, expect, it } from "vitest";

import { probeOf } from "../testing/example-probe";
import { diagnose } from "./diagnosis";
import { DIAGNOSIS_RULES } from "./diagnosis-rules";

describe("the example of a rule", () => {
  it.each(DIAGNOSIS_RULES.map((row) => [row.rule, JSON.stringify(row.example), row] as const))(
    "is explained by that rule (%s: %s)",
    (rule, _, row) => {
      const { culprit, title, action, ...found } = diagnose(probeOf(row), (text) => text);
      expect({ ...found, culprit }).toMatchObject({ rule, culprit: row.culprit, short: row.short });
      // Rules with the same ID differ in their texts.
      const beginning = (text: string) => text.split("{")[0];
      expect(title.startsWith(beginning(row.title) ?? "")).toBe(true);
      expect(action.startsWith(beginning(row.action) ?? "")).toBe(true);
    },
  );
});
