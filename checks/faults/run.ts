/** `npm run test:faults [-- --long] [--seed n] [name …]`: runs every fault scenario. */
import { rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { clockScenario } from "./clock";
import { contestScenario } from "./contest";
import { editorScenario } from "./editor";
import { killScenario } from "./kill";
import { permissionScenario } from "./permission";
import { bundlePrograms } from "./programs";
import { timed, type Effort, type Outcome, type Scenario } from "./scenario";
import { smallDiskScenario } from "./small-disk";

const SCENARIOS: readonly Scenario[] = [
  killScenario,
  contestScenario,
  editorScenario,
  smallDiskScenario,
  permissionScenario,
  clockScenario,
];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { long: { type: "boolean", default: false }, seed: { type: "string" } },
    allowPositionals: true,
  });
  const asked = SCENARIOS.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
  );
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
  const programs = await bundlePrograms();
  let failed = 0;
  try {
    for (const scenario of asked) {
      if (!(await runOne(scenario, { long: values.long, seed, programs }))) failed++;
    }
  } finally {
    await rm(programs, { recursive: true, maxRetries: 10 });
  }
  const passed = asked.length - failed;
  const report = process.env["TEST_REPORT"];
  if (report) await writeFile(report, JSON.stringify({ passed, failed }));
  console.log(`${passed} passed, ${failed} failed; seed ${seed}`);
  return failed === 0 && asked.length > 0 ? 0 : 1;
}

async function runOne(scenario: Scenario, effort: Effort): Promise<boolean> {
  const { answer, ms } = await timed(async () => outcomeOf(scenario, effort));
  const sign = answer.failures.length === 0 ? "✓" : "✗";
  console.log(`${sign} ${scenario.name} (${(ms / 1000).toFixed(1)} s): ${answer.figures}`);
  for (const failure of answer.failures) console.log(`    ${failure}`);
  return answer.failures.length === 0;
}

async function outcomeOf(scenario: Scenario, effort: Effort): Promise<Outcome> {
  try {
    return await scenario.run(effort);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { figures: "aborted", failures: [what] };
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
