/** Decodes the bytes of a file as UTF-8, up to a size limit. */
import { isUtf8 } from "node:buffer";

import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";

export const MAX_BYTES = 10 * 1024 * 1024;

/**
 * The text with its byte order mark, so that encoding it yields the same bytes. Fails with
 * `file_too_large` or `file_not_utf8`.
 */
export function decodeText(bytes: Buffer, file: string): Result<string> {
  if (bytes.length > MAX_BYTES) return failure("file_too_large", { file });
  const what = encodingProblem(bytes);
  return what === null ? success(bytes.toString("utf8")) : failure("file_not_utf8", { file, what });
}

/** White space, line breaks and the bytes of a byte order mark. */
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** Whether the bytes contain only white space and a byte order mark. */
export function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => BLANK.has(byte));
}

function encodingProblem(bytes: Buffer): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "it is UTF-16 (little endian)";
  if (first === 0xfe && second === 0xff) return "it is UTF-16 (big endian)";
  if (bytes.includes(0)) return "it contains NUL bytes, like UTF-16 and binary files";
  return isUtf8(bytes) ? null : "it contains invalid UTF-8 bytes";
}
