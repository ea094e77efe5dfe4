/** Checks a token before it is stored for the first time. */
import { failure } from "../../shared/errors";
import { checkToken } from "../../shared/gateway-names";
import type { Result } from "../../shared/result";

/** The environment's credentials for Cloudflare's API (Cloudflare, wrangler and fundamentals/api). */
const API_VARIABLES = [
  "CLOUDFLARE_API_TOKEN",
  "CF_API_TOKEN",
  "CLOUDFLARE_API_KEY",
  "CF_API_KEY",
] as const;

/**
 * Checks a token that is not stored yet. Fails with `token_invalid`, and with `token_of_api` if it is
 * one for Cloudflare's API, which must not be written to providers.jsonc.
 */
export function checkNewToken(token: string, env: NodeJS.ProcessEnv): Result<string> {
  const variable = API_VARIABLES.find((name) => env[name]?.trim() === token.trim());
  if (variable !== undefined && token.trim() !== "") {
    return failure("token_of_api", { what: `This is the token in ${variable}.` });
  }
  return checkToken(token);
}
