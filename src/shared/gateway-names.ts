/** Validates account IDs, gateway names, segments and tokens by Cloudflare's rules. */
import { inputFailure } from "./input-errors";
import { success, type Result } from "./result";
import { hasNoChat, KNOWN_SEGMENTS } from "./segments";

const ACCOUNT_ID = /^[0-9a-f]{32}$/;
const GATEWAY_NAME = /^[a-z0-9_-]{1,64}$/;
const CUSTOM_SEGMENT = /^custom-[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** A token must be valid in an HTTP header after "Bearer ": visible ASCII without spaces. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

/** A shell variable, a placeholder or a password manager's reference, which is not resolved here. */
const IS_REFERENCE = /^(?:\$|%[^%]*%$|\{[^{}]*\}$|op:\/\/)/;

/** Checks a Cloudflare account ID: 32 lowercase hex characters (dashboard, Account home). */
export function checkAccountId(text: string): Result<string> {
  if (ACCOUNT_ID.test(text)) return success(text);
  return inputFailure("account_id_invalid", { what: accountIdProblem(text) });
}

/** Checks a gateway name: 1–64 of a–z, 0–9, `-`, `_` (AI Gateway, reference/limits). */
export function checkGatewayName(text: string): Result<string> {
  if (GATEWAY_NAME.test(text)) return success(text);
  return inputFailure("gateway_name_invalid", { what: gatewayNameProblem(text) });
}

/**
 * Checks the segment of a provider: `custom-<slug>` (AI Gateway, configuration/custom-providers) or
 * a documented segment.
 */
export function checkSegment(text: string): Result<string> {
  if (CUSTOM_SEGMENT.test(text) || KNOWN_SEGMENTS.has(text)) return success(text);
  const what =
    text === ""
      ? "The segment is missing."
      : text.startsWith("custom-")
        ? "The slug after “custom-” must be a–z, 0–9 and -, and end with a letter or digit."
        : hasNoChat(text)
          ? `“${text}” has no OpenAI-compatible chat endpoint, so mux cannot use it.`
          : noSegment(text);
  return inputFailure("segment_invalid", { what });
}

/** A global API key: 37 hex characters (Cloudflare, fundamentals/api). It may do everything. */
const GLOBAL_API_KEY = /^[0-9a-f]{37}$/i;

/** Whether a text is an account's global API key. */
export function isGlobalApiKey(text: string): boolean {
  return GLOBAL_API_KEY.test(text);
}

/**
 * Checks that a token is valid in a header, and no global API key. Only a test shows whether
 * Cloudflare accepts it.
 */
export function checkToken(text: string): Result<string> {
  if (isGlobalApiKey(text)) {
    return inputFailure("token_of_api", { what: "This is the account's global API key." });
  }
  if (TOKEN.test(text) && !IS_REFERENCE.test(text)) return success(text);
  const what =
    text === ""
      ? "The token is empty."
      : text.length > 4096
        ? "The token is longer than 4,096 characters."
        : IS_REFERENCE.test(text)
          ? "This is the name of a secret, not the token itself. Enter the token."
          : "The token contains a space, a line break or another character that is not allowed.";
  return inputFailure("token_invalid", { what });
}

function accountIdProblem(text: string): string {
  if (text.trim() === "") return "The account ID is missing.";
  if (text !== text.trim()) return "The account ID has spaces around it.";
  if (text.includes("/")) return "This looks like a URL, not an account ID.";
  if (/^[0-9a-f]{32}$/i.test(text)) return "The account ID must be in lowercase.";
  const strange = /[^0-9a-f]/iu.exec(text);
  if (strange) return `An account ID cannot contain ${named(strange[0])}.`;
  return `The account ID has ${text.length} characters instead of 32.`;
}

function gatewayNameProblem(text: string): string {
  if (text.trim() === "") return "The gateway name is missing.";
  if (text !== text.trim()) return "The gateway name has spaces around it.";
  if (text.length > 64) return `The gateway name has ${text.length} characters; 64 is the limit.`;
  if (/[A-Z]/.test(text)) return "The gateway name must be in lowercase.";
  const strange = /[^a-z0-9_-]/u.exec(text);
  return `A gateway name cannot contain ${named(strange?.[0] ?? text)}.`;
}

/** A character as shown in a sentence. */
function named(character: string): string {
  return /^\s$/u.test(character) ? "a space" : `“${character}”`;
}

/** Quotes only short, plain texts: others may be a token pasted into the wrong field. */
function noSegment(text: string): string {
  return /^[a-z-]{1,30}$/.test(text)
    ? `Cloudflare has no segment named “${text}”.`
    : "This is not the name of a segment.";
}
