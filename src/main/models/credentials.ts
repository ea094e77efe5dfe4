/** Reads a provider's API key from the same sources as mux. */
import { stat } from "node:fs/promises";
import { dirname, isAbsolute, parse } from "node:path";

import { failure } from "../../shared/errors";
import { catalogued } from "../../shared/providers";
import { success, type Result } from "../../shared/result";
import { keyFilePath, readKeyFile } from "../mux/key-file";
import { keyOrigin } from "../mux/key-source";
import type { ProviderConfig } from "../mux/provider-config";

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
      const key = await readFileOf(provider, origin.path);
      if (key.success) return checkKey(provider, key.data);
      const next = keyOrigin(provider, env, new Set([origin.path]));
      return next.source === "environment" ? checkKey(provider, next.key) : key;
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

async function readFileOf(provider: ProviderConfig, path: string): Promise<Result<string>> {
  const found = await readKeyFile(path);
  if (found.success) return success(found.key);
  const file = keyFilePath(path);
  const shown = (await isSurelyPath(file)) ? file : null;
  return failure("key_file_unreadable", {
    provider: provider.id,
    file: shown,
    reason: found.reason,
  });
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
