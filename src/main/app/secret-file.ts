/** Keeps one secret in a file of the app's data folder, encrypted by the operating system. */
import type { SafeStorage } from "electron";

import { failure } from "../../shared/errors";
import { success } from "../../shared/result";
import type { SecretStore } from "../cloudflare/secret-store";
import { changeFile } from "../disk/change-file";
import { readBytes } from "../disk/read-file";

export interface SecretFileOptions {
  /** Absolute path. Created with mode 0600 when a secret is stored. */
  readonly file: string;
  readonly storage: Pick<
    SafeStorage,
    "isEncryptionAvailable" | "getSelectedStorageBackend" | "encryptString" | "decryptString"
  >;
  readonly platform: NodeJS.Platform;
}

/**
 * Opens the file. Without a keyring on Linux, Electron would encrypt with a password that anyone can
 * read in its source, so nothing is stored there (`secrets_unavailable`).
 */
export function openSecretFile({ file, storage, platform }: SecretFileOptions): SecretStore {
  const isAvailable = (): boolean => {
    if (!storage.isEncryptionAvailable()) return false;
    if (platform !== "linux") return true;
    const backend = storage.getSelectedStorageBackend();
    return backend !== "basic_text" && backend !== "unknown";
  };
  return {
    isAvailable: async () => isAvailable(),
    get: async () => {
      const bytes = await readBytes(file);
      if (!bytes.success || bytes.data === null || !isAvailable()) return null;
      try {
        return storage.decryptString(bytes.data);
      } catch {
        // The keyring was replaced, or the file comes from another computer.
        return null;
      }
    },
    set: async (secret) => {
      if (!isAvailable()) return failure("secrets_unavailable");
      const encrypted = storage.encryptString(secret);
      const saved = await changeFile(file, () => success(encrypted), { isOwn: true });
      return saved.success ? success(null) : saved;
    },
    delete: async () => {
      const there = await readBytes(file);
      if (there.success && there.data === null) return success(null);
      const deleted = await changeFile(file, () => success(null), { isOwn: true });
      return deleted.success ? success(null) : deleted;
    },
  };
}
