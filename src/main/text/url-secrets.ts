/** Finds and redacts the secrets in a URL: user, password, path steps that look like keys, query values and fragment. */
import { atGatewayHost } from "../../shared/gateway-host";
import { looksLikeKey } from "./key-like";
import type { Redact } from "./redact";

const REPLACEMENT = "redacted";

/** The AI SDK adds this parameter to request a stream from Google. */
const HARMLESS_PARAMETERS: ReadonlySet<string> = new Set(["alt=sse"]);

/** A path without a match has no step to hide. */
const MAY_HOLD_KEY = /[^/]{12}|key|token|secret/i;

/** The step after one of these is a key. */
const KEY_FOLLOWS = /^(?:api[-_]?)?(?:key|token|secret)s?$/i;
const FOLLOWING_LENGTH = 8;

/** Cloudflare's own API, whose account IDs are public. */
const CLOUDFLARE_API = /^https:\/\/api\.cloudflare\.com\/client\/v4\//i;

/**
 * Returns the user, password, query values and fragment of a URL, and the steps of its path that
 * look like keys, as written and decoded. A parameter without a value counts as a value. Also handles
 * texts that are not valid URLs.
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
    ...keySteps(beforeQuery),
  ];
  return [...new Set(found.flatMap((value) => [value, decoded(value)]))].filter(Boolean);
}

/** Replaces each step of the path that looks like a key. The URL has no query. */
export function withoutKeySteps(url: string): string {
  const secrets = new Set(keySteps(url));
  if (secrets.size === 0) return url;
  const start = pathStart(url);
  const path = url.slice(start).replace(STEP, (step) => (secrets.has(step) ? REPLACEMENT : step));
  return url.slice(0, start) + path;
}

/**
 * Removes user, password and fragment from the URL, and replaces its query values and the steps of
 * its path that look like keys. `redact` removes other secrets.
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
  const [path = "", ...query] = url.href.split("?");
  return redact([withoutKeySteps(path), ...query].join("?"));
}

/** URL parsers read a backslash as a slash. */
const STEP = /[^\\/]+/g;

/** On the gateway's host, version, account, gateway and segment are public. */
const PUBLIC_GATEWAY_STEPS = 4;

/** The steps of a path that look like keys, except public names of Cloudflare. */
function keySteps(url: string): readonly string[] {
  const path = url.slice(pathStart(url));
  if (!MAY_HOLD_KEY.test(path)) return [];
  const steps = path.match(STEP) ?? [];
  const publicSteps = atGatewayHost(url) === null ? 0 : PUBLIC_GATEWAY_STEPS;
  return steps.filter((step, at) => {
    const before = steps[at - 1] ?? "";
    if (at < publicSteps || (before === "accounts" && CLOUDFLARE_API.test(url))) return false;
    const word = decoded(step);
    return looksLikeKey(word) || (KEY_FOLLOWS.test(before) && word.length >= FOLLOWING_LENGTH);
  });
}

/** Where the path starts; the length of the URL when it has none. */
function pathStart(url: string): number {
  return (
    /^[a-z][a-z\d+.-]*:[\\/]*[^\\/]*/i.exec(url)?.[0].length ??
    /^[^\\/]*/.exec(url)?.[0].length ??
    0
  );
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

/** Removes possible secrets: user, password, query, fragment and keys in the path. Null unless it is an HTTP URL. */
export function publicUrl(text: string): string | null {
  // Nothing in it has to be parsed to be shown.
  if (/^https?:\/\/(?:[a-z0-9]+[.-])+[a-z]{2,}(?:\/[a-z0-9./_-]*)?$/.test(text)) {
    return withoutKeySteps(text);
  }
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, username, password, search, hash } = new URL(text);
  if (protocol !== "https:" && protocol !== "http:") return null;
  const clean = username + password + search + hash === "" && !/[?#@]/.test(text);
  return withoutKeySteps(clean ? text : `${protocol}//${host}${pathname}`);
}
