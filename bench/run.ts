/** `npm run bench [-- suite …]`: runs the benchmarks and prints one table, kept in results.md after a whole run; exits 1 when a limit was missed. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { ROOT } from "../scripts/runtime";
import { measureFile } from "./file";
import { measureSize } from "./size";
import { measureTest } from "./test";
import { isWithinLimit, tableOf, type Row } from "./table";
import { measureUi } from "./ui";

const SUITES: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  file: measureFile,
  size: measureSize,
  test: measureTest,
  ui: measureUi,
};

const RESULTS = join(ROOT, "bench/results.md");

function resultsPage(machine: string, rows: readonly Row[]): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Benchmarks\n\n\`npm run bench\`, ${day}. ${machine}.\n\n${tableOf(rows)}\n`;
}

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const names = asked.length > 0 ? asked : Object.keys(SUITES);
  const rows: Row[] = [];
  for (const name of names) {
    const suite = SUITES[name];
    if (suite === undefined) {
      console.error(`There is no suite “${name}”; there are ${Object.keys(SUITES).join(", ")}.`);
      return 2;
    }
    console.log(`Measuring ${name} …`);
    rows.push(...(await suite()));
  }
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`;
  console.log(`\n${machine}\n\n${tableOf(rows)}`);
  // Only a whole run is worth keeping: figures of two runs must not stand side by side.
  if (asked.length === 0) writeFileSync(RESULTS, resultsPage(machine, rows));
  return rows.every(isWithinLimit) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
