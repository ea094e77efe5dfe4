/**
 * `npm run test:long [-- name …]`: the long forms of what `npm test` has a short form of, one after the
 * other; words after `--` choose among them. It takes about an hour.
 */
import { parseArgs } from "node:util";

import { runStep, type Step } from "./steps";

/** Both ends of the range in package.json's `engines`, and what is between them. */
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
    ],
    env: LONG,
  },
  { name: "faults", command: ["npm", "run", "test:faults", "--", "--long"] },
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
  const asked = STEPS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  let failed = 0;
  for (const step of asked) {
    const isWell = await runStep(step, { say: (text) => console.log(text), everything: true });
    if (!isWell) failed += 1;
  }
  console.log(`\n${asked.length - failed} of ${asked.length} long forms are well.`);
  return failed === 0 && asked.length > 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
