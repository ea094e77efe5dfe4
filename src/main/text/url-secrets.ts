/** Finds and redacts the secrets in a URL: user, password, query values and fragment. */
import type { Redact } from "./redact";

const REPLACEMENT = "redacted";

/** The AI SDK adds this parameter to request a stream from Google. */
const HARMLESS_PARAMETERS: ReadonlySet<string> = new Set(["alt=sse"]);

/**
 * Returns the user, password, query values and fragment of a URL, as written and decoded. A parameter
 * without a value counts as a value. Also handles texts that are not valid URLs.
 */
export function urlSecrets(text: string): readonly string[] {
  const [beforeFragment = "", ...fragment] = text.split("#");
  const [beforeQuery = "", ...query] = beforeFragment.split("?");
  const authority = beforeQuery.slice(beforeQuery.indexOf("//") + 2).split("/")[0] ?? "";
  const at = authority.lastIndexOf("@");
  const found = [
    ...(at < 0 ? [] : [authority.slice(0, at), ...authority.slice(0, at).split(":")]),
    ...query.join("?").split("&").filter(isSecret).map(valueOf),
    fragment.join("#"),
  ];
  return [...new Set(found.flatMap((value) => [value, decoded(value)]))].filter(Boolean);
}

/**
 * Removes user, password and fragment from the URL and replaces its query values. `redact` removes
 * other secrets.
 */
export function redactUrl(text: string, redact: Redact = (unchanged) => unchanged): string {
  if (!URL.canParse(text)) return redact(text);
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  if (url.search !== "") {
    const shown = url.search.slice(1).split("&");
    url.search = shown.map((each) => (isSecret(each) ? redacted(each) : each)).join("&");
  }
  return redact(url.href);
}

function isSecret(parameter: string): boolean {
  return !HARMLESS_PARAMETERS.has(parameter);
}

function valueOf(parameter: string): string {
  const equals = parameter.indexOf("=");
  return equals < 0 || equals === parameter.length - 1
    ? parameter.replace("=", "")
    : parameter.slice(equals + 1);
}

function redacted(parameter: string): string {
  const equals = parameter.indexOf("=");
  const hasValue = equals > 0 && equals < parameter.length - 1;
  return hasValue ? `${parameter.slice(0, equals)}=${REPLACEMENT}` : REPLACEMENT;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
