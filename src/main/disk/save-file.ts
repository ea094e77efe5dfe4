/** Replaces a file atomically: the new version is private and durable, and never seen half written. */
import { randomBytes } from "node:crypto";
import { realpathSync, renameSync } from "node:fs";
import { link, open, readdir, realpath, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { patience, whileBusy } from "./busy";
import { isBlank } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";
import { keepOld, type OldFile } from "./old-file";
import { isAlive } from "./process-alive";
import { holdsBytes, identifyNow, type FileVersion } from "./read-file";

/** `changed`: another program changed the file after it was read. Its version was kept. */
export type SaveOutcome = "saved" | "changed";

/**
 * Replaces the version `before` with the bytes `after`; null means no file. The new bytes are
 * written to a temporary file in the same directory (mode 0600) and synced before the rename. A
 * symlink is followed and kept. The result is read back, because older versions of mux take no lock.
 * If an editor saves to the old file during the save, that file is restored.
 *
 * Fails with `file_read_only`, `file_vanished`, `file_overwritten` or a file system error. The old
 * file is then unchanged, except with `file_overwritten`.
 */
export async function saveFile(
  file: string,
  before: FileVersion | null,
  after: Buffer | null,
): Promise<Result<SaveOutcome>> {
  // A rename ignores the file's own permissions, so a read-only mode must be respected here.
  if (before && (before.mode & 0o222) === 0) return failure("file_read_only", { file });
  try {
    // Synchronous, because the call takes much less time than a round trip to another thread.
    const target = before ? realpathSync.native(file) : file;
    const outcome = await replace(target, before, after);
    if (outcome.kind === "vanished") return failure("file_vanished", { file });
    if (outcome.kind === "changed") return success("changed");
    const { old } = outcome;
    try {
      const [same] = await Promise.all([holdsBytes(file, after), syncDirectory(dirname(target))]);
      // As late as possible, because an editor with the old file open may not have written yet.
      if (old?.isWritten()) {
        await old.restore(after);
        return success("changed");
      }
      if (!same.success) return same;
      return same.data ? success("saved") : failure("file_overwritten", { file });
    } finally {
      await old?.drop();
    }
  } catch (error) {
    if (before && errnoOf(error) === "ENOENT") return failure("file_vanished", { file });
    return { success: false, error: fileProblem(error, file, "written") };
  }
}

/** Removes temporary files of killed processes, because they contain keys. */
export async function sweepTemporaries(file: string): Promise<void> {
  try {
    const target = await realpath(file);
    for (const name of await readdir(dirname(target))) {
      const pid = name.startsWith(prefixOf(target)) ? PID.exec(name)?.[1] : undefined;
      if (pid !== undefined && !isAlive(Number(pid))) await unlink(join(dirname(target), name));
    }
  } catch {
    // A leftover file does no harm, and the save reports problems with the directory.
  }
}

export function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

type Replaced =
  | { readonly kind: "changed" }
  | { readonly kind: "vanished" }
  | { readonly kind: "saved"; readonly old: OldFile | null };

async function replace(
  target: string,
  before: FileVersion | null,
  after: Buffer | null,
): Promise<Replaced> {
  // Runs while the new bytes are written, because the fsync takes most of the time.
  const keeping = before && keepOld(target, pathBeside(target, "old"), before);
  let temporary: string | null = null;
  try {
    temporary = after && (await writeTemporary(target, after, before));
    const old = await keeping;
    const wanted = (old ?? before)?.identity ?? null;
    const { pause } = patience();
    for (;;) {
      // Synchronous, so that as little time as possible passes between this check and the rename.
      const identity = identifyNow(target)?.identity ?? null;
      if (identity !== wanted) {
        if (temporary !== null) await unlink(temporary);
        await old?.drop();
        return { kind: identity === null ? "vanished" : "changed" };
      }
      if (before === null) {
        const isNew = temporary === null || (await create(temporary, target));
        return isNew ? { kind: "saved", old } : { kind: "changed" };
      }
      try {
        if (temporary === null) await unlink(target);
        else renameSync(temporary, target);
        return { kind: "saved", old };
      } catch (error) {
        if (!(await pause(error))) throw error;
      }
    }
  } catch (error) {
    const path = temporary;
    if (path !== null) await whileBusy(() => unlink(path)).catch(() => undefined);
    await (await keeping)?.drop();
    throw error;
  }
}

/** Uses a link, because a rename would replace a file created since. Returns false if there is one. */
async function create(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
  } catch (error) {
    const exists = errnoOf(error) === "EEXIST";
    await whileBusy(() => (exists ? unlink(temporary) : rename(temporary, target)));
    return !exists;
  }
  await whileBusy(() => unlink(temporary));
  return true;
}

/** Keeps the owner of the file, even if root edits it. */
async function writeTemporary(
  target: string,
  bytes: Buffer,
  before: FileVersion | null,
): Promise<string> {
  const path = pathBeside(target, "tmp");
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    if (before && before.uid !== process.geteuid?.()) {
      await handle.chown(before.uid, before.gid).catch(() => undefined);
    }
    // An old date shows that the file is really empty, and not being saved by an editor.
    if (isBlank(bytes)) await handle.utimes(LONG_AGO, LONG_AGO);
    await handle.sync();
    await handle.close();
    return path;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

const LONG_AGO = new Date("2000-01-01T00:00:00Z");
const PID = /\.([1-9]\d{0,9})-[0-9a-f]{16}\.(?:tmp|old)$/;

function pathBeside(target: string, ending: "tmp" | "old"): string {
  const name = `${prefixOf(target)}${process.pid}-${randomBytes(8).toString("hex")}.${ending}`;
  return join(dirname(target), name);
}

function prefixOf(target: string): string {
  return `.${basename(target)}.`;
}

/** Errors of systems that cannot sync a directory, such as Windows and some network disks. */
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
