/** Runs one of these parts in this process, and writes its rows as JSON to the given file. */
import { writeFileSync } from "node:fs";

import type { Row } from "./table";

/** Reads the part's name and the file from the command line. Ends the process. */
export function runNamedPart(parts: Readonly<Record<string, () => Promise<readonly Row[]>>>): void {
  const run = async () => {
    const [, , name = "", file = ""] = process.argv;
    const rows = await parts[name]?.();
    if (rows === undefined) throw new Error(`The benchmark has no part “${name}”.`);
    writeFileSync(file, JSON.stringify(rows));
  };
  run().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
