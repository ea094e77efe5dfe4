/** `npm test`: runs every check, and ends with the number of tests from their reports. */
import { mkdirSync, rmSync } from "node:fs";

import { outcomeOf, reportOf, REPORTS, SUITES, type Suite } from "./reports";
import { ensureRuntime } from "./runtime";
import { runStep, runTogether, type Printing } from "./steps";

interface Others {
  readonly checks: readonly boolean[];
  readonly unit: boolean;
  readonly faults: boolean;
  readonly soak: boolean;
}

/**
 * Runs everything but the end-to-end tests. The soak takes a fixed time, so it is not last. The unit
 * tests use both cores, so they run alone.
 */
async function runOthers(printing: Printing, canOpen: boolean): Promise<Others> {
  const checks = await runTogether(
    [{ name: "test:format" }, { name: "test:types" }, { name: "test:lint" }],
    printing,
  );
  const [faults, soak] = await Promise.all([
    runReported("faults", printing),
    canOpen && runReported("soak", printing),
  ]);
  const unit = await runReported("unit", printing);
  return { checks, unit, faults, soak };
}

function runReported(suite: Suite, printing: Printing): Promise<boolean> {
  return runStep({ name: `test:${suite}`, env: { TEST_REPORT: reportOf(suite) } }, printing);
}

async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true, maxRetries: 10 });
  mkdirSync(REPORTS, { recursive: true });
  const say = (text: string): void => console.log(text);
  const printing: Printing = { say, everything: true };
  const runtime = ensureRuntime(say);

  const built = await runStep({ name: "build" }, printing);
  const canOpen = built && runtime !== null;
  // The end-to-end tests take the longest and often wait, so they run next to the others.
  const [e2e, { checks, unit, faults, soak }] = await Promise.all([
    canOpen && runReported("e2e", printing),
    runOthers(printing, canOpen),
  ]);

  const counts = SUITES.map((suite) => outcomeOf(suite));
  const passed = counts.reduce((sum, counted) => sum + counted.passed, 0);
  const failed = counts.reduce((sum, counted) => sum + counted.failed, 0);
  const hasPassed = [...checks, built, e2e, unit, faults, soak].every(Boolean);
  if (!hasPassed) say("\nSome checks failed, see above.");
  say(`\nRuntime of the end-to-end tests: ${runtime?.name ?? "none"}`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 && hasPassed ? 0 : 1;
}

void main().then((code) => process.exit(code));
