/** Reads the files that `apiKeyFile` names, by mux's rules. */
import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { keyOrigin } from "./key-source";
import type { ProviderConfig } from "./provider-config";

/** mux's limit for a key file, in bytes. */
const KEY_FILE_LIMIT = 64 * 1024;

/** How long a network disk may take before a key file counts as one with a key, in ms. */
const PATIENCE_MS = 500;

export type KeyFile =
  | { readonly success: true; readonly key: string }
  /** `reason`: the end of a sentence. */
  | { readonly success: false; readonly reason: string };

/** The path with `~` expanded. */
export function keyFilePath(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

/**
 * The trimmed content of a key file. Source: mux, provider settings: `~` is expanded, and the file is
 * a regular one of at most 64 KiB.
 */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const file = keyFilePath(path);
  const unreadable = (reason: string) => ({ success: false, reason }) as const;
  try {
    // Checked before opening, because opening a device alone can have an effect.
    if (!(await stat(file)).isFile()) return unreadable("it is not a regular file");
    // Non-blocking, in case the file was replaced by a named pipe.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return unreadable("it is not a regular file");
      const bytes = await readStart(handle);
      if (bytes.length > KEY_FILE_LIMIT) return unreadable("it is larger than 64 KiB");
      const key = bytes.toString("utf8").trim();
      return key === "" ? unreadable("it is empty") : { success: true, key };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable(reasonOf(error));
  }
}

/**
 * The values of `apiKeyFile` from which mux gets no key now. mux then uses the environment. A file on
 * a disk that does not respond is left out.
 */
export async function filesWithoutKey(
  providers: readonly ProviderConfig[],
): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const provider of providers) {
    const origin = keyOrigin(provider, {});
    if (origin.source === "key-file") paths.add(origin.path);
  }
  const found = await Promise.all(
    [...paths].map(async (path) => ((await hasNoKey(path)) ? [path] : [])),
  );
  return new Set(found.flat());
}

async function hasNoKey(path: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const read = readKeyFile(path).then(({ success }) => !success);
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

/** Reads slightly more than the limit, since some system files have size 0 and never end. */
async function readStart(handle: FileHandle): Promise<Buffer> {
  const bytes = Buffer.alloc(KEY_FILE_LIMIT + 8);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "this user may not read it";
  return typeof code === "string" ? `system error ${code}` : "reading it failed";
}
