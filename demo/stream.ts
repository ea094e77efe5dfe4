/** Converts undici's bodies to the type that the global `Response` accepts. */

/** A stream that reads these chunks on demand. */
export function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (stream) => {
      const piece = await iterator.next();
      if (piece.done) stream.close();
      else stream.enqueue(piece.value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
