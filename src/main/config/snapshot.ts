/** The interpreted content of the file, or the reason why it cannot be read. */
import { success, type Result } from "../../shared/result";
import { parseDocument, type Document } from "../jsonc/document";
import { decodeText } from "../disk/file-bytes";
import { recoverOutline } from "../jsonc/outline";
import { ourHeadersIn } from "../mirror/mirrored-fields";
import { isObject, tokenIn } from "../mux/gateway-header";
import { NO_TOKENS, type KnownTokens } from "../mirror/known-tokens";
import { readProviders, type ReadProvider } from "./providers";
import { sameBytes } from "../disk/save-file";

export interface Snapshot {
  readonly bytes: Result<Buffer | null>;
  /** The document to edit, or the error in the file. */
  readonly document: Result<Document>;
  readonly providers: readonly ReadProvider[];
}

/**
 * A broken file still has the providers that can be recognized. A file that cannot be read has only the
 * built-in ones.
 */
export function snapshotOf(
  bytes: Result<Buffer | null>,
  file: string,
  knownTokens: KnownTokens = NO_TOKENS,
  before: Snapshot | null = null,
): Snapshot {
  const text = textOf(bytes, file);
  if (!text.success)
    return { bytes, document: text, providers: readProviders("", [], knownTokens) };
  return snapshotWith(bytes, parseDocument(text.data, file), text.data, knownTokens, before);
}

/** The same for a parsed text. `before`: an earlier snapshot, to reuse unchanged providers. */
export function snapshotWith(
  bytes: Result<Buffer | null>,
  document: Result<Document>,
  text: string,
  knownTokens: KnownTokens,
  before: Snapshot | null = null,
): Snapshot {
  const outline = document.success ? (document.data.root?.members ?? []) : recoverOutline(text);
  const unchanged = document.success ? unchangedSince(before, document.data) : undefined;
  return { bytes, document, providers: readProviders(text, outline, knownTokens, unchanged) };
}

/**
 * The providers with exactly the same text as before, by their keys. Those with a warning are excluded,
 * because it can name a line.
 */
function unchangedSince(
  before: Snapshot | null,
  { text, root }: Document,
): ReadonlyMap<string, ReadProvider> {
  const unchanged = new Map<string, ReadProvider>();
  if (!before?.document.success) return unchanged;
  const { data: old } = before.document;
  const members = new Map(old.root?.members.map((member) => [member.key, member]));
  const providers = new Map(before.providers.map((provider) => [provider.config.id, provider]));
  const seen = new Set<string>();
  for (const { key, start, end } of root?.members ?? []) {
    const [member, provider] = [members.get(key), providers.get(key)];
    const isSame =
      !seen.has(key) &&
      provider?.notices.length === 0 &&
      member !== undefined &&
      member.end - member.start === end - start &&
      text.startsWith(old.text.slice(member.start, member.end), start);
    seen.add(key);
    if (isSame) unchanged.set(key, provider);
    else unchanged.delete(key);
  }
  return unchanged;
}

function textOf(bytes: Result<Buffer | null>, file: string): Result<string> {
  if (!bytes.success) return bytes;
  return bytes.data === null ? success("") : decodeText(bytes.data, file);
}

/** Whether two reads had the same result: the same bytes or the same error. */
export function sameReading(a: Result<Buffer | null>, b: Result<Buffer | null>): boolean {
  if (a.success && b.success) return sameBytes(a.data, b.data);
  return !a.success && !b.success && a.error.message === b.error.message;
}

export interface TokenChange {
  /** Tokens that are new in a block or a header. */
  readonly added: readonly string[];
  /** Tokens that are no longer in any block. */
  readonly removed: readonly string[];
}

/** The gateway tokens that only one of the two snapshots contains. */
export function tokensBetween(before: Snapshot, after: Snapshot): TokenChange {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const inBlocks = [...now.inBlocks].filter((token) => !old.inBlocks.has(token));
  const inHeaders = [...now.inHeaders].filter((token) => !old.inHeaders.has(token));
  return {
    added: [...new Set([...inBlocks, ...inHeaders])],
    removed: [...old.inBlocks].filter((token) => !now.inBlocks.has(token)),
  };
}

function tokensOf({ providers }: Snapshot): {
  readonly inBlocks: ReadonlySet<string>;
  readonly inHeaders: ReadonlySet<string>;
} {
  const [inBlocks, inHeaders] = [new Set<string>(), new Set<string>()];
  for (const { blocks, entry } of providers) {
    for (const [, block] of blocks) {
      const token = isObject(block) ? block["token"] : null;
      // Trimmed, because it is compared with header values.
      if (typeof token === "string" && token.trim() !== "") inBlocks.add(token.trim());
    }
    const headers = entry?.values["headers"];
    if (entry === null || !isObject(headers)) continue;
    for (const name of ourHeadersIn(entry)) {
      const token = tokenIn(headers[name]);
      if (token !== null) inHeaders.add(token);
    }
  }
  return { inBlocks, inHeaders };
}
