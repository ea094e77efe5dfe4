/** The `headers` that a user gave a provider in the file. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";
import type { ProviderConfig } from "../mux/provider-config";

/**
 * `headers` as the file has them, text values only, as mux passes them on. Fails with
 * `header_invalid` for one that no request can carry; the message does not quote its value.
 */
export function readUserHeaders(provider: ProviderConfig): Result<Record<string, string>> {
  const written = provider.values["headers"];
  const headers: Record<string, string> = {};
  if (typeof written !== "object" || written === null || Array.isArray(written)) {
    return success(headers);
  }
  for (const [name, value] of Object.entries(written)) {
    if (typeof value !== "string") continue;
    if (!canBeSent(name, value)) {
      return failure("header_invalid", { provider: provider.id, header: name });
    }
    headers[name] = value;
  }
  return success(headers);
}

function canBeSent(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}
