/** `npm run test:soak [-- --long] [--minutes n] [--seed n]`: uses the demo at random, with faults, and runs the checks. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { buildIfNeeded } from "../../scripts/build";
import { ensureRuntime } from "../../scripts/runtime";
import { countOf } from "../../src/shared/testing/counts";
import { soak } from "./soak";

const LONG_MINUTES = 60;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      long: { type: "boolean", default: false },
      minutes: { type: "string" },
      seed: { type: "string" },
    },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
  const minutes = Number(values.minutes ?? (values.long ? LONG_MINUTES : countOf("soakMinutes")));
  const say = (line: string): void => console.log(line);
  const runtime = ensureRuntime(say);
  if (runtime === null) return 1;
  say(`Runtime: ${runtime.name}; seed ${seed}; ${minutes} min`);
  buildIfNeeded();
  const checks = await soak({ minutes, seed, say });
  let failed = 0;
  for (const { name, figures, failures } of checks) {
    say(`${failures.length === 0 ? "✓" : "✗"} ${name}: ${figures}`);
    for (const failure of failures.slice(0, 20)) say(`    ${failure}`);
    if (failures.length > 20) say(`    … and ${failures.length - 20} more`);
    if (failures.length > 0) failed++;
  }
  const passed = checks.length - failed;
  const report = process.env["TEST_REPORT"];
  if (report) await writeFile(report, JSON.stringify({ passed, failed }));
  say(`${passed} passed, ${failed} failed; seed ${seed}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
