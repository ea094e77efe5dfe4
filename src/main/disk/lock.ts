/** Takes mux's own lock on providers.jsonc, so that mux and the panel never write at the same time. */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rmdir, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { BUSY_MS, mayBeBusy, whileBusy } from "./busy";
import { errnoOf, fileProblem } from "./file-problem";
import { isAlive } from "./process-alive";

const PATIENCE_MS = 5000;
const RETRY_MS = 25;
/** After this time, an owner file without a process ID and an unused stage count as abandoned. */
const STALE_MS = 10_000;
/** Errors of different systems for a rename onto a directory that is not empty. */
const HELD: ReadonlySet<string> = new Set(["EEXIST", "ENOTEMPTY", "EPERM"]);
/** Without a lock, these are errors of the directory, or of a program that has the stage open. */
const FORBIDDEN: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EBUSY"]);

/**
 * Runs `work` while holding the lock of `file`: a directory `<file>.lock` with one file
 * `owner-<32 hex>` that contains a process ID. Waits at most 5 s, as mux does. Not re-entrant.
 * Fails with `lock_held`, `lock_is_file`, `lock_blocked` or a file system error.
 *
 * Source: mux 0.28.2. Older versions take no lock.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const lock = `${file}.lock`;
  const owner = await acquire(file, lock);
  if (!owner.success) return owner;
  try {
    return await work();
  } finally {
    await release(lock, owner.data);
  }
}

async function acquire(file: string, lock: string): Promise<Result<string>> {
  const owner = `owner-${randomBytes(16).toString("hex")}`;
  const deadline = performance.now() + PATIENCE_MS;
  let refusedSince: number | null = null;
  let refusals = 0;
  try {
    await sweepStages(lock);
    for (;;) {
      const refused = await claim(lock, owner);
      if (refused === null) return success(owner);
      const holder = await breakIfAbandoned(lock);
      if (holder === "file") return failure("lock_is_file", { file: lock });
      if (holder === "unknown") return failure("lock_blocked", { file: lock });
      if (performance.now() >= deadline) {
        return failure("lock_held", { file, lock, pid: holder === "none" ? null : holder.pid });
      }
      refusals = holder === "none" ? refusals + 1 : 0;
      // The lock was released or abandoned since, so the second attempt follows at once.
      if (refusals !== 1) await wait(RETRY_MS);
      const isForbidden = refusals > 0 && FORBIDDEN.has(errnoOf(refused) ?? "");
      refusedSince = isForbidden ? (refusedSince ?? performance.now()) : null;
      if (refusedSince !== null && performance.now() - refusedSince >= BUSY_MS) throw refused;
    }
  } catch (error) {
    return { success: false, error: fileProblem(error, file, "written") };
  }
}

/**
 * Creates a directory (the stage) with the owner file in it and renames it to the lock. A held lock
 * is therefore never empty. An empty lock has no owner, and any program may remove it. Returns the
 * error of a rename that can succeed later, or null if the lock is ours.
 */
async function claim(lock: string, owner: string): Promise<Error | null> {
  const stage = `${lock}.stage-${randomBytes(8).toString("hex")}`;
  await mkdir(stage, { mode: 0o700 });
  try {
    await writeFile(join(stage, owner), String(process.pid), { mode: 0o600, flag: "wx" });
    await rename(stage, lock);
    return null;
  } catch (error) {
    await removeStage(stage);
    if (!(error instanceof Error)) throw error;
    const code = errnoOf(error) ?? "";
    // A process whose clock is ahead may have swept the new stage.
    const isLate = HELD.has(code) || code === "ENOENT" || mayBeBusy(error);
    if (isLate || (await isFile(lock))) return error;
    throw error;
  }
}

/** Unlinks only our owner file. If that fails, another process broke the lock and may hold it now. */
async function release(lock: string, owner: string): Promise<void> {
  try {
    // Otherwise the lock would be held for as long as this process lives.
    await whileBusy(() => unlink(join(lock, owner)));
    await whileBusy(() => rmdir(lock));
  } catch {
    // Nothing to do: the next process removes an empty lock.
  }
}

/** `unknown`: the lock contains an entry that mux's protocol does not create. */
type Holder = "none" | "file" | "unknown" | { readonly pid: number | null };

const OWNER_NAME = /^owner-[0-9a-f]{32}$/;
/** Longer than any process ID. */
const OWNER_BYTES = 64;

async function breakIfAbandoned(lock: string): Promise<Holder> {
  try {
    return await breakNow(lock);
  } catch (error) {
    // Another program has a part of the lock open.
    if (mayBeBusy(error)) return { pid: null };
    throw error;
  }
}

async function breakNow(lock: string): Promise<Holder> {
  if (await isFile(lock)) return "file";
  let holder: Holder = "none";
  let isBlocked = false;
  for (const entry of await namesIn(lock)) {
    const path = join(lock, entry);
    if (!(await isOwner(path))) {
      // An entry that has disappeared since was an owner file that was released.
      isBlocked ||= await exists(path);
      continue;
    }
    const pid = await pidIn(path);
    if (typeof pid === "number" ? isAlive(pid) : !(await isStale(path))) holder = { pid };
    else await ignoringAbsence(unlink(path));
  }
  if (holder !== "none") return holder;
  if (isBlocked) return "unknown";
  // Never recursive, so that a process that took the lock in between keeps it.
  await ignoringNotEmpty(rmdir(lock));
  return holder;
}

/** Only owner files are opened or removed: reading a pipe would hang, and other files are not ours. */
async function isOwner(path: string): Promise<boolean> {
  if (!OWNER_NAME.test(basename(path))) return false;
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    // An entry that cannot be inspected may be held.
    return errnoOf(error) !== "ENOENT";
  }
}

/** The process ID in an owner file, or null if there is none. */
async function pidIn(path: string): Promise<number | null> {
  try {
    const handle = await open(path, READ_REGULAR);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(OWNER_BYTES), 0, OWNER_BYTES, 0);
      const text = buffer.toString("latin1", 0, bytesRead).trim();
      return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Safe flags in case another entry has replaced the file since it was inspected. */
const READ_REGULAR = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Removes stages of processes that died between creating and renaming them. */
async function sweepStages(lock: string): Promise<void> {
  const prefix = `${basename(lock)}.`;
  // A directory that cannot be listed may still be writable.
  const names = await readdir(dirname(lock)).catch(() => []);
  for (const name of names) {
    const stage = join(dirname(lock), name);
    const isStage = name.startsWith(prefix) && STAGE_ENDING.test(name.slice(prefix.length));
    if (isStage && (await isStale(stage))) await removeStage(stage);
  }
}

const STAGE_ENDING = /^stage-[0-9a-f]{16}$/;

/** Removes owner files, and then the directory if it is empty. */
async function removeStage(stage: string): Promise<void> {
  try {
    for (const name of await namesIn(stage)) {
      const path = join(stage, name);
      if (await isOwner(path)) await ignoringAbsence(unlink(path));
    }
    await rmdir(stage);
  } catch {
    // A leftover stage does no harm.
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await lstat(path)).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function ignoringAbsence(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}

async function ignoringNotEmpty(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    const code = errnoOf(error) ?? "";
    if (code !== "ENOENT" && !HELD.has(code)) throw error;
  }
}
