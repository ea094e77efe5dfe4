/** Reads and checks the `headers` of a provider in the file. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { ProviderConfig } from "../mux/provider-config";

/** Short words with dashes between them. Any other name may be a key that was pasted by mistake. */
const PLAIN_NAME = /^(?:[a-z]{1,14}-){0,3}[a-z]{1,14}$/i;

/** Starts with a common prefix of API keys, or is long and has digits. */
const LOOKS_LIKE_KEY = /^(?:sk|pk|rk|gsk|xai|key|pat|ghp|AIza)[-_A-Z0-9]|^(?=.*\d).{20,}$/;

/**
 * Headers that the HTTP client sets itself. undici throws on most of them in the middle of a
 * request, ignores `host`, and would send a proxy's credentials to the provider.
 */
const CLIENT_HEADERS: ReadonlySet<string> = new Set([
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** undici accepts only these values of `connection`. */
const CONNECTION_VALUE = /^(?:close|keep-alive)$/i;

/**
 * Reads `headers` like mux, which ignores values that are not strings. Fails with `header_invalid`
 * for a header that HTTP does not allow, and with `header_not_allowed` for one that the HTTP client
 * sets itself. No message quotes a value, nor a name that may be a secret.
 */
export function readUserHeaders(provider: ProviderConfig): Result<Record<string, string>> {
  const written = provider.values["headers"];
  const headers: Record<string, string> = {};
  if (typeof written !== "object" || written === null || Array.isArray(written)) {
    return success(headers);
  }
  for (const [index, [name, value]] of Object.entries(written).entries()) {
    if (typeof value !== "string") continue;
    if (!isValidHeader(name, value)) {
      const header = PLAIN_NAME.test(name) ? name : null;
      return failure("header_invalid", { provider: provider.id, header, place: index + 1 });
    }
    if (isSetByClient(name.toLowerCase(), value)) {
      return failure("header_not_allowed", { provider: provider.id, header: name });
    }
    headers[name] = value;
  }
  return success(headers);
}

/** The header values, and the names that look like keys in case the two were swapped. */
export function headerSecrets(headers: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(headers).filter((name) => LOOKS_LIKE_KEY.test(name));
  return [...Object.values(headers), ...names];
}

function isSetByClient(name: string, value: string): boolean {
  return name === "connection" ? !CONNECTION_VALUE.test(value) : CLIENT_HEADERS.has(name);
}

function isValidHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}
