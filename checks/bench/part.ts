/** Runs one part of the benchmark in this process, and writes its rows as JSON to the given file. */
import { writeFileSync } from "node:fs";

import { PARTS } from "./parts";

async function main(): Promise<void> {
  const [, , name = "", file = ""] = process.argv;
  const rows = await PARTS[name]?.();
  if (rows === undefined) throw new Error(`There is no part “${name}”.`);
  writeFileSync(file, JSON.stringify(rows));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
