/** The bytes of providers.jsonc as they are on disk now. */
import { constants, statSync, type BigIntStats } from "node:fs";
import { lstat, open, stat, type FileHandle } from "node:fs/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { MAX_BYTES } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";

const PIECE_BYTES = 64 * 1024;

/** The file as it was at one moment. */
export interface FileVersion {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** When its bytes were written last, in ms since 1970 by the clock of the disk. */
  readonly writtenMs: number;
  /** Differs from that of any other version: inode, size and times, to the nanosecond. */
  readonly identity: string;
  /** The part of `identity` that neither a rename nor a hard link changes. */
  readonly content: string;
}

/** Null when there is no such file. Fails with `file_too_large` or an error of the file system. */
export async function readBytes(file: string): Promise<Result<Buffer | null>> {
  const version = await readVersion(file);
  return version.success ? success(version.data?.bytes ?? null) : version;
}

/** The same, with what tells this version from others. */
export async function readVersion(file: string): Promise<Result<FileVersion | null>> {
  return withOpened(file, readOpened);
}

/** Whether these bytes, null for no file, are what stands there now; a large file is not held for it. */
export async function holdsBytes(file: string, wanted: Buffer | null): Promise<Result<boolean>> {
  const same = await withOpened(file, async (handle) => compareOpened(handle, wanted));
  return same.success ? success(same.data ?? wanted === null) : same;
}

/** What `use` makes of a regular file of a bearable size; null when there is none. */
async function withOpened<T>(
  file: string,
  use: (handle: FileHandle, found: BigIntStats) => Promise<T>,
): Promise<Result<T | null>> {
  try {
    // Opening a pipe would else wait for a writer.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat({ bigint: true });
      if (found.isDirectory()) return failure("file_is_directory", { file });
      if (!found.isFile()) {
        return failure("file_unreadable", { file, reason: "it is not a regular file" });
      }
      if (found.size > MAX_BYTES) return failure("file_too_large", { file });
      return success(await use(handle, found));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") {
      return { success: false, error: fileProblem(error, file, "read") };
    }
    return (await isLink(file)) ? failure("file_link_dangling", { file }) : success(null);
  }
}

/** What `FileVersion.identity` would be now; null when there is no such file. */
export async function identityOf(file: string): Promise<string | null> {
  return marked(file, identityIn);
}

/** The same at this very instant, for whoever acts on it at once. */
export function identityNow(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : identityIn(found);
}

/** What `FileVersion.content` would be now; null when there is no such file. */
export async function contentOf(file: string): Promise<string | null> {
  return marked(file, contentIn);
}

async function marked(file: string, mark: (found: Identifying) => string): Promise<string | null> {
  try {
    return mark(await stat(file, { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** How often a file is read again because somebody wrote in it meanwhile. */
const READINGS = 3;

/**
 * Bytes and identity of one state, unless the file changes in each reading; the identity is then of
 * the time before the last reading, so that whoever compares it finds a change.
 */
async function readOpened(handle: FileHandle, found: BigIntStats): Promise<FileVersion> {
  let before = found;
  for (let reading = 1; ; reading++) {
    const bytes = Buffer.allocUnsafe(Number(before.size));
    const length = await fill(bytes, handle, 0);
    const after = await handle.stat({ bigint: true });
    const isSteady = identityIn(after) === identityIn(before);
    if (isSteady || reading === READINGS || after.size > MAX_BYTES) {
      return {
        bytes: bytes.subarray(0, length),
        mode: Number(before.mode),
        uid: Number(before.uid),
        gid: Number(before.gid),
        writtenMs: Number(before.mtimeMs),
        identity: identityIn(before),
        content: contentIn(before),
      };
    }
    before = after;
  }
}

async function compareOpened(handle: FileHandle, wanted: Buffer | null): Promise<boolean> {
  if (wanted === null) return false;
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let at = 0; ; at += piece.length) {
    const length = await fill(piece, handle, at);
    const due = wanted.subarray(at, at + piece.length);
    if (!due.equals(piece.subarray(0, length))) return false;
    // A full one may be followed by more than is wanted.
    if (length < piece.length) return true;
  }
}

/** How many bytes from `position` on there were to fill `buffer` with. */
async function fill(buffer: Buffer, handle: FileHandle, position: number): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const left = buffer.length - length;
    const { bytesRead } = await handle.read(buffer, length, left, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

interface Identifying {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

function identityIn(found: Identifying): string {
  return `${contentIn(found)}:${found.ctimeNs}`;
}

function contentIn({ dev, ino, size, mtimeNs }: Identifying): string {
  return [dev, ino, size, mtimeNs].join(":");
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
