import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { outcomeOf, type Suite } from "./reports";
import { summaryText } from "./summary";

const FOLDER = mkdtempSync(join(tmpdir(), "reports-"));
afterAll(() => rmSync(FOLDER, { recursive: true, maxRetries: 10 }));

function outcome(suite: Suite, text: string) {
  const file = join(FOLDER, `${suite}.json`);
  writeFileSync(file, text);
  return outcomeOf(suite, file);
}

const unit = (results: readonly object[], passed: number, failed: number) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: results });

describe("a report", () => {
  it("gives the numbers and the names of failed unit tests", () => {
    const tests = [
      { fullName: "a file is kept", status: "passed" },
      { fullName: "a file is read", status: "failed" },
    ];
    const text = unit([{ name: "file.test.ts", status: "failed", assertionResults: tests }], 1, 1);
    expect(outcome("unit", text)).toEqual({ passed: 1, failed: 1, failures: ["a file is read"] });
  });

  it("counts a test file that did not load as a failure", () => {
    const text = unit([{ name: "broken.test.ts", status: "failed", assertionResults: [] }], 5, 0);
    expect(outcome("unit", text)).toEqual({ passed: 5, failed: 1, failures: ["broken.test.ts"] });
  });

  it("finds failed end-to-end tests in nested suites, and errors outside of tests", () => {
    const text = JSON.stringify({
      stats: { expected: 2, unexpected: 1 },
      errors: [{ message: "no server\n  at line 1" }],
      suites: [
        {
          title: "flow.e2e.ts",
          specs: [{ title: "works", ok: true }],
          suites: [{ title: "on Linux", specs: [{ title: "opens", ok: false }] }],
        },
      ],
    });
    expect(outcome("e2e", text)).toEqual({
      passed: 2,
      failed: 2,
      failures: ["flow.e2e.ts: on Linux: opens", "no server"],
    });
  });

  it.each([
    ["is missing", null],
    ["is empty", ""],
    ["is cut off", '{"passed": 3'],
    ["has another format", '{"passed": "3", "failed": 0}'],
    ["counts no tests", '{"passed": 0, "failed": 0}'],
  ])("counts as a failure when it %s", (_, text) => {
    const read = text === null ? outcomeOf("soak", join(FOLDER, "none")) : outcome("soak", text);
    expect(read).toMatchObject({ passed: 0, failed: 1 });
    expect(read.failures).toHaveLength(1);
  });
});

describe("the summary", () => {
  const passed = { passed: 3, failed: 0, failures: [] };

  it("says at once that everything passed, and where", () => {
    const text = summaryText({
      outcomes: [["unit", passed]],
      machine: "linux x64, Node 24.1.0, Electron 45.4.1",
      conformance: "## Electron's behaviour\n",
    });
    expect(text).toMatch(/^## All tests passed: linux x64, Node 24\.1\.0, Electron 45\.4\.1\n/);
    expect(text).toContain("| Unit tests | 3 | 0 |");
    expect(text).toContain("## Electron's behaviour");
  });

  it("names the failed tests on one line each, whatever is in the name", () => {
    const failures = ["reads `a`\n| b", ...Array.from({ length: 60 }, (_, n) => `test ${n}`)];
    const text = summaryText({
      outcomes: [
        ["unit", passed],
        ["e2e", { passed: 1, failed: 61, failures }],
      ],
      machine: "here",
      conformance: null,
    });
    expect(text).toMatch(/^## 61 failed: here\n/);
    expect(text).toContain("- End-to-end tests: ``reads 'a' | b``\n");
    expect(text).toContain("- and 11 more");
  });
});
