/** Checks the folder of `--home`. */
import { statSync } from "node:fs";

/** Why `--home` cannot be used, without its value, which may be a token; null if it can. */
export function folderProblem(home: string): string | null {
  try {
    const found = statSync(home, { throwIfNoEntry: false });
    if (found === undefined) return "The folder of --home does not exist.";
    return found.isDirectory()
      ? null
      : "--home is not a folder. Enter the folder of providers.jsonc.";
  } catch {
    return "The folder of --home cannot be opened. Make sure that you may read it.";
  }
}
