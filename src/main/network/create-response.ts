/** Creates a Response for statuses and reason phrases that the standard constructor refuses. */

export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Iterable<readonly [name: string, value: string]>;
}

/** The reason phrases that the constructor accepts (Fetch standard, "initialize a response"). */
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Creates a response with any status, since servers also send invalid ones such as 999. A reason
 * phrase with control characters is left out.
 */
export function createResponse(
  body: ReadableStream<Uint8Array> | null,
  { status, statusText, headers }: ResponseHead,
): Response {
  const isValid = status >= 200 && status <= 599;
  const response = new Response(body, {
    // 500, so that `ok` is false for an invalid status too.
    status: isValid ? status : 500,
    statusText: REASON_PHRASE.test(statusText) ? statusText : "",
    headers: [...headers].map(([name, value]): [string, string] => [name, value]),
  });
  if (!isValid) Object.defineProperty(response, "status", { value: status });
  return response;
}
