/** Electron's `safeStorage`: the same formats and errors as Chromium's on Linux, with a file in place of a keyring. */
import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import fs from "node:fs";

import { strict } from "./strict.mjs";

/** @typedef {"basic_text" | "gnome_libsecret" | "kwallet" | "kwallet5" | "kwallet6"} Backend */

/** `--password-store` (components/os_crypt/sync/key_storage_util_linux.cc). */
const STORES = new Map(
  /** @type {[string, Backend][]} */ ([
    ["basic", "basic_text"],
    ["gnome-libsecret", "gnome_libsecret"],
    ["kwallet", "kwallet"],
    ["kwallet5", "kwallet5"],
    ["kwallet6", "kwallet6"],
  ]),
);

/** Desktops for which Chromium selects libsecret (base/nix/xdg_util.cc and Electron's documentation). */
const LIBSECRET_DESKTOPS = new Set([
  "Deepin",
  "GNOME",
  "Pantheon",
  "UKUI",
  "Unity",
  "X-Cinnamon",
  "XFCE",
]);

/**
 * The password manager that Chromium selects. It may still be missing or locked.
 *
 * @param {string | undefined} store the value of `--password-store`
 * @param {NodeJS.ProcessEnv} env
 * @returns {Backend}
 */
export function selectBackend(store, env) {
  const chosen = STORES.get(store ?? "");
  if (chosen !== undefined) return chosen;
  for (const desktop of (env["XDG_CURRENT_DESKTOP"] ?? "").split(":")) {
    if (LIBSECRET_DESKTOPS.has(desktop)) return "gnome_libsecret";
    if (desktop === "KDE") {
      const version = env["KDE_SESSION_VERSION"];
      return version === "6" ? "kwallet6" : version === "5" ? "kwallet5" : "kwallet";
    }
  }
  return "basic_text";
}

/**
 * Chromium's key derivation and cipher on Linux. The fixed salt, vector and count protect nothing by themselves: the
 * password does.
 *
 * @param {string} password
 */
function cipherOf(password) {
  const key = pbkdf2Sync(password, "saltysalt", 1, 16, "sha1");
  const vector = Buffer.alloc(16, " ");
  return {
    /** @param {string} text */
    encrypt(text) {
      const cipher = createCipheriv("aes-128-cbc", key, vector);
      return Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    },
    /** @param {Buffer} encrypted */
    decrypt(encrypted) {
      const decipher = createDecipheriv("aes-128-cbc", key, vector);
      return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
    },
  };
}

/** The password of `basic_text`, which is the same on every computer. */
const PLAIN = { prefix: "v10", ...cipherOf("peanuts") };

/**
 * The key in the simulated keyring, created at its first use like a real one, or undefined without a keyring.
 *
 * @param {string | undefined} file
 */
function keyringCipher(file) {
  if (!file) return undefined;
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, randomBytes(16).toString("base64"), { mode: 0o600 });
  }
  return { prefix: "v11", ...cipherOf(fs.readFileSync(file, "utf8")) };
}

/**
 * @param {{ switches: Map<string, string>, env: NodeJS.ProcessEnv, isReady: () => boolean, platform?: NodeJS.Platform }} options
 */
export function createSafeStorage({ switches, env, isReady, platform = process.platform }) {
  const linux = platform === "linux";
  let mayUsePlainText = false;
  const backend = () => selectBackend(switches.get("password-store"), env);
  const secret = () =>
    linux && backend() === "basic_text"
      ? undefined
      : keyringCipher(env["CHROMIUM_ELECTRON_KEYRING"]);
  const usesPlainText = () => linux && mayUsePlainText && backend() === "basic_text";

  /** @param {string} call */
  function requireAvailable(call) {
    if (!isReady()) throw new Error("safeStorage cannot be used before app is ready");
    const key = secret() ?? (usesPlainText() ? PLAIN : undefined);
    if (key !== undefined) return key;
    throw new Error(
      call === "encryptString"
        ? "Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available."
        : "Error while decrypting the ciphertext provided to safeStorage.decryptString. Decryption is not available.",
    );
  }

  /**
   * @param {Buffer} encrypted
   * @returns {string | undefined} undefined: another key, or damaged
   */
  function decrypt(encrypted) {
    const prefix = encrypted.subarray(0, 3).toString("latin1");
    const key = [secret(), PLAIN].find((candidate) => candidate?.prefix === prefix);
    try {
      return key?.decrypt(encrypted.subarray(3));
    } catch {
      return undefined;
    }
  }

  /**
   * @param {{ prefix: string, encrypt: (text: string) => Buffer }} key
   * @param {string} text
   */
  function encrypt(key, text) {
    if (text === "") return Buffer.alloc(0);
    return Buffer.concat([Buffer.from(key.prefix), key.encrypt(text)]);
  }

  /** @param {unknown} text */
  function requireText(text) {
    if (typeof text !== "string") {
      throw new TypeError("Error processing argument at index 0, conversion failure");
    }
    return text;
  }

  return strict("safeStorage", {
    isEncryptionAvailable: () => isReady() && (secret() !== undefined || usesPlainText()),

    /** @param {string} plainText */
    encryptString(plainText) {
      const text = requireText(plainText);
      return encrypt(requireAvailable("encryptString"), text);
    },

    /** @param {Buffer} encrypted */
    decryptString(encrypted) {
      requireAvailable("decryptString");
      if (!Buffer.isBuffer(encrypted)) {
        throw new Error("Expected the first argument of decryptString() to be a buffer");
      }
      if (encrypted.length === 0) return "";
      const failure =
        "Error while decrypting the ciphertext provided to safeStorage.decryptString.";
      if (!/^v1[01]/.test(encrypted.subarray(0, 3).toString("latin1"))) {
        throw new Error(`${failure} Ciphertext does not appear to be encrypted.`);
      }
      const text = decrypt(encrypted);
      if (text === undefined) throw new Error(failure);
      return text;
    },

    /** True also where only the fixed password is available: check the backend as well. */
    isAsyncEncryptionAvailable: async () => isReady(),

    /** @param {string} plainText */
    async encryptStringAsync(plainText) {
      const text = requireText(plainText);
      if (!isReady()) throw new Error("safeStorage cannot be used before app is ready");
      return encrypt(secret() ?? PLAIN, text);
    },

    /** @param {Buffer} encrypted */
    async decryptStringAsync(encrypted) {
      if (!isReady()) throw new Error("safeStorage cannot be used before app is ready");
      if (!Buffer.isBuffer(encrypted)) {
        throw new Error("Expected the first argument of decryptStringAsync() to be a buffer");
      }
      if (encrypted.length === 0) return { shouldReEncrypt: false, result: "" };
      const result = decrypt(encrypted);
      if (result === undefined) {
        throw new Error(
          "Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.",
        );
      }
      const current = (secret() ?? PLAIN).prefix;
      const shouldReEncrypt = encrypted.subarray(0, 3).toString("latin1") !== current;
      return { shouldReEncrypt, result };
    },

    /** @param {boolean} usePlainText */
    setUsePlainTextEncryption(usePlainText) {
      mayUsePlainText = usePlainText;
    },

    // Other systems have no such function.
    getSelectedStorageBackend: linux ? () => (isReady() ? backend() : "unknown") : undefined,
  });
}
