/** The header for a gateway's token, and its spellings in a provider's `headers`. */
import { checkToken } from "../../shared/gateway-names";

/** Source: Cloudflare AI Gateway, configuration/authentication. HTTP ignores the case. */
export const TOKEN_HEADER = "cf-aig-authorization";

/** All spellings of the name in `headers`, in the order of the file; none if it is not an object. */
export function tokenHeadersIn(headers: unknown): readonly string[] {
  if (!isObject(headers)) return [];
  return Object.keys(headers).filter((name) => name.toLowerCase() === TOKEN_HEADER);
}

/** The header value that carries a token. */
export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The token in a header value, or null if it has no valid token. */
export function tokenIn(value: unknown): string | null {
  const token = typeof value === "string" ? /^Bearer +(\S+)$/i.exec(value.trim())?.[1] : undefined;
  return token !== undefined && checkToken(token).success ? token : null;
}

/** All possible tokens in a header value: the whole value, and the part after "Bearer". */
export function possibleTokensIn(value: unknown): readonly string[] {
  if (typeof value !== "string") return [];
  const whole = value.trim();
  const token = /^Bearer\s+(\S.*)$/i.exec(whole)?.[1];
  return [whole, ...(token === undefined ? [] : [token])].filter((text) => text !== "");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
