/** Removes the directories of tests. */
import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";

/** On Windows, indexers, scanners and exiting processes keep files open for a moment. */
const OPTIONS = { recursive: true, force: true, maxRetries: 10 } as const;

/** Removes `directory` with its content, or does nothing if it is missing. */
export function removeDirectory(directory: string): Promise<void> {
  return rm(directory, OPTIONS);
}

/** As `removeDirectory`, for hooks that must not wait. */
export function removeDirectorySync(directory: string): void {
  rmSync(directory, OPTIONS);
}
