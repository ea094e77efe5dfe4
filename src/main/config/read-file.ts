/** The bytes of providers.jsonc as they are on disk now. */
import { constants } from "node:fs";
import { lstat, open, stat, type FileHandle } from "node:fs/promises";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import { MAX_BYTES } from "./file-bytes";
import { errnoOf, fileProblem } from "./file-problem";

/** The file as it was at one moment. */
export interface FileVersion {
  readonly bytes: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Differs from that of any other version: inode, size and times, to the nanosecond. */
  readonly identity: string;
}

/** Null when there is no such file. Fails with `file_too_large` or an error of the file system. */
export async function readBytes(file: string): Promise<Result<Buffer | null>> {
  const version = await readVersion(file);
  return version.success ? success(version.data?.bytes ?? null) : version;
}

/** The same, with what tells this version from others. */
export async function readVersion(file: string): Promise<Result<FileVersion | null>> {
  try {
    // Opening a pipe would else wait for a writer.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readOpened(handle, file);
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
  try {
    return identityIn(await stat(file, { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

async function readOpened(handle: FileHandle, file: string): Promise<Result<FileVersion | null>> {
  const found = await handle.stat({ bigint: true });
  if (found.isDirectory()) return failure("file_is_directory", { file });
  if (!found.isFile()) return failure("file_unreadable", { file, reason: "it is no regular file" });
  if (found.size > MAX_BYTES) return failure("file_too_large", { file });
  const bytes = Buffer.allocUnsafe(Number(found.size));
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return success({
    bytes: bytes.subarray(0, length),
    mode: Number(found.mode),
    uid: Number(found.uid),
    gid: Number(found.gid),
    identity: identityIn(found),
  });
}

interface Identifying {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

function identityIn({ dev, ino, size, mtimeNs, ctimeNs }: Identifying): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
