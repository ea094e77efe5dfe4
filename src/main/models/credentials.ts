/** Reads a provider's API key from the same sources as mux. */
import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, parse } from "node:path";

import { failure } from "../../shared/errors";
import { catalogued } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { keyOrigin } from "../mux/key-source";
import type { ProviderConfig } from "../mux/provider-config";

/** mux's limit for a key file, in bytes. */
const KEY_FILE_LIMIT = 64 * 1024;

/** Keys consist of visible ASCII; other characters are copying mistakes. */
const KEY = /^[\x21-\x7e]+$/;

/**
 * The provider's key, or null for a provider that needs none (custom ones and Ollama).
 *
 * Fails with `key_missing`, `key_file_unreadable` or `key_invalid`; no message quotes the key.
 * Source: mux, provider settings (order of the sources, `~`, a regular file of at most 64 KiB).
 */
export async function readKey(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): Promise<Result<string | null>> {
  const origin = keyOrigin(provider, env);
  switch (origin.source) {
    case "file":
    case "environment":
      return checkKey(provider, origin.key);
    case "key-file": {
      const key = await readKeyFile(provider, origin.path);
      return key.success ? checkKey(provider, key.data) : key;
    }
    case "none":
      if (provider.kind === "custom" || catalogued(provider)?.keyVariables.length === 0) {
        return success(null);
      }
      return failure("key_missing", { provider: provider.id, variables: origin.variables });
    default:
      return origin satisfies never;
  }
}

function checkKey(provider: ProviderConfig, key: string): Result<string> {
  return KEY.test(key) ? success(key) : failure("key_invalid", { provider: provider.id });
}

async function readKeyFile(provider: ProviderConfig, path: string): Promise<Result<string>> {
  const file = path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
  const unreadable = async (reason: string) => {
    const shown = (await isSurelyPath(file)) ? file : null;
    return failure("key_file_unreadable", { provider: provider.id, file: shown, reason });
  };
  try {
    // Checked before opening, because opening a device alone can have an effect.
    if (!(await stat(file)).isFile()) return await unreadable("it is not a regular file");
    // Non-blocking, in case the file was replaced by a named pipe.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return await unreadable("it is not a regular file");
      const bytes = await readStart(handle);
      if (bytes.length > KEY_FILE_LIMIT) return await unreadable("it is larger than 64 KiB");
      const key = bytes.toString("utf8").trim();
      return key === "" ? await unreadable("it is empty") : success(key);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return await unreadable(reasonOf(error));
  }
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

/**
 * Whether a text is a path and not a key that was pasted by mistake. A key may contain slashes, but
 * does not start with the name of an existing folder.
 */
async function isSurelyPath(file: string): Promise<boolean> {
  const folder = dirname(file);
  if (!isAbsolute(file) || folder === parse(file).root) return false;
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "this user may not read it";
  return typeof code === "string" ? `system error ${code}` : "reading it failed";
}
