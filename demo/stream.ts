/** The one place where undici's body becomes one that the global `Response` takes. */

/** A stream of these pieces, taken one by one as they are asked for. */
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
