/** `npm test`: every check in order, and a last line that counts the tests from their own reports. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { ensureRuntime, ROOT } from "./runtime";

const REPORTS = join(ROOT, "out/reports");
const UNIT_REPORT = join(REPORTS, "unit.json");
const FAULTS_REPORT = join(REPORTS, "faults.json");
const SOAK_REPORT = join(REPORTS, "soak.json");
const E2E_REPORT = join(REPORTS, "e2e.json");

interface Count {
  readonly passed: number;
  readonly failed: number;
}

function run(script: string, env: NodeJS.ProcessEnv = {}): boolean {
  console.log(`\n— ${script}`);
  const { status } = spawnSync("npm", ["run", "--silent", script], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return status === 0;
}

/** Reads numbers at those places of a report; a report that is missing or empty counts as a failure. */
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

function main(): number {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const runtime = ensureRuntime((line) => console.log(line));

  const checks = ["test:format", "test:types", "test:lint"].map((script) => run(script));
  const unit = run("test:unit", { TEST_REPORT: UNIT_REPORT });
  const faults = run("test:faults", { TEST_REPORT: FAULTS_REPORT });
  const built = run("build");
  const soak = built && runtime !== null && run("test:soak", { TEST_REPORT: SOAK_REPORT });
  const e2e = built && runtime !== null && run("test:e2e", { TEST_REPORT: E2E_REPORT });

  const counts = [
    count(UNIT_REPORT, ["numPassedTests"], ["numFailedTests"]),
    count(FAULTS_REPORT, ["passed"], ["failed"]),
    count(SOAK_REPORT, ["passed"], ["failed"]),
    count(E2E_REPORT, ["stats", "expected"], ["stats", "unexpected"]),
  ];
  const passed = counts.reduce((sum, counted) => sum + counted.passed, 0);
  const failed = counts.reduce((sum, counted) => sum + counted.failed, 0);
  const inOrder = [...checks, unit, faults, built, soak, e2e].every(Boolean);
  if (!inOrder) console.log("\nNot everything is in order; see above.");
  console.log(`\nRuntime of the end-to-end tests: ${runtime?.name ?? "none"}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && inOrder ? 0 : 1;
}

process.exit(main());
