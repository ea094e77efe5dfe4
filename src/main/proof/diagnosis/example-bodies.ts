/** Bodies of Cloudflare's errors, for the examples of the rules. */

/** The body of an AI Gateway error, in the older form. */
export function gatewayBody(code: number, message: string): object {
  return { success: false, result: [], messages: [], error: [{ code, message }] };
}

/** The body of an error of Cloudflare's API. */
export function apiBody(code: number, message: string): object {
  return { result: null, success: false, errors: [{ code, message }], messages: [] };
}

/** The body of an error of Cloudflare's edge, for clients that accept JSON. */
export function edgeBody(code: number, title: string, status: number): object {
  return {
    type: `https://developers.cloudflare.com/support/error-${code}/`,
    title: `Error ${code}: ${title}`,
    status,
    detail: title,
    error_code: code,
    cloudflare_error: true,
  };
}
