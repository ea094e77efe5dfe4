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

/** A keyring that reverses the bits of every byte. */
function keyring(backend: Backend, isAvailable = true): SecretFileOptions["storage"] {
  const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.concat([Buffer.from("v11"), flipped(Buffer.from(text))]),
    decryptString: (bytes) => {
      if (bytes.subarray(0, 3).toString() !== "v11") throw new Error("Decryption failed.");
      return flipped(bytes.subarray(3)).toString();
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
  ["encryption is not available", { storage: keyring("kwallet", false) }],
  [
    "encryption is not available on macOS",
    { storage: keyring("unknown", false), platform: "darwin" },
  ],
] as const)("stores nothing when %s", async (_, options) => {
  const store = open(options);
  expect(await store.isAvailable?.()).toBe(false);
  expect(await store.set(SECRET)).toMatchObject({ error: { code: "secrets_unavailable" } });
  expect(await readdir(directory)).toEqual([]);
  await writeFile(join(directory, "cloudflare-api-token"), "v11old");
  expect(await store.get()).toBe(null);
  expect(await store.delete()).toMatchObject({ success: true });
  expect(await readdir(directory)).toEqual([]);
});

it("reads no secret when the file was encrypted with another keyring", async () => {
  await writeFile(join(directory, "cloudflare-api-token"), "v10other");
  expect(await open().get()).toBe(null);
});

it("needs no keyring's name when the platform is not Linux", async () => {
  const store = open({ storage: keyring("unknown"), platform: "win32" });
  expect(await store.isAvailable?.()).toBe(true);
});
