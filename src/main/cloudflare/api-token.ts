/** The texts that can be an API token. */
import { failure } from "../../shared/errors";
import { isGlobalApiKey } from "../../shared/gateway-names";
import { success, type Result } from "../../shared/result";

/** Visible ASCII without spaces, as a header needs it. */
const TOKEN = /^[\x21-\x7e]{8,4096}$/;

/** The token in the environment; null if there is none. */
export function environmentToken(env: NodeJS.ProcessEnv): string | null {
  const token = env["CLOUDFLARE_API_TOKEN"]?.trim() ?? "";
  return token === "" ? null : token;
}

/** Fails with `api_token_invalid`. Only Cloudflare knows whether a token works. */
export function checkApiToken(text: string): Result<null> {
  if (isGlobalApiKey(text)) {
    const what = "This is the account's global API key, which may do everything.";
    return failure("api_token_invalid", { what });
  }
  if (TOKEN.test(text)) return success(null);
  const what =
    text === ""
      ? "The token is empty."
      : /^[\x21-\x7e]*$/.test(text)
        ? `The token has ${text.length} characters, which is too ${text.length < 8 ? "short" : "long"}.`
        : "The token contains a space, a line break or another character that is not allowed.";
  return failure("api_token_invalid", { what });
}
