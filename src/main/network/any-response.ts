/** A Response of whatever a server said, where the standard constructor refuses to make one. */

export interface ResponseStart {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Iterable<readonly [name: string, value: string]>;
}

/** What the constructor takes (Fetch standard, "initialize a response"). */
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The response, with its status even where that is none that the standard lets a program make (999
 * is seen in the wild), and without a reason phrase that holds control characters.
 */
export function anyResponse(
  body: ReadableStream<Uint8Array> | null,
  { status, statusText, headers }: ResponseStart,
): Response {
  const usual = status >= 200 && status <= 599;
  const response = new Response(body, {
    // Not `ok` either.
    status: usual ? status : 500,
    statusText: REASON.test(statusText) ? statusText : "",
    headers: [...headers].map(([name, value]): [string, string] => [name, value]),
  });
  if (!usual) Object.defineProperty(response, "status", { value: status });
  return response;
}
