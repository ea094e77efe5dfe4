/** A new version put in the place of an old one: private, durable, whole at every instant. */
import { randomBytes } from "node:crypto";
import { open, readdir, realpath, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { errnoOf, fileProblem } from "./file-problem";
import { isAlive } from "./process-alive";
import { holdsBytes, identityOf, type FileVersion } from "./read-file";

/** `changed`: the file was no longer what the new version was made from; nothing was written. */
export type SaveOutcome = "saved" | "changed";

/**
 * Replaces the version `before` by the bytes `after`, either of them null for no file. The new bytes
 * go to a temporary file in the same directory, mode 0600, and are on disk before they take the
 * place of the old ones; a link is followed and stays a link. What stands there in the end is read
 * back, for older versions of mux take no lock.
 *
 * Fails with `file_read_only`, `file_vanished`, `file_overwritten` or an error of the file system;
 * the old file is unharmed then, except with `file_overwritten`.
 */
export async function saveFile(
  file: string,
  before: FileVersion | null,
  after: Buffer | null,
): Promise<Result<SaveOutcome>> {
  // Renaming needs no permission of the file itself, so the user's wish is read from its mode.
  if (before && (before.mode & 0o222) === 0) return failure("file_read_only", { file });
  try {
    const target = before ? await realpath(file) : file;
    const outcome = await replace(target, before, after);
    if (outcome === "vanished") return failure("file_vanished", { file });
    if (outcome === "changed") return success(outcome);
    const [same] = await Promise.all([holdsBytes(file, after), syncDirectory(dirname(target))]);
    if (!same.success) return same;
    return same.data ? success(outcome) : failure("file_overwritten", { file });
  } catch (error) {
    if (before && errnoOf(error) === "ENOENT") return failure("file_vanished", { file });
    return { success: false, error: fileProblem(error, file, "written") };
  }
}

/** A process that was killed while saving leaves its temporary file behind, with keys in it. */
export async function sweepTemporaries(file: string): Promise<void> {
  try {
    const target = await realpath(file);
    for (const name of await readdir(dirname(target))) {
      const pid = name.startsWith(prefixOf(target)) ? PID.exec(name)?.[1] : undefined;
      if (pid !== undefined && !isAlive(Number(pid))) await unlink(join(dirname(target), name));
    }
  } catch {
    // Nothing depends on it, and what is really wrong with the directory the save will say.
  }
}

export function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

async function replace(
  target: string,
  before: FileVersion | null,
  after: Buffer | null,
): Promise<SaveOutcome | "vanished"> {
  const temporary = after && (await writeTemporary(target, after, before));
  try {
    const identity = await identityOf(target);
    if (identity === (before?.identity ?? null)) {
      await (temporary === null ? unlink(target) : rename(temporary, target));
      return "saved";
    }
    if (temporary !== null) await unlink(temporary);
    return identity === null ? "vanished" : "changed";
  } catch (error) {
    if (temporary !== null) await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** The file's owner stays its owner, also when root edits it. */
async function writeTemporary(
  target: string,
  bytes: Buffer,
  before: FileVersion | null,
): Promise<string> {
  const name = `${prefixOf(target)}${process.pid}-${randomBytes(8).toString("hex")}.tmp`;
  const path = join(dirname(target), name);
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    if (before && before.uid !== process.geteuid?.()) {
      await handle.chown(before.uid, before.gid).catch(() => undefined);
    }
    await handle.sync();
    await handle.close();
    return path;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

const PID = /\.([1-9]\d{0,9})-[0-9a-f]{16}\.tmp$/;

function prefixOf(target: string): string {
  return `.${basename(target)}.`;
}

/** Systems that cannot do it (Windows, some network disks) say so with one of these. */
const CANNOT_SYNC: ReadonlySet<string> = new Set([
  "EPERM",
  "EACCES",
  "EINVAL",
  "EISDIR",
  "EBADF",
  "ENOTSUP",
]);

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT_SYNC.has(errnoOf(error) ?? "")) throw error;
  }
}
