/** A new version put in the place of an old one: private, durable, whole at every instant. */
import { randomBytes } from "node:crypto";
import { open, readdir, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { errnoOf, fileProblem } from "./file-problem";
import { isAlive } from "./process-alive";
import { readBytes } from "./read-file";

/** `changed`: the file was no longer what the new version was made from; nothing was written. */
export type SaveOutcome = "saved" | "changed";

/**
 * Replaces `before` by `after`, either of them null for no file. The new bytes go to a temporary
 * file in the same directory, mode 0600, and are on disk before they take the place of the old
 * ones; a link is followed and stays a link. What stands there in the end is read back, for older
 * versions of mux take no lock.
 *
 * Fails with `file_read_only`, `file_vanished`, `file_overwritten` or an error of the file system;
 * the old file is unharmed then, except with `file_overwritten`.
 */
export async function saveFile(
  file: string,
  before: Buffer | null,
  after: Buffer | null,
): Promise<Result<SaveOutcome>> {
  try {
    const target = before === null ? file : await realpath(file);
    const old = before === null ? null : await stat(target);
    // Renaming needs no permission of the file itself, so the user's wish is read from its mode.
    if (old && (old.mode & 0o222) === 0) return failure("file_read_only", { file });
    await sweepTemporaries(target);
    const replaced = await replace(file, target, before, after, old);
    if (!replaced.success || replaced.data === "changed") return replaced;
    await syncDirectory(dirname(target));
    const now = await readBytes(file);
    if (!now.success) return now;
    return sameBytes(now.data, after) ? replaced : failure("file_overwritten", { file });
  } catch (error) {
    if (errnoOf(error) === "ENOENT" && before !== null) return failure("file_vanished", { file });
    return { success: false, error: fileProblem(error, file, "written") };
  }
}

export function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

async function replace(
  file: string,
  target: string,
  before: Buffer | null,
  after: Buffer | null,
  owner: Owner | null,
): Promise<Result<SaveOutcome>> {
  const temporary = after === null ? null : await writeTemporary(target, after, owner);
  try {
    const now = await readBytes(file);
    const outcome = now.success ? compare(file, before, now.data) : now;
    if (!outcome.success || outcome.data === "changed") {
      if (temporary !== null) await unlink(temporary);
      return outcome;
    }
    await (temporary === null ? unlink(target) : rename(temporary, target));
    return outcome;
  } catch (error) {
    if (temporary !== null) await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

function compare(file: string, before: Buffer | null, now: Buffer | null): Result<SaveOutcome> {
  if (sameBytes(before, now)) return success("saved");
  return now === null ? failure("file_vanished", { file }) : success("changed");
}

/** The file's owner stays its owner, also when root edits it. */
async function writeTemporary(target: string, bytes: Buffer, owner: Owner | null): Promise<string> {
  const name = `${prefixOf(target)}${process.pid}-${randomBytes(8).toString("hex")}.tmp`;
  const path = join(dirname(target), name);
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    if (owner && owner.uid !== process.getuid?.()) {
      await handle.chown(owner.uid, owner.gid).catch(() => undefined);
    }
    await handle.sync();
  } catch (error) {
    await handle.close();
    await unlink(path).catch(() => undefined);
    throw error;
  }
  await handle.close();
  return path;
}

function prefixOf(target: string): string {
  return `.${basename(target)}.`;
}

/** A process that was killed while saving leaves its temporary file behind, with keys in it. */
async function sweepTemporaries(target: string): Promise<void> {
  const prefix = prefixOf(target);
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix)) continue;
    const pid = /^([1-9]\d{0,9})-[0-9a-f]{16}\.tmp$/.exec(name.slice(prefix.length))?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await unlink(join(dirname(target), name)).catch(() => undefined);
  }
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
