/** One change of the file, whole: lock, read, edit, save. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { errnoOf, fileProblem } from "./file-problem";
import { withLock } from "./lock";
import { readVersion } from "./read-file";
import { sameBytes, saveFile, sweepTemporaries } from "./save-file";

/** Null is no file. */
export interface FileChange {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

/** How often an edit is made anew because a program without the lock saved in between. */
const ATTEMPTS = 5;

/**
 * Gives the bytes on disk to `edit` and saves what it returns, all inside mux's lock. `edit` must
 * compute only: it can be called more than once, and always with what stands there at last. A
 * missing directory is created (0700) when `edit` has something to put in it.
 */
export async function changeFile(
  file: string,
  edit: (bytes: Buffer | null) => Result<Buffer | null>,
): Promise<Result<FileChange>> {
  try {
    if (!(await exists(dirname(file)))) {
      const trial = edit(null);
      if (!trial.success) return trial;
      if (trial.data === null) return success({ before: null, after: null });
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    }
  } catch (error) {
    return { success: false, error: fileProblem(error, file, "written") };
  }
  return withLock(file, async () => {
    await sweepTemporaries(file);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const version = await readVersion(file);
      if (!version.success) return version;
      const before = version.data?.bytes ?? null;
      const after = edit(before);
      if (!after.success) return after;
      const change = { before, after: after.data };
      if (sameBytes(before, after.data)) return success(change);
      const saved = await saveFile(file, version.data, after.data);
      if (!saved.success) return saved;
      if (saved.data === "saved") return success(change);
    }
    return failure("file_overwritten", { file });
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw error;
  }
}
