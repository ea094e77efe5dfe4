import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { PRIVATE_FILE } from "../disk/testing/posix";
import { openSecretFile, type SecretFileOptions } from "./secret-file";
import { removeDirectory } from "../text/testing/remove-directory";

const SECRET = "cf-canary-api-token-0123456789";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "secret-file-"));
});
afterEach(() => removeDirectory(directory));

type Backend = ReturnType<SecretFileOptions["storage"]["getSelectedStorageBackend"]>;

interface Keyring {
  readonly isAvailable?: boolean;
  /** The key that encrypts now; "v10" is the password in Chromium's source. */
  readonly key?: string;
  /** The keys that decrypt. */
  readonly known?: readonly string[];
}

/** A keyring that reverses the bits of every byte. */
function keyring(
  backend: Backend,
  { isAvailable = true, key = "v11", known = [key] }: Keyring = {},
): SecretFileOptions["storage"] {
  const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) =>
      Buffer.concat([Buffer.from(key), flipped(Buffer.from(text))]),
    decryptStringAsync: async (bytes) => {
      const used = bytes.subarray(0, 3).toString();
      if (!known.includes(used)) throw new Error("Decryption failed.");
      const result = flipped(bytes.subarray(3)).toString();
      return { result, shouldReEncrypt: used !== key };
    },
  };
}

function open(options: Partial<SecretFileOptions> = {}) {
  const file = join(directory, "cloudflare-api-token");
  const usual = { file, storage: keyring("gnome_libsecret"), platform: "linux" } as const;
  return openSecretFile({ ...usual, ...options });
}

it("keeps a secret encrypted in a private file until it is deleted", async () => {
  const store = open();
  expect(await store.get()).toBe(null);
  expect(await store.set("the first")).toMatchObject({ success: true });
  expect(await store.set(SECRET)).toMatchObject({ success: true });
  const [name = "", ...others] = await readdir(directory);
  expect(others).toEqual([]);
  const bytes = await readFile(join(directory, name));
  expect(bytes.includes(SECRET)).toBe(false);
  expect((await stat(join(directory, name))).mode & 0o777).toBe(PRIVATE_FILE);
  expect(await open().get()).toBe(SECRET);
  expect(await store.delete()).toMatchObject({ success: true });
  expect(await readdir(directory)).toEqual([]);
  expect(await store.get()).toBe(null);
  expect(await store.delete()).toMatchObject({ success: true });
});

it.each([
  ["only plain text is available", { storage: keyring("basic_text") }],
  ["the backend is unknown", { storage: keyring("unknown") }],
  ["encryption is not available", { storage: keyring("kwallet", { isAvailable: false }) }],
  ["the desktop's keyring is missing", { storage: keyring("gnome_libsecret", { key: "v10" }) }],
  [
    "encryption is not available on macOS",
    { storage: keyring("unknown", { isAvailable: false }), platform: "darwin" },
  ],
] as const)("stores nothing when %s", async (_, options) => {
  const store = open(options);
  expect(await store.isAvailable?.()).toBe(false);
  expect(await store.set(SECRET)).toMatchObject({ error: { code: "secrets_unavailable" } });
  expect(await readdir(directory)).toEqual([]);
  await writeFile(join(directory, "cloudflare-api-token"), "v10old");
  expect(await store.get()).toBe(null);
  expect(await store.delete()).toMatchObject({ success: true });
  expect(await readdir(directory)).toEqual([]);
});

it("reads no secret that was encrypted with the public password", async () => {
  const both = keyring("gnome_libsecret", { known: ["v10", "v11"] });
  const plain = await keyring("basic_text", { key: "v10" }).encryptStringAsync(SECRET);
  await writeFile(join(directory, "cloudflare-api-token"), plain);
  expect(await open({ storage: both }).get()).toBe(null);
});

it("encrypts a secret again when the keyring has a newer key", async () => {
  await open().set(SECRET);
  const newer = open({
    storage: keyring("gnome_libsecret", { key: "v12", known: ["v11", "v12"] }),
  });
  expect(await newer.get()).toBe(SECRET);
  const only = open({ storage: keyring("gnome_libsecret", { key: "v12" }) });
  expect(await only.get()).toBe(SECRET);
});

it("keeps a readable secret when it cannot be encrypted again", async () => {
  await open().set(SECRET);
  const storage = {
    ...keyring("gnome_libsecret", { key: "v12", known: ["v11"] }),
    encryptStringAsync: () => Promise.reject(new Error("The keyring is locked.")),
  };
  const store = open({ storage });
  expect(await store.isAvailable?.()).toBe(false);
  expect(await store.get()).toBe(SECRET);
  expect(await open().get()).toBe(SECRET);
});

it("reads no secret when the file was encrypted with another keyring", async () => {
  await writeFile(join(directory, "cloudflare-api-token"), "v19other");
  expect(await open().get()).toBe(null);
});

it("needs no keyring's name when the platform is not Linux", async () => {
  // There, Chromium's mark for the system's own key is "v10".
  const store = open({ storage: keyring("unknown", { key: "v10" }), platform: "win32" });
  expect(await store.isAvailable?.()).toBe(true);
  expect(await store.set(SECRET)).toMatchObject({ success: true });
  expect(await store.get()).toBe(SECRET);
});
