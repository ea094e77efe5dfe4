/** The response bodies of Cloudflare's API: results, pages and errors. */

export interface ApiError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The member of the input that is wrong. */
  readonly path?: readonly (string | number)[];
  readonly chain?: readonly { readonly code: number; readonly message: string }[];
}

/** Cloudflare's documented and reported errors. */
export const API_REFUSALS = {
  header: {
    status: 400,
    code: 6003,
    message: "Invalid request headers",
    chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
  },
  token: { status: 401, code: 1000, message: "Invalid API Token" },
  permission: { status: 403, code: 10000, message: "Authentication error" },
  object: { status: 404, code: 7002, message: "Object not found" },
  route: {
    status: 404,
    code: 7003,
    message: "Could not route to the requested URI, perhaps your object identifier is invalid?",
  },
} as const satisfies Readonly<Record<string, ApiError>>;

/** An input error at one member. */
export function inputError(path: readonly (string | number)[], message: string): ApiError {
  return { status: 400, code: 7001, message, path };
}

/** A failed answer in the API's envelope. */
export function refused({ status, code, message, path, chain }: ApiError): Response {
  const error = {
    code,
    message,
    ...(path === undefined ? {} : { path }),
    ...(chain === undefined ? {} : { error_chain: chain }),
  };
  return Response.json(
    { success: false, errors: [error], messages: [], result: null },
    { status, headers: API_HEADERS },
  );
}

/** A result in the API's envelope. */
export function result(value: unknown, more: object = {}): Response {
  const body = { success: true, errors: [], messages: [], result: value, ...more };
  return Response.json(body, { headers: API_HEADERS });
}

const API_HEADERS = { "api-version": "2026-11-01", Ratelimit: '"default";r=1199;t=300' } as const;

/** One page of a list, with the query's `page` and `per_page`. */
export function paged(
  items: readonly unknown[],
  query: URLSearchParams,
  largest: number,
): Response {
  const page = count(query.get("page"), 1);
  const perPage = count(query.get("per_page"), 20);
  if (page === null) return refused(inputError(["query", "page"], "Expected a positive number"));
  if (perPage === null || perPage > largest) {
    const message = `Number must be less than or equal to ${largest}`;
    return refused(inputError(["query", "per_page"], message));
  }
  const shown = items.slice((page - 1) * perPage, page * perPage);
  return result(shown, {
    result_info: {
      page,
      per_page: perPage,
      count: shown.length,
      total_count: items.length,
      total_pages: Math.ceil(items.length / perPage),
    },
  });
}

/** Null for anything but a positive whole number. */
function count(text: string | null, usual: number): number | null {
  if (text === null) return usual;
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}
