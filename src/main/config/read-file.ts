/** The bytes of providers.jsonc as they are on disk now. */
import { lstat, readFile, stat } from "node:fs/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { MAX_BYTES } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";

/** Null when there is no such file. Fails with `file_too_large` or an error of the file system. */
export async function readBytes(file: string): Promise<Result<Buffer | null>> {
  try {
    const { size, ...found } = await kindOf(file);
    if (found.directory) return failure("file_is_directory", { file });
    // Opening a pipe or a device could wait for ever.
    if (!found.regular)
      return failure("file_unreadable", { file, reason: "it is no regular file" });
    if (size > MAX_BYTES) return failure("file_too_large", { file });
    return success(await readFile(file));
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") {
      return { success: false, error: fileProblem(error, file, "read") };
    }
    return (await isLink(file)) ? failure("file_link_dangling", { file }) : success(null);
  }
}

async function kindOf(file: string) {
  const found = await stat(file);
  return { directory: found.isDirectory(), regular: found.isFile(), size: found.size };
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
