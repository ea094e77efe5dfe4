/** Reads the current bytes of a file and identifies the version that they belong to. */
import { constants, statSync, type BigIntStats } from "node:fs";
import { lstat, open, stat, type FileHandle } from "node:fs/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { whileBusy } from "./busy";
import { MAX_BYTES } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";

const PIECE_BYTES = 1024 * 1024;

export interface FileIdentity {
  /** Unique per version: device, inode, size and times in nanoseconds. */
  readonly identity: string;
  /** The part of `identity` that neither a rename nor a hard link changes. */
  readonly content: string;
}

/** A file at one moment. */
export interface FileVersion extends FileIdentity {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The time of the last write (mtime), in ms since 1970. */
  readonly writtenMs: number;
}

/** The bytes, or null if the file does not exist. Fails with `file_too_large` or a file system error. */
export async function readBytes(file: string): Promise<Result<Buffer | null>> {
  const version = await readVersion(file);
  return version.success ? success(version.data?.bytes ?? null) : version;
}

/** Like `readBytes`, with the metadata that identifies the version. */
export async function readVersion(file: string): Promise<Result<FileVersion | null>> {
  return withOpened(file, readOpened);
}

/** Whether the file has these bytes now (null: does not exist). Reads it in pieces to save memory. */
export async function holdsBytes(file: string, wanted: Buffer | null): Promise<Result<boolean>> {
  const same = await withOpened(file, async (handle, found) =>
    compareOpened(handle, found, wanted),
  );
  return same.success ? success(same.data ?? wanted === null) : same;
}

// Without O_NONBLOCK, opening a pipe would wait for a writer.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The result of `use` for a regular file within the size limit; null if the file does not exist. */
async function withOpened<T>(
  file: string,
  use: (handle: FileHandle, found: BigIntStats) => Promise<T>,
): Promise<Result<T | null>> {
  try {
    const handle = await whileBusy(() => open(file, READ));
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

/** Identifies the current version of a file; null if it does not exist. */
export async function identify(file: string): Promise<FileIdentity | null> {
  try {
    return identityIn(await stat(file, { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Like `identify`, but synchronous, so that no other task runs before the caller acts. */
export function identifyNow(file: string): FileIdentity | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : identityIn(found);
}

/** The current `FileIdentity.identity` of a file; null if it does not exist. */
export async function identityOf(file: string): Promise<string | null> {
  return (await identify(file))?.identity ?? null;
}

/** How often to read a file because another program wrote to it during the read. */
const READINGS = 3;

/**
 * Bytes and identity of the same version. If the file changes during every read, the identity is
 * from before the last one, so that a later comparison detects the change.
 */
async function readOpened(handle: FileHandle, found: BigIntStats): Promise<FileVersion> {
  let before = found;
  for (let reading = 1; ; reading++) {
    const bytes = Buffer.allocUnsafe(Number(before.size));
    const length = await fill(bytes, handle, 0);
    const after = await handle.stat({ bigint: true });
    const isSteady = identityIn(after).identity === identityIn(before).identity;
    if (isSteady || reading === READINGS || after.size > MAX_BYTES) {
      return {
        bytes: bytes.subarray(0, length),
        mode: Number(before.mode),
        uid: Number(before.uid),
        gid: Number(before.gid),
        writtenMs: Number(before.mtimeMs),
        ...identityIn(before),
      };
    }
    before = after;
  }
}

async function compareOpened(
  handle: FileHandle,
  { size }: BigIntStats,
  wanted: Buffer | null,
): Promise<boolean> {
  if (wanted === null || size !== BigInt(wanted.length)) return false;
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, wanted.length));
  for (let at = 0; at < wanted.length; at += piece.length) {
    const expected = wanted.subarray(at, at + piece.length);
    const length = await fill(piece.subarray(0, expected.length), handle, at);
    if (!expected.equals(piece.subarray(0, length))) return false;
  }
  return true;
}

/** Fills `buffer` from `position` and returns the number of bytes read. */
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

function identityIn({ dev, ino, size, mtimeNs, ctimeNs }: Identifying): FileIdentity {
  const content = [dev, ino, size, mtimeNs].join(":");
  return { identity: `${content}:${ctimeNs}`, content };
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
