/** Adds and removes headers of responses. */

/** The same response, still streaming, with these headers added or replaced. */
export function withHeaders(answer: Response, more: Readonly<Record<string, string>>): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Filters headers by their lower-case name. */
export function without(headers: Headers, unwanted: (name: string) => boolean): Headers {
  return new Headers([...headers].filter(([name]) => !unwanted(name)));
}
