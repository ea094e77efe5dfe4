/** The header that carries a gateway's token, as a user's `headers` may have it. */
import { checkToken } from "../../shared/gateway-names";

/** As Cloudflare spells it (AI Gateway, configuration/authentication); case does not matter in HTTP. */
export const TOKEN_HEADER = "cf-aig-authorization";

/** The names under which `headers` has it, in the order of the file; none when it is no object. */
export function tokenHeadersIn(headers: unknown): readonly string[] {
  if (!isObject(headers)) return [];
  return Object.keys(headers).filter((name) => name.toLowerCase() === TOKEN_HEADER);
}

/** The header's value for a token. */
export function bearer(token: string): string {
  return `Bearer ${token}`;
}

/** The token in the header's value, or null when it is none that a header can carry. */
export function tokenIn(value: unknown): string | null {
  const token = typeof value === "string" ? /^Bearer +(\S+)$/i.exec(value.trim())?.[1] : undefined;
  return token !== undefined && checkToken(token).success ? token : null;
}

/** Every token that a header's value can mean: all of it, and what follows "Bearer". */
export function tokensNamedBy(value: unknown): readonly string[] {
  if (typeof value !== "string") return [];
  const whole = value.trim();
  const token = /^Bearer\s+(\S.*)$/i.exec(whole)?.[1];
  return [whole, ...(token === undefined ? [] : [token])].filter((text) => text !== "");
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
