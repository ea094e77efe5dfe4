/** `npm run bench [-- suite …]`: runs the benchmarks and prints one table; exits 1 when a limit was missed. */
import { cpus } from "node:os";

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
  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
  console.log(tableOf(rows));
  return rows.every(isWithinLimit) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
