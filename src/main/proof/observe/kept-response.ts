/** Keeps the beginning and the end of a response, so that its memory is bounded. */

const HEAD_LIMIT = 64 * 1024;

/** Large, because the last event of a responses stream repeats the whole output. */
const TAIL_LIMIT = 256 * 1024;

export interface KeptResponse {
  /** Adds the next bytes and returns how many of them belong to the head. */
  readonly add: (chunk: Uint8Array) => number;
  /** The first 64 KiB. */
  readonly head: () => string;
  /** Whether the response is longer than the head. */
  readonly isCut: () => boolean;
  /** The last 256 KiB from the start of a line; empty if the response is not cut. */
  readonly tail: () => string;
}

/** Starts with an empty response. */
export function keepResponse(): KeptResponse {
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
