/** Paths for files that document a failure. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../scripts/runtime";

const OUT = join(ROOT, "out/soak");

/** The path of a file in `out/soak`, whose directory it creates. */
export function artifactPath(name: string): string {
  mkdirSync(OUT, { recursive: true });
  return join(OUT, name);
}
