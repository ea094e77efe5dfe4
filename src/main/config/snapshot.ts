/** What one state of the file on disk means, whatever that state is. */
import type { GatewayError } from "../../shared/errors";
import type { Result } from "../../shared/result";
import { parseDocument } from "../jsonc/document";
import { decodeText } from "../disk/file-bytes";
import { recoverOutline } from "../jsonc/outline";
import { readProviders, type ReadProvider } from "./providers";
import { sameBytes } from "../disk/save-file";

export interface Snapshot {
  readonly bytes: Result<Buffer | null>;
  readonly problem: GatewayError | null;
  readonly providers: readonly ReadProvider[];
}

/** Of a file that is broken, what can still be read; of one that cannot be read, the built-in providers. */
export function snapshotOf(bytes: Result<Buffer | null>, file: string): Snapshot {
  if (!bytes.success) return { bytes, problem: bytes.error, providers: readProviders("", []) };
  if (bytes.data === null) return { bytes, problem: null, providers: readProviders("", []) };
  const text = decodeText(bytes.data, file);
  if (!text.success) return { bytes, problem: text.error, providers: readProviders("", []) };
  const document = parseDocument(text.data, file);
  const outline = document.success
    ? (document.data.root?.members ?? [])
    : recoverOutline(text.data);
  return {
    bytes,
    problem: document.success ? null : document.error,
    providers: readProviders(text.data, outline),
  };
}

/** Whether two readings found the same: the same bytes, or the same reason for none. */
export function sameReading(a: Result<Buffer | null>, b: Result<Buffer | null>): boolean {
  if (a.success && b.success) return sameBytes(a.data, b.data);
  return !a.success && !b.success && a.error.message === b.error.message;
}
