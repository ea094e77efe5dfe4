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
  /** Electron's asynchronous calls: it removes the others in version 46. */
  readonly storage: Pick<
    SafeStorage,
    | "isAsyncEncryptionAvailable"
    | "getSelectedStorageBackend"
    | "encryptStringAsync"
    | "decryptStringAsync"
  >;
  readonly platform: NodeJS.Platform;
}

/** Chromium's mark of a text that was encrypted with a key from a keyring. */
const WITH_KEYRING = /^v(?!10)\d\d/;

/**
 * Opens the file. Without a keyring on Linux, Electron encrypts with a password that anyone can read in
 * its source, so nothing is stored there (`secrets_unavailable`). It then still calls encryption
 * available, and names the keyring of the desktop although that is missing. Only the encrypted text
 * tells which key was used.
 */
export function openSecretFile({ file, storage, platform }: SecretFileOptions): SecretStore {
  const isPlain = (encrypted: Buffer): boolean =>
    platform === "linux" && !WITH_KEYRING.test(encrypted.toString("latin1", 0, 3));

  const mayEncrypt = async (): Promise<boolean> => {
    if (platform === "linux") {
      const backend = storage.getSelectedStorageBackend();
      if (backend === "basic_text" || backend === "unknown") return false;
    }
    return storage.isAsyncEncryptionAvailable();
  };

  /** Null where only plain text is available. */
  const encrypt = async (text: string): Promise<Buffer | null> => {
    if (!(await mayEncrypt())) return null;
    const encrypted = await storage.encryptStringAsync(text);
    return isPlain(encrypted) ? null : encrypted;
  };

  const set: SecretStore["set"] = async (secret) => {
    const encrypted = await encrypt(secret);
    if (encrypted === null) return failure("secrets_unavailable");
    const saved = await changeFile(file, () => success(encrypted), { isOwn: true });
    return saved.success ? success(null) : saved;
  };

  return {
    isAvailable: async () => {
      try {
        return (await encrypt("Is there a keyring?")) !== null;
      } catch {
        // The keyring is locked.
        return false;
      }
    },
    get: async () => {
      const bytes = await readBytes(file);
      if (!bytes.success || bytes.data === null || isPlain(bytes.data)) return null;
      if (!(await mayEncrypt())) return null;
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(bytes.data);
        // With the key that is in use now. If that fails, the older one still works.
        if (shouldReEncrypt) await set(result).catch(() => undefined);
        return result;
      } catch {
        // The keyring was replaced or is locked, or the file comes from another computer.
        return null;
      }
    },
    set,
    delete: async () => {
      const there = await readBytes(file);
      if (there.success && there.data === null) return success(null);
      const deleted = await changeFile(file, () => success(null), { isOwn: true });
      return deleted.success ? success(null) : deleted;
    },
  };
}
