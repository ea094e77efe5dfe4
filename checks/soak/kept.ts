/** Where the soak keeps what shows how something failed. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../scripts/runtime";

const OUT = join(ROOT, "out/soak");

/** The place for a file of that name. */
export function kept(name: string): string {
  mkdirSync(OUT, { recursive: true });
  return join(OUT, name);
}
