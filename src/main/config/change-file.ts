/** One change of the file, whole: lock, read, edit, save. */
import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { errnoOf, fileProblem } from "./file-problem";
import { withLock } from "./lock";
import { readBytes } from "./read-file";
import { sameBytes, saveFile } from "./save-file";

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
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await readBytes(file);
      if (!before.success) return before;
      const after = edit(before.data);
      if (!after.success) return after;
      const change = { before: before.data, after: after.data };
      if (sameBytes(change.before, change.after)) return success(change);
      const saved = await saveFile(file, change.before, change.after);
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
