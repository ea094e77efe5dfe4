/**
 * `npm run test:long [-- name …]`: the long forms of tests that `npm test` runs in a short form, one after
 * another. The words after `--` select some of them. Everything takes about an hour.
 */
import { parseArgs } from "node:util";

import { runStep, type Step } from "./steps";

/** The lowest and highest major versions in package.json's `engines`, and one between them. */
const NODE_VERSIONS = ["20.19.0", "22", "24"];

const LONG = { TEST_EFFORT: "long" };

const STEPS: readonly Step[] = [
  {
    name: "properties",
    command: [
      "npx",
      "vitest",
      "run",
      `--testTimeout=${30 * 60_000}`,
      "properties",
      "fuzz",
      "app-files",
      "redact-forms",
      "hand-edits",
      "one-answer",
    ],
    env: LONG,
  },
  { name: "faults", command: ["npm", "run", "test:faults", "--", "--long"] },
  ...["oldest", "newest"].map((end): Step => ({
    name: `dependencies: ${end}`,
    command: ["npm", "run", "test:ends", "--", end],
  })),
  { name: "soak", command: ["npm", "run", "test:soak"], env: LONG },
  ...NODE_VERSIONS.map((version): Step => ({
    name: `node ${version}: unit tests`,
    command: onNode(version, "node_modules/vitest/vitest.mjs", "run"),
  })),
  ...NODE_VERSIONS.map((version): Step => ({
    name: `node ${version}: build`,
    command: onNode(version, "node_modules/electron-vite/bin/electron-vite.js", "build"),
  })),
];

function onNode(version: string, ...args: readonly string[]): NonNullable<Step["command"]> {
  return ["npx", "--yes", `--package=node@${version}`, "--", "node", ...args];
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const selected = STEPS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  let failed = 0;
  for (const step of selected) {
    const hasPassed = await runStep(step, { say: (text) => console.log(text), everything: true });
    if (!hasPassed) failed += 1;
  }
  console.log(`\n${selected.length - failed} of ${selected.length} long forms passed.`);
  return failed === 0 && selected.length > 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
