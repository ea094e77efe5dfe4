/** mux's own lock on providers.jsonc, by its protocol, so that the two never write at the same time. */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rmdir, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { errnoOf, fileProblem } from "./file-problem";
import { isAlive } from "./process-alive";

const PATIENCE_MS = 5000;
const RETRY_MS = 25;
/** An owner that wrote no process id, and a stage that nobody renamed, are given up after this. */
const STALE_MS = 10_000;
/** What renaming onto a directory with something in it answers, on one system or another. */
const HELD: ReadonlySet<string> = new Set(["EEXIST", "ENOTEMPTY", "EPERM"]);

/**
 * Runs `work` while holding the lock of `file`, a directory `<file>.lock` with one file
 * `owner-<32 hex>` in it that holds a process id. Waits at most 5 s, as mux does. Not re-entrant.
 * Fails with `lock_held`, `lock_is_file`, `lock_blocked` or an error of the file system.
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
  try {
    await sweepStages(lock);
    for (;;) {
      if (await claim(lock, owner)) return success(owner);
      const holder = await breakIfAbandoned(lock);
      if (holder === "file") return failure("lock_is_file", { file: lock });
      if (holder === "unknown") return failure("lock_blocked", { file: lock });
      if (performance.now() >= deadline) {
        return failure("lock_held", { file, lock, pid: holder === "nobody" ? null : holder.pid });
      }
      if (holder !== "nobody") await wait(RETRY_MS);
    }
  } catch (error) {
    return { success: false, error: fileProblem(error, file, "written") };
  }
}

/**
 * The directory is made beside the lock with the owner already in it and renamed into place, so that
 * a lock that is held is never seen empty: an empty one belongs to nobody and may be removed.
 */
async function claim(lock: string, owner: string): Promise<boolean> {
  const stage = `${lock}.stage-${randomBytes(8).toString("hex")}`;
  await mkdir(stage, { mode: 0o700 });
  try {
    await writeFile(join(stage, owner), String(process.pid), { mode: 0o600, flag: "wx" });
    await rename(stage, lock);
    return true;
  } catch (error) {
    await removeStage(stage);
    const code = errnoOf(error) ?? "";
    // Another's clock may run ahead, so that it sweeps a stage that has just been made.
    if (HELD.has(code) || code === "ENOENT" || (await isFile(lock))) return false;
    throw error;
  }
}

/** Unlinks only what is ours: when that fails, somebody else has broken the lock and may hold it. */
async function release(lock: string, owner: string): Promise<void> {
  try {
    await unlink(join(lock, owner));
    await rmdir(lock);
  } catch {
    // Nothing is left to do: the next one to come removes an empty lock.
  }
}

/** `unknown`: something that no program with mux's protocol has put there. */
type Holder = "nobody" | "file" | "unknown" | { readonly pid: number | null };

const OWNER_NAME = /^owner-[0-9a-f]{32}$/;
/** More than any process id. */
const OWNER_BYTES = 64;

async function breakIfAbandoned(lock: string): Promise<Holder> {
  if (await isFile(lock)) return "file";
  let holder: Holder = "nobody";
  let isBlocked = false;
  for (const entry of await namesIn(lock)) {
    const path = join(lock, entry);
    if (!(await isOwner(path))) {
      // One that has gone in the meantime was an owner who let go.
      isBlocked ||= await exists(path);
      continue;
    }
    const pid = await pidIn(path);
    if (typeof pid === "number" ? isAlive(pid) : !(await isStale(path))) holder = { pid };
    else await ignoringAbsence(unlink(path));
  }
  if (holder !== "nobody") return holder;
  if (isBlocked) return "unknown";
  // Never recursive: whoever came in between keeps the lock.
  await ignoringHolders(rmdir(lock));
  return holder;
}

/** Only such files are ever opened or removed: a pipe would never answer, and a note is somebody's. */
async function isOwner(path: string): Promise<boolean> {
  if (!OWNER_NAME.test(basename(path))) return false;
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    // One that cannot be looked at may be held.
    return errnoOf(error) !== "ENOENT";
  }
}

/** The process id in an owner's file, or null when there is none to read. */
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

/** In case something else has taken the place of the file that was looked at. */
const READ_REGULAR = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Left by processes that died between making a stage and renaming it. */
async function sweepStages(lock: string): Promise<void> {
  const prefix = `${basename(lock)}.`;
  // A directory that cannot be listed can still be written to.
  const names = await readdir(dirname(lock)).catch(() => []);
  for (const name of names) {
    const stage = join(dirname(lock), name);
    const isStage = name.startsWith(prefix) && STAGE_ENDING.test(name.slice(prefix.length));
    if (isStage && (await isStale(stage))) await removeStage(stage);
  }
}

const STAGE_ENDING = /^stage-[0-9a-f]{16}$/;

/** Removes what the protocol puts there, and the directory when nothing else is in it. */
async function removeStage(stage: string): Promise<void> {
  try {
    for (const name of await namesIn(stage)) {
      const path = join(stage, name);
      if (await isOwner(path)) await ignoringAbsence(unlink(path));
    }
    await rmdir(stage);
  } catch {
    // Nothing depends on it.
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

async function ignoringHolders(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    const code = errnoOf(error) ?? "";
    if (code !== "ENOENT" && !HELD.has(code)) throw error;
  }
}
