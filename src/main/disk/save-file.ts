/** A new version put in the place of an old one: private, durable, whole at every instant. */
import { randomBytes } from "node:crypto";
import { renameSync } from "node:fs";
import { link, open, readdir, realpath, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { isBlank } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";
import { keepOld, type OldFile } from "./old-file";
import { isAlive } from "./process-alive";
import { holdsBytes, identityNow, identityOf, type FileVersion } from "./read-file";

/** `changed`: the file was no longer what the new version was made from, and is as it was. */
export type SaveOutcome = "saved" | "changed";

/**
 * Replaces the version `before` by the bytes `after`, either of them null for no file. The new bytes
 * go to a temporary file in the same directory, mode 0600, and are on disk before they take the
 * place of the old ones; a link is followed and stays a link. What stands there in the end is read
 * back, for older versions of mux take no lock. An editor that had the old file open and saves into
 * it meanwhile gets its place back.
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
    if (outcome.kind === "vanished") return failure("file_vanished", { file });
    if (outcome.kind === "changed") return success("changed");
    const { old } = outcome;
    try {
      const [same] = await Promise.all([holdsBytes(file, after), syncDirectory(dirname(target))]);
      // As late as possible, for whoever has the old file open may not have written yet.
      if (old !== null && (await old.isWritten())) {
        await old.putBack(after);
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

type Replaced =
  | { readonly kind: "changed" }
  | { readonly kind: "vanished" }
  | { readonly kind: "saved"; readonly old: OldFile | null };

async function replace(
  target: string,
  before: FileVersion | null,
  after: Buffer | null,
): Promise<Replaced> {
  // Meanwhile, for the time goes into the fsync.
  const keeping = before && keepOld(target, pathBeside(target, "old"), before);
  let temporary: string | null = null;
  try {
    temporary = after && (await writeTemporary(target, after, before));
    const old = await keeping;
    const wanted = (old ?? before ?? { identity: null }).identity;
    let identity = await identityOf(target);
    // With no turn of the event loop before the rename, in which somebody else could save.
    if (identity === wanted) identity = identityNow(target);
    if (identity !== wanted) {
      if (temporary !== null) await unlink(temporary);
      await old?.drop();
      return { kind: identity === null ? "vanished" : "changed" };
    }
    if (before === null) {
      const isNew = temporary === null || (await create(temporary, target));
      return isNew ? { kind: "saved", old } : { kind: "changed" };
    }
    if (temporary === null) await unlink(target);
    else renameSync(temporary, target);
    return { kind: "saved", old };
  } catch (error) {
    if (temporary !== null) await unlink(temporary).catch(() => undefined);
    await (await keeping)?.drop();
    throw error;
  }
}

/** A rename would replace a file that somebody has created in the meantime. Answers whether none has. */
async function create(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
  } catch (error) {
    const exists = errnoOf(error) === "EEXIST";
    await (exists ? unlink(temporary) : rename(temporary, target));
    return !exists;
  }
  await unlink(temporary);
  return true;
}

/** The file's owner stays its owner, also when root edits it. */
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
    // Emptied by undoing, not by an editor that is about to fill it again.
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
