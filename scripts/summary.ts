/** Prints the reports of the last `npm test` as Markdown, for the summary of a public run. */
import { existsSync, readFileSync } from "node:fs";

import { installedRuntime } from "./runtime";
import { CONFORMANCE_TABLE, outcomeOf, SUITES, type Outcome, type Suite } from "./reports";

const NAMES: { readonly [Name in Suite]: string } = {
  unit: "Unit tests",
  faults: "Faults",
  soak: "Soak",
  e2e: "End-to-end tests",
};

/** More would hide the rest of the page. */
const MAX_FAILURES = 50;

export interface SummaryInput {
  readonly outcomes: readonly (readonly [Suite, Outcome])[];
  /** "linux x64, Node 22.1.0, Electron 45.4.1". */
  readonly machine: string;
  /** Markdown; null if the table was not written. */
  readonly conformance: string | null;
}

/** The page's text. */
export function summaryText({ outcomes, machine, conformance }: SummaryInput): string {
  const failed = outcomes.reduce((sum, [, outcome]) => sum + outcome.failed, 0);
  const passed = outcomes.reduce((sum, [, outcome]) => sum + outcome.passed, 0);
  const failures = outcomes.flatMap(([suite, outcome]) =>
    outcome.failures.map((name) => `- ${NAMES[suite]}: ${inline(name)}`),
  );
  const left = failures.length - MAX_FAILURES;
  return [
    `## ${failed === 0 ? "All tests passed" : `${failed} failed`}: ${machine}`,
    "",
    "| Tests | Passed | Failed |",
    "| :-- | --: | --: |",
    ...outcomes.map(
      ([suite, { passed: ok, failed: bad }]) => `| ${NAMES[suite]} | ${ok} | ${bad} |`,
    ),
    `| Together | ${passed} | ${failed} |`,
    ...(failures.length === 0 ? [] : ["", "### Failed", "", ...failures.slice(0, MAX_FAILURES)]),
    ...(left > 0 ? [`- and ${left} more`] : []),
    ...(conformance === null ? [] : ["", conformance.trimEnd()]),
    "",
  ].join("\n");
}

/** Keeps a test's name on one line and out of Markdown's reach. */
function inline(name: string): string {
  return `\`\`${name.replaceAll("`", "'").replaceAll(/\s+/g, " ").slice(0, 300)}\`\``;
}

if (require.main === module) {
  const runtime = installedRuntime();
  process.stdout.write(
    summaryText({
      outcomes: SUITES.map((suite) => [suite, outcomeOf(suite)]),
      machine: `${process.platform} ${process.arch}, Node ${process.versions.node}, ${runtime?.name ?? "no runtime"}`,
      conformance: existsSync(CONFORMANCE_TABLE) ? readFileSync(CONFORMANCE_TABLE, "utf8") : null,
    }),
  );
}
