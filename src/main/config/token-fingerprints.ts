/**
 * Stores salted hashes of all gateway tokens that the panel has written. A token in a header is then
 * recognized after a manual edit has removed its block, without storing the token itself again.
 */
import { createHash, randomBytes } from "node:crypto";

import { failure } from "../../shared/errors";
import { checkToken } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";
import { openJsonFile } from "../disk/json-file";
import { lightFormat, membersOf, type Members } from "../disk/light-format";
import { writtenTokens, type KnownTokens } from "../mirror/known-tokens";
import type { Log } from "../text/log";
import type { TokenChange } from "./snapshot";

/** Hexadecimal. The salt has 16 random bytes. A hash is the SHA-256 of salt and token. */
interface SavedTokens extends Members {
  readonly salt: string;
  readonly hashes: readonly string[];
}

interface Settings {
  readonly version: 1;
  readonly tokens?: SavedTokens;
}

const FORMAT = lightFormat<Settings>(({ version, tokens }) => {
  if (version !== 1) return null;
  const known = tokensOf(membersOf(tokens));
  return known === null ? { version } : { version, tokens: known };
});

function tokensOf(members: Members): SavedTokens | null {
  const { salt, hashes } = members;
  if (typeof salt !== "string" || !/^[0-9a-f]{32,}$/.test(salt)) return null;
  const isList = Array.isArray(hashes) && hashes.every((hash) => typeof hash === "string");
  return isList ? { ...members, salt, hashes } : null;
}

export interface TokenFingerprints {
  /** The tokens in the current file, including those of other processes. Never rejects. */
  readonly read: () => Promise<KnownTokens>;
  /** Must be called before the tokens are written. Fails with a file system or lock error. */
  readonly remember: (tokens: readonly string[]) => Promise<Result<null>>;
}

export interface FingerprintOptions {
  /** Null keeps the hashes in memory until the process ends. */
  readonly settingsFile: string | null;
  readonly log: Log;
}

/** Opens the token hashes in settings.json. */
export function openTokenFingerprints({
  settingsFile,
  log,
}: FingerprintOptions): TokenFingerprints {
  const settings = openJsonFile<Settings>({
    file: settingsFile,
    schema: FORMAT,
    // Version 0.1.0 expects `homes` in every file.
    empty: () => ({ version: 1, homes: [] }),
    log,
  });
  let known: { readonly of: Settings; readonly tokens: KnownTokens } | null = null;
  /** All hashes that this process has read, by salt, in case the file is damaged or removed. */
  const seen = new Map<string, Set<string>>();

  return {
    read: async () => {
      const now = await settings.read();
      if (known?.of !== now) {
        see(seen, now);
        known = { of: now, tokens: writtenTokens((token) => isSeen(seen, token)) };
      }
      return known.tokens;
    },
    remember: async (tokens) => {
      const saved = await settings.change((before) => withHashes(before, tokens));
      if (!saved.success) return saved;
      see(seen, saved.data);
      return success(null);
    },
  };
}

function see(seen: Map<string, Set<string>>, { tokens }: Settings): void {
  if (tokens === undefined) return;
  const hashes = seen.get(tokens.salt) ?? new Set();
  for (const hash of tokens.hashes) hashes.add(hash);
  seen.set(tokens.salt, hashes);
}

function isSeen(seen: ReadonlyMap<string, ReadonlySet<string>>, token: string): boolean {
  return [...seen].some(([salt, hashes]) => hashes.has(hashOf(salt, token)));
}

function withHashes(before: Settings, tokens: readonly string[]): Settings {
  const known = before.tokens ?? { salt: randomBytes(16).toString("hex"), hashes: [] };
  const hashes = tokens.map((token) => hashOf(known.salt, token));
  return {
    ...before,
    tokens: { ...known, hashes: [...new Set([...known.hashes, ...hashes])] },
  };
}

function hashOf(salt: string, token: string): string {
  return createHash("sha256").update(`${salt}:${token}`).digest("hex");
}

/**
 * Makes a change, but stores the hashes of its new tokens first. `change` passes its tokens to
 * `mayWrite` before it writes. If the result is false, it must return a failure, and is called again
 * after the hashes are stored. Fails with `token_not_remembered` if they cannot be stored. Tokens
 * that the change removes from their last block are stored afterwards, if possible. `expected`: a
 * token that the change will probably write, so that it need not be made twice.
 */
export async function rememberTokensFirst<T>(
  fingerprints: TokenFingerprints,
  change: (mayWrite: (tokens: TokenChange) => boolean) => Promise<Result<T>>,
  expected: string | null = null,
): Promise<Result<T>> {
  const remembered = new Set<string>();
  const isValid = expected !== null && checkToken(expected).success;
  if (isValid && !(await fingerprints.read()).isToken(expected)) {
    // If it fails, the change reports that when it is about to write the token.
    await fingerprints.remember([expected]);
  }
  for (;;) {
    const known = await fingerprints.read();
    const isNew = (token: string) => !remembered.has(token) && !known.isToken(token);
    let newlyAdded: readonly string[] = [];
    let newlyRemoved: readonly string[] = [];
    const changed = await change(({ added, removed }) => {
      newlyAdded = added.filter(isNew);
      newlyRemoved = removed.filter(isNew);
      return newlyAdded.length === 0;
    });
    if (newlyAdded.length === 0) {
      if (changed.success && newlyRemoved.length > 0) await fingerprints.remember(newlyRemoved);
      return changed;
    }
    const saved = await fingerprints.remember(newlyAdded);
    if (!saved.success) return failure("token_not_remembered", { why: saved.error.message });
    for (const token of newlyAdded) remembered.add(token);
  }
}
