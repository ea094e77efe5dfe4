/** Cloudflare's documented errors and their response bodies. */

interface ErrorRow {
  readonly code: number;
  readonly status: number;
  readonly message: string;
}

/**
 * The gateway's errors (AI Gateway, reference and public reports). A code with several meanings has
 * several rows; without a message, the first one applies.
 */
export const GATEWAY_ERRORS = [
  { code: 2001, status: 400, message: "Please configure AI Gateway in the Cloudflare dashboard" },
  { code: 2002, status: 400, message: "Failed to parse model output" },
  { code: 2003, status: 429, message: "Rate limited" },
  { code: 2005, status: 502, message: "Failed to get response from provider" },
  { code: 2008, status: 400, message: "Invalid provider" },
  { code: 2009, status: 401, message: "Unauthorized" },
  { code: 2016, status: 424, message: "Prompt blocked due to security configurations" },
  { code: 2017, status: 424, message: "Response blocked due to security configurations" },
  { code: 2018, status: 429, message: "Wholesale Rate limited" },
  { code: 2019, status: 400, message: "Chat completion bad format" },
  { code: 2021, status: 402, message: "Insufficient AI Gateway credits" },
  { code: 2021, status: 402, message: "Insufficient balance" },
  {
    code: 2021,
    status: 402,
    message: "This model is not available via unified billing. Please use BYOK",
  },
  { code: 2021, status: 402, message: "Wholesale rate limit exceeded" },
  {
    code: 2021,
    status: 402,
    message: "Gateway authentication is required to use unified billing",
  },
  { code: 2029, status: 424, message: "Request blocked by data loss prevention" },
  { code: 2030, status: 424, message: "Response blocked by data loss prevention" },
  {
    code: 2040,
    status: 400,
    message:
      "Provider 'anthropic' has no BYOK credential named 'work'. Configured aliases: default, team",
  },
  {
    code: 2040,
    status: 403,
    message: "Model or provider could not be resolved for spend-limit enforcement",
  },
  { code: 2041, status: 429, message: "Spend limit exceeded: rule 'monthly budget'" },
  { code: 2045, status: 429, message: "Spend limit exceeded: rule 'per-user budget'" },
  { code: 2049, status: 403, message: "Gateway authentication is required to use unified billing" },
  { code: 7000, status: 400, message: "No route for that URI" },
  { code: 7001, status: 405, message: "GET not supported for requested URI" },
  {
    code: 7003,
    status: 404,
    message: "Could not route to the requested URI, perhaps your object identifier is invalid?",
  },
] as const satisfies readonly ErrorRow[];

/** Errors of Cloudflare's API, which returns them in `errors`. */
export const API_ERRORS = [
  { code: 9106, status: 401, message: "Missing X-Auth-Key, X-Auth-Email or Authorization headers" },
  { code: 9109, status: 403, message: "Invalid access token" },
  { code: 10000, status: 403, message: "Authentication error" },
] as const satisfies readonly ErrorRow[];

export type CloudflareErrorCode =
  (typeof GATEWAY_ERRORS)[number]["code"] | (typeof API_ERRORS)[number]["code"];

/**
 * The gateway's two body formats: 1 has the code only in an `error` array, 2 also has it as
 * `internalCode` with a name and a description. Errors of the API have a different body.
 */
export type ErrorShape = 1 | 2;

/**
 * Cloudflare's error response. `message` selects the row of the code that contains it. A message
 * that no row contains is sent unchanged, with the status of the code's first row.
 */
export function errorAnswer(
  code: CloudflareErrorCode,
  { message, shape = 1 }: { readonly message?: string; readonly shape?: ErrorShape } = {},
): Response {
  const rows: readonly ErrorRow[] = [...GATEWAY_ERRORS, ...API_ERRORS].filter(
    (row) => row.code === code,
  );
  const chosen = rows.find((row) => message === undefined || row.message.includes(message));
  const status = (chosen ?? rows[0])?.status ?? 400;
  const row = { code, status, message: chosen?.message ?? message ?? "" };
  const ofApi = API_ERRORS.some((error) => error.code === code);
  return Response.json(ofApi ? apiBody(row) : gatewayBody(row, shape), { status });
}

function gatewayBody({ code, status, message }: ErrorRow, shape: ErrorShape): object {
  const body = { success: false, result: [], messages: [], error: [{ code, message }] };
  if (shape === 1) return body;
  const named = { name: "AiGatewayError", httpCode: status, internalCode: code };
  return { ...body, ...named, message, description: message };
}

function apiBody({ code, message }: ErrorRow): object {
  return { result: null, success: false, errors: [{ code, message }], messages: [] };
}
