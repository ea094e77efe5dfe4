/** `npm test`: runs every check, and ends with the number of tests from their reports. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ensureRuntime, ROOT } from "./runtime";
import { runStep, runTogether, type Printing } from "./steps";

const REPORTS = join(ROOT, "out/reports");
const UNIT_REPORT = join(REPORTS, "unit.json");
const FAULTS_REPORT = join(REPORTS, "faults.json");
const SOAK_REPORT = join(REPORTS, "soak.json");
const E2E_REPORT = join(REPORTS, "e2e.json");

interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Reads the numbers at these paths of a report. A missing or empty report counts as a failure. */
function count(file: string, passed: readonly string[], failed: readonly string[]): Count {
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const number = (path: readonly string[]): number => {
    let value = report;
    for (const name of path) {
      value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    }
    return typeof value === "number" ? value : 0;
  };
  const counted = { passed: number(passed), failed: number(failed) };
  return counted.passed + counted.failed === 0 ? { passed: 0, failed: 1 } : counted;
}

interface Others {
  readonly checks: readonly boolean[];
  readonly unit: boolean;
  readonly faults: boolean;
  readonly soak: boolean;
}

/** Runs everything but the end-to-end tests. The unit tests use both cores, so they run alone. */
async function runOthers(printing: Printing, canOpen: boolean): Promise<Others> {
  const checks = await runTogether(
    [{ name: "test:format" }, { name: "test:types" }, { name: "test:lint" }],
    printing,
  );
  const unit = await runReported("test:unit", UNIT_REPORT, printing);
  const [faults, soak] = await Promise.all([
    runReported("test:faults", FAULTS_REPORT, printing),
    canOpen && runReported("test:soak", SOAK_REPORT, printing),
  ]);
  return { checks, unit, faults, soak };
}

function runReported(name: string, report: string, printing: Printing): Promise<boolean> {
  return runStep({ name, env: { TEST_REPORT: report } }, printing);
}

async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const say = (text: string): void => console.log(text);
  const printing: Printing = { say, everything: true };
  const runtime = ensureRuntime(say);

  const built = await runStep({ name: "build" }, printing);
  const canOpen = built && runtime !== null;
  // The end-to-end tests, the faults and the soak mostly wait, so they run next to the others.
  const [e2e, { checks, unit, faults, soak }] = await Promise.all([
    canOpen && runReported("test:e2e", E2E_REPORT, printing),
    runOthers(printing, canOpen),
  ]);

  const counts = [
    count(UNIT_REPORT, ["numPassedTests"], ["numFailedTests"]),
    count(FAULTS_REPORT, ["passed"], ["failed"]),
    count(SOAK_REPORT, ["passed"], ["failed"]),
    count(E2E_REPORT, ["stats", "expected"], ["stats", "unexpected"]),
  ];
  const passed = counts.reduce((sum, counted) => sum + counted.passed, 0);
  const failed = counts.reduce((sum, counted) => sum + counted.failed, 0);
  const hasPassed = [...checks, built, e2e, unit, faults, soak].every(Boolean);
  if (!hasPassed) say("\nSome checks failed, see above.");
  say(`\nRuntime of the end-to-end tests: ${runtime?.name ?? "none"}`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 && hasPassed ? 0 : 1;
}

void main().then((code) => process.exit(code));
