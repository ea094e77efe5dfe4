/** The reports of `npm test`: where they are, and what they count. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { ROOT } from "./runtime";

export const REPORTS = join(ROOT, "out/reports");

/** The table of Electron's behaviour, in Markdown. */
export const CONFORMANCE_TABLE = join(REPORTS, "conformance.md");

export type Suite = "unit" | "faults" | "soak" | "e2e";

/** In the order in which they are printed. */
export const SUITES: readonly Suite[] = ["unit", "faults", "soak", "e2e"];

export function reportOf(suite: Suite): string {
  return join(REPORTS, `${suite}.json`);
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** The full names of the failed tests, where the report has them. */
  readonly failures: readonly string[];
}

const unitReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
      }),
    ),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }): Outcome => {
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failures = tests.filter(({ status }) => status === "failed");
    // A file that does not load fails without a test.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && !assertionResults.some((test) => test.status === "failed"),
    );
    return {
      passed: numPassedTests,
      failed: numFailedTests + broken.length,
      failures: [...failures.map(({ fullName }) => fullName), ...broken.map(({ name }) => name)],
    };
  });

interface EndToEndSuite {
  readonly title: string;
  readonly specs: readonly { readonly title: string; readonly ok: boolean }[];
  readonly suites?: readonly EndToEndSuite[] | undefined;
}

const endToEndSuite: z.ZodType<EndToEndSuite> = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(z.object({ title: z.string(), ok: z.boolean() })),
    suites: z.array(endToEndSuite).optional(),
  }),
);

const endToEndReport = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number() }),
    suites: z.array(endToEndSuite),
    errors: z.array(z.object({ message: z.string().optional() })),
  })
  .transform(({ stats, suites, errors }): Outcome => ({
    passed: stats.expected,
    failed: stats.unexpected + errors.length,
    failures: [
      ...suites.flatMap(failedSpecs),
      ...errors.map(({ message }) => message?.split("\n")[0] ?? "an error outside of the tests"),
    ],
  }));

function failedSpecs({ title, specs, suites = [] }: EndToEndSuite): readonly string[] {
  return [
    ...specs.flatMap((spec) => (spec.ok ? [] : [`${title}: ${spec.title}`])),
    ...suites.flatMap(failedSpecs).map((name) => `${title}: ${name}`),
  ];
}

const ownReport = z
  .object({ passed: z.number(), failed: z.number() })
  .transform((counts): Outcome => ({ ...counts, failures: [] }));

const FORMATS: { readonly [Name in Suite]: z.ZodType<Outcome> } = {
  unit: unitReport,
  faults: ownReport,
  soak: ownReport,
  e2e: endToEndReport,
};

/** Reads one suite's report. A missing, unreadable or empty report counts as a failure. */
export function outcomeOf(suite: Suite, file = reportOf(suite)): Outcome {
  if (!existsSync(file)) return noReport(`${suite}: the report is missing`);
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return noReport(`${suite}: the report is not JSON`);
  }
  const parsed = FORMATS[suite].safeParse(report);
  if (!parsed.success) return noReport(`${suite}: the report has an unknown format`);
  return parsed.data.passed + parsed.data.failed === 0
    ? noReport(`${suite}: no test ran`)
    : parsed.data;
}

function noReport(reason: string): Outcome {
  return { passed: 0, failed: 1, failures: [reason] };
}
