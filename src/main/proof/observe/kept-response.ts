/** Keeps a response: all of it to be judged, and its beginning to be shown. */

/** How much of the beginning is shown, in bytes. */
const HEAD_LIMIT = 64 * 1024;

export interface KeptResponse {
  /** Takes the next bytes and answers how many of them belong to the beginning. */
  readonly add: (chunk: Uint8Array) => number;
  /** The first 64 KiB. */
  readonly head: () => string;
  /** Whether the response is longer than its head. */
  readonly isCut: () => boolean;
  /** Everything up to now; whoever adds limits how much that is. */
  readonly whole: () => string;
}

/** Starts with nothing. */
export function keepResponse(): KeptResponse {
  // One buffer that doubles: a list of chunks would cost a hundred times the response, byte by byte.
  let buffer = Buffer.alloc(HEAD_LIMIT);
  let bytes = 0;
  return {
    add: (chunk) => {
      const inHead = Math.min(chunk.length, Math.max(0, HEAD_LIMIT - bytes));
      if (bytes + chunk.length > buffer.length) {
        const longer = Buffer.alloc(Math.max(2 * buffer.length, bytes + chunk.length));
        longer.set(buffer.subarray(0, bytes));
        buffer = longer;
      }
      buffer.set(chunk, bytes);
      bytes += chunk.length;
      return inHead;
    },
    head: () => buffer.toString("utf8", 0, Math.min(bytes, HEAD_LIMIT)),
    isCut: () => bytes > HEAD_LIMIT,
    whole: () => buffer.toString("utf8", 0, bytes),
  };
}
