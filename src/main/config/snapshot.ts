/** The interpreted content of the file, or the reason why it cannot be read. */
import { success, type Result } from "../../shared/result";
import { parseDocument, type Document, type Member } from "../jsonc/document";
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
  const unchanged = document.success ? unchangedSince(before, document.data) : [];
  return { bytes, document, providers: readProviders(text, outline, knownTokens, unchanged) };
}

/**
 * For each member of the root, the provider that had exactly the same text before. Those with a warning
 * are excluded, because it can name a line.
 */
function unchangedSince(
  before: Snapshot | null,
  { text, root }: Document,
): readonly (ReadProvider | undefined)[] {
  if (!before?.document.success) return [];
  const { data: old } = before.document;
  const providers = new Map(before.providers.map((provider) => [provider.config.id, provider]));
  const members = old.root?.members ?? [];
  let byKey: ReadonlyMap<string, Member> | null = null;
  return (
    root?.members.map(({ key, start, end }, index) => {
      // Most members stay in their places, and an index of all others costs more.
      const usual = members[index];
      const member =
        usual?.key === key
          ? usual
          : (byKey ??= new Map(members.map((each) => [each.key, each]))).get(key);
      if (member === undefined || member.end - member.start !== end - start) return undefined;
      // Comparing parts is several times as fast as `startsWith`.
      if (old.text.slice(member.start, member.end) !== text.slice(start, end)) return undefined;
      const provider = providers.get(key);
      return provider?.notices.length === 0 ? provider : undefined;
    }) ?? []
  );
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
