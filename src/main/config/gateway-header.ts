/** The header that carries a gateway's token, as a user's `headers` may have it. */

/** As Cloudflare spells it (AI Gateway, configuration/authentication); case does not matter in HTTP. */
export const TOKEN_HEADER = "cf-aig-authorization";

/** The names under which `headers` has it, in the order of the file; none when it is no object. */
export function tokenHeadersIn(headers: unknown): readonly string[] {
  if (!isObject(headers)) return [];
  return Object.keys(headers).filter((name) => name.toLowerCase() === TOKEN_HEADER);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
