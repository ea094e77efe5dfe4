/** What one state of the file on disk means, whatever that state is. */
import type { GatewayError } from "../../shared/errors";
import type { Result } from "../../shared/result";
import { parseDocument } from "../jsonc/document";
import { decodeText } from "../disk/file-bytes";
import { recoverOutline } from "../jsonc/outline";
import { ourHeadersIn } from "../mirror/mirror-marks";
import { isObject, tokenIn } from "../mux/gateway-header";
import { NO_TOKENS, type KnownTokens } from "../mirror/known-tokens";
import { readProviders, type ReadProvider } from "./providers";
import { sameBytes } from "../disk/save-file";

export interface Snapshot {
  readonly bytes: Result<Buffer | null>;
  readonly problem: GatewayError | null;
  readonly providers: readonly ReadProvider[];
}

/** Of a file that is broken, what can still be read; of one that cannot be read, the built-in providers. */
export function snapshotOf(
  bytes: Result<Buffer | null>,
  file: string,
  written: KnownTokens = NO_TOKENS,
): Snapshot {
  if (!bytes.success)
    return { bytes, problem: bytes.error, providers: readProviders("", [], written) };
  if (bytes.data === null)
    return { bytes, problem: null, providers: readProviders("", [], written) };
  const text = decodeText(bytes.data, file);
  if (!text.success)
    return { bytes, problem: text.error, providers: readProviders("", [], written) };
  const document = parseDocument(text.data, file);
  const outline = document.success
    ? (document.data.root?.members ?? [])
    : recoverOutline(text.data);
  return {
    bytes,
    problem: document.success ? null : document.error,
    providers: readProviders(text.data, outline, written),
  };
}

/** Whether two readings found the same: the same bytes, or the same reason for none. */
export function sameReading(a: Result<Buffer | null>, b: Result<Buffer | null>): boolean {
  if (a.success && b.success) return sameBytes(a.data, b.data);
  return !a.success && !b.success && a.error.message === b.error.message;
}

export interface TokenChange {
  /** New in a block or in a header. */
  readonly added: readonly string[];
  /** Gone from every block. */
  readonly removed: readonly string[];
}

/** The gateway tokens that `before` and `after` do not both have. */
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
  for (const { blocks, written } of providers) {
    for (const [, block] of blocks) {
      const token = isObject(block) ? block["token"] : null;
      if (typeof token === "string" && token !== "") inBlocks.add(token);
    }
    const headers = written?.values["headers"];
    if (written === null || !isObject(headers)) continue;
    for (const name of ourHeadersIn(written)) {
      const token = tokenIn(headers[name]);
      if (token !== null) inHeaders.add(token);
    }
  }
  return { inBlocks, inHeaders };
}
