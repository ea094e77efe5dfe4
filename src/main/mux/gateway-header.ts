/** The gateway's headers that a provider's `headers` can have, and their spellings. */
import { checkToken } from "../../shared/gateway-names";

/** Source: Cloudflare AI Gateway, configuration/authentication. HTTP ignores the case. */
export const TOKEN_HEADER = "cf-aig-authorization";

/**
 * With the value "false", the gateway does not store prompts and responses in its log. Source:
 * Cloudflare AI Gateway, observability/logging.
 */
export const LOG_HEADER = "cf-aig-collect-log-payload";

/** All spellings of a name in `headers`, in the order of the file; none if it is not an object. */
export function headersNamed(name: string, headers: unknown): readonly string[] {
  if (!isObject(headers)) return [];
  return Object.keys(headers).filter((each) => each.toLowerCase() === name);
}

/** All spellings of the token's header. */
export function tokenHeadersIn(headers: unknown): readonly string[] {
  return headersNamed(TOKEN_HEADER, headers);
}

/** The names that are not among the others. A file can have very many spellings of one name. */
export function namesWithout(
  names: readonly string[],
  others: readonly string[],
): readonly string[] {
  const left = new Set(others);
  return names.filter((name) => !left.has(name));
}

/** Whether the value of the log's header keeps prompts out of the log. */
export function hidesPrompts(value: unknown): boolean {
  return typeof value === "string" && value.trim().toLowerCase() === "false";
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
