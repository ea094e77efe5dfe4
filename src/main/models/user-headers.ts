/** The `headers` that a user gave a provider in the file. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { ProviderConfig } from "../mux/provider-config";

/** Short words with dashes between them. Any other name may be a key in the wrong place. */
const PLAIN_NAME = /^(?:[a-z]{1,14}-){0,3}[a-z]{1,14}$/i;

/** Begins as providers' keys do, or is long and has digits. */
const LIKE_A_KEY = /^(?:sk|pk|rk|gsk|xai|key|pat|ghp|AIza)[-_A-Z0-9]|^(?=.*\d).{20,}$/;

/**
 * What the HTTP client sets itself. undici refuses the most of them in the middle of a request,
 * ignores `host`, and would send a proxy's login to the provider.
 */
const CLIENTS_OWN: ReadonlySet<string> = new Set([
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

/** undici sends these values of `connection`, and refuses all others. */
const CONNECTION = /^(?:close|keep-alive)$/i;

/**
 * `headers` as the file has them, text values only, as mux passes them on. Fails with
 * `header_invalid` for one that no request can carry, and with `header_not_allowed` for one that
 * the HTTP client sets itself; no message quotes a value, nor a name that may be a secret.
 */
export function readUserHeaders(provider: ProviderConfig): Result<Record<string, string>> {
  const written = provider.values["headers"];
  const headers: Record<string, string> = {};
  if (typeof written !== "object" || written === null || Array.isArray(written)) {
    return success(headers);
  }
  for (const [index, [name, value]] of Object.entries(written).entries()) {
    if (typeof value !== "string") continue;
    if (!canBeSent(name, value)) {
      const header = PLAIN_NAME.test(name) ? name : null;
      return failure("header_invalid", { provider: provider.id, header, place: index + 1 });
    }
    if (isClientsOwn(name.toLowerCase(), value)) {
      return failure("header_not_allowed", { provider: provider.id, header: name });
    }
    headers[name] = value;
  }
  return success(headers);
}

/** The values of headers, and the names that look like keys: the two are easily swapped. */
export function headerSecrets(headers: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(headers).filter((name) => LIKE_A_KEY.test(name));
  return [...Object.values(headers), ...names];
}

function isClientsOwn(name: string, value: string): boolean {
  return name === "connection" ? !CONNECTION.test(value) : CLIENTS_OWN.has(name);
}

function canBeSent(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}
