/** Keeps complete responses for the gateway's cache. */

/** A response to repeat. */
export interface CachedAnswer {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Streams a response, and passes its complete body to `kept` at the end. */
export function keep(answer: Response, kept: (whole: CachedAnswer) => void): Response {
  const pieces: Uint8Array[] = [];
  const recorder = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, stream) => {
      pieces.push(piece);
      stream.enqueue(piece);
    },
    flush: () => kept({ headers: answer.headers, body: new Uint8Array(Buffer.concat(pieces)) }),
  });
  return new Response(answer.body?.pipeThrough(recorder) ?? null, answer);
}
