/** Keeps the beginning and the end of an answer, so that memory is bounded however long it is. */

/** How much of the beginning is kept, in bytes. */
const HEAD_LIMIT = 64 * 1024;

/** How much of the end is kept, in bytes: the last event of a responses stream repeats the answer. */
const TAIL_LIMIT = 256 * 1024;

export interface KeptAnswer {
  /** Takes the next bytes and answers how many of them belong to the beginning. */
  readonly add: (chunk: Uint8Array) => number;
  /** The first 64 KiB. */
  readonly head: () => string;
  /** Whether the answer is longer than its head. */
  readonly isCut: () => boolean;
  /** The last 256 KiB from the start of a line; empty while the head is the whole answer. */
  readonly tail: () => string;
}

/** Starts with nothing. */
export function keepAnswer(): KeptAnswer {
  const chunks: Uint8Array[] = [];
  let headBytes = 0;
  let bytes = 0;
  let ring: Buffer | null = null;

  const write = (into: Buffer, chunk: Uint8Array): void => {
    const fitting = chunk.subarray(Math.max(0, chunk.length - TAIL_LIMIT));
    const start = (bytes + chunk.length - fitting.length) % TAIL_LIMIT;
    const untilEnd = fitting.subarray(0, TAIL_LIMIT - start);
    into.set(untilEnd, start);
    into.set(fitting.subarray(untilEnd.length), 0);
    bytes += chunk.length;
  };

  return {
    add: (chunk) => {
      const part = chunk.subarray(0, HEAD_LIMIT - headBytes);
      if (part.length > 0) chunks.push(part.slice());
      headBytes += part.length;
      if (part.length < chunk.length && ring === null) {
        ring = Buffer.alloc(TAIL_LIMIT);
        write(ring, Buffer.concat(chunks));
        write(ring, chunk.subarray(part.length));
      } else if (ring !== null) {
        write(ring, chunk);
      }
      return part.length;
    },
    head: () => Buffer.concat(chunks).toString("utf8"),
    isCut: () => ring !== null,
    tail: () => {
      if (ring === null) return "";
      if (bytes <= TAIL_LIMIT) return ring.toString("utf8", 0, bytes);
      const start = bytes % TAIL_LIMIT;
      const text = Buffer.concat([ring.subarray(start), ring.subarray(0, start)]).toString("utf8");
      const lineEnd = text.indexOf("\n");
      return lineEnd < 0 ? "" : text.slice(lineEnd + 1);
    },
  };
}
