/** Tests `safeStorage` with and without a keyring (Electron's docs/api/safe-storage.md and its sources). */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createSafeStorage, selectBackend } from "./safe-storage.mjs";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "safe-storage-"));
});

afterEach(() => rmSync(directory, { recursive: true, maxRetries: 10 }));

function open({
  env = {},
  store,
  ready = true,
}: Partial<{
  env: NodeJS.ProcessEnv;
  store: string;
  ready: boolean;
}> = {}) {
  const switches = new Map(store === undefined ? [] : [["password-store", store]]);
  return createSafeStorage({ switches, env, isReady: () => ready, platform: "linux" });
}

/** A GNOME desktop whose keyring is a file. */
function desktop(name = "keyring") {
  return { XDG_CURRENT_DESKTOP: "ubuntu:GNOME", CHROMIUM_ELECTRON_KEYRING: join(directory, name) };
}

it.each([
  [undefined, {}, "basic_text"],
  [undefined, { XDG_CURRENT_DESKTOP: "i3" }, "basic_text"],
  [undefined, { XDG_CURRENT_DESKTOP: "ubuntu:GNOME" }, "gnome_libsecret"],
  [undefined, { XDG_CURRENT_DESKTOP: "KDE", KDE_SESSION_VERSION: "6" }, "kwallet6"],
  ["basic", { XDG_CURRENT_DESKTOP: "GNOME" }, "basic_text"],
  ["kwallet5", {}, "kwallet5"],
])("selects by --password-store=%s and %j the backend %s", (store, env, backend) => {
  expect(selectBackend(store, env)).toBe(backend);
  expect(
    open({ env, ...(store === undefined ? {} : { store }) }).getSelectedStorageBackend?.(),
  ).toBe(backend);
});

describe("without a keyring", () => {
  it("refuses synchronous encryption when the backend is basic_text", () => {
    const storage = open();
    expect(storage.isEncryptionAvailable()).toBe(false);
    expect(() => storage.encryptString("secret")).toThrow("Encryption is not available.");
    expect(() => storage.decryptString(Buffer.from("v10"))).toThrow("Decryption is not available.");
  });

  it("encrypts with the fixed password when the app asks for plain text encryption", () => {
    const storage = open();
    storage.setUsePlainTextEncryption(true);
    expect(storage.isEncryptionAvailable()).toBe(true);
    const encrypted = storage.encryptString("secret");
    expect(encrypted.subarray(0, 3).toString()).toBe("v10");
    expect(storage.decryptString(encrypted)).toBe("secret");
  });

  it("claims and does asynchronous encryption with the fixed password, as Electron does", async () => {
    const storage = open();
    expect(await storage.isAsyncEncryptionAvailable()).toBe(true);
    const encrypted = await storage.encryptStringAsync("secret");
    expect(encrypted.subarray(0, 3).toString()).toBe("v10");
    expect(await open().decryptStringAsync(encrypted)).toEqual({
      shouldReEncrypt: false,
      result: "secret",
    });
  });

  it("is not available when the desktop is known and its keyring is missing", () => {
    const storage = open({ env: { XDG_CURRENT_DESKTOP: "GNOME" } });
    expect(storage.getSelectedStorageBackend?.()).toBe("gnome_libsecret");
    expect(storage.isEncryptionAvailable()).toBe(false);
    storage.setUsePlainTextEncryption(true);
    expect(storage.isEncryptionAvailable()).toBe(false);
  });

  it("still encrypts asynchronously when the desktop's keyring is missing, with the fixed password", async () => {
    const storage = open({ env: { XDG_CURRENT_DESKTOP: "GNOME" } });
    expect(await storage.isAsyncEncryptionAvailable()).toBe(true);
    const encrypted = await storage.encryptStringAsync("secret");
    expect(encrypted.subarray(0, 3).toString()).toBe("v10");
  });
});

describe("with a keyring", () => {
  it("decrypts in a later process with the same keyring, in both ways", async () => {
    const text = "токен €";
    const encrypted = open({ env: desktop() }).encryptString(text);
    expect(encrypted.subarray(0, 3).toString()).toBe("v11");
    expect(encrypted.toString("latin1")).not.toContain(text);
    const later = open({ env: desktop() });
    expect(later.isEncryptionAvailable()).toBe(true);
    expect(later.decryptString(encrypted)).toBe(text);
    expect(await later.decryptStringAsync(encrypted)).toEqual({
      shouldReEncrypt: false,
      result: text,
    });
    expect(statSync(join(directory, "keyring")).mode & 0o777).toBe(0o600);
  });

  it("fails to decrypt when the keyring is another one or the text is damaged", async () => {
    const encrypted = open({ env: desktop() }).encryptString("secret");
    const other = open({ env: desktop("other") });
    const failure = "Error while decrypting the ciphertext";
    // A wrong key can, rarely, decrypt to garbage.
    const wrong = await other.decryptStringAsync(encrypted).then(
      ({ result }) => result,
      (error: Error) => error.message,
    );
    expect(wrong).not.toBe("secret");
    const storage = open({ env: desktop() });
    expect(() => storage.decryptString(encrypted.subarray(0, 10))).toThrow(failure);
    expect(() => storage.decryptString(Buffer.from("never encrypted"))).toThrow(
      "Ciphertext does not appear to be encrypted.",
    );
    await expect(storage.decryptStringAsync(Buffer.from("never encrypted"))).rejects.toThrow(
      failure,
    );
  });

  it("asks to encrypt again what was encrypted before there was a keyring", async () => {
    const encrypted = await open().encryptStringAsync("secret");
    expect(await open({ env: desktop() }).decryptStringAsync(encrypted)).toEqual({
      shouldReEncrypt: true,
      result: "secret",
    });
  });
});

it("cannot be used before the app is ready", async () => {
  const storage = open({ env: desktop(), ready: false });
  expect(storage.isEncryptionAvailable()).toBe(false);
  expect(await storage.isAsyncEncryptionAvailable()).toBe(false);
  expect(storage.getSelectedStorageBackend?.()).toBe("unknown");
  expect(() => storage.encryptString("secret")).toThrow("before app is ready");
  await expect(storage.encryptStringAsync("secret")).rejects.toThrow("before app is ready");
  await expect(storage.decryptStringAsync(Buffer.from("v11"))).rejects.toThrow(
    "before app is ready",
  );
});

it("has no getSelectedStorageBackend when the system is not Linux", () => {
  const storage = createSafeStorage({
    switches: new Map(),
    env: {},
    isReady: () => true,
    platform: "darwin",
  });
  expect(storage.getSelectedStorageBackend).toBeUndefined();
});
