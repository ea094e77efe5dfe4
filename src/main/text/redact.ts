/** Takes secrets out of texts, by their value and in every form in which a text may hold them. */

export type Redact = (text: string, options?: { readonly cut?: boolean }) => string;

/** Headers whose value is never shown, whatever it is. */
const SECRET_HEADER =
  /^(?:authorization|proxy-authorization|x-api-key|x-goog-api-key|api-key|cf-aig-authorization|cookie|set-cookie)$/;

/** Query parameters that carry keys. */
const SECRET_PARAMETER = /key|token|secret|auth|passw|signature|^sig$/i;

/** What a provider has masked itself still shows a part of the key: "sk-p…**********…wxyz". */
// Looks behind, so that a long word without a mask is walked through once and not once per letter.
const MASKED = /(?<![\w-])[\w-]*\*{3,}[\w*-]*/g;

const REPLACEMENT = "[redacted]";

/** Shorter values stand in ordinary texts too ("1", "true") and protect nothing. */
const SHORTEST = 4;

/**
 * Makes a function that replaces each secret in a text: as it is, percent-encoded, escaped for JSON
 * or HTML, in base64, in any case. With `cut`, the text ends where it was cut off, and the
 * beginning of a secret at its end goes too.
 */
export function redactor(secrets: readonly string[]): Redact {
  const values = [...new Set(secrets.flatMap(parts).flatMap(forms))]
    .filter((value) => value.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const pattern = values.length === 0 ? null : new RegExp(values.map(escaped).join("|"), "gi");
  return (text, { cut = false } = {}) => {
    const whole = pattern === null ? text : text.replace(pattern, REPLACEMENT);
    return (cut ? withoutBeginning(whole, values) : whole).replace(MASKED, REPLACEMENT);
  };
}

/** The headers with secret values replaced, by name and by value. */
export function redactHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  redact: Redact,
): readonly (readonly [name: string, value: string])[] {
  return headers.map(([name, value]): [string, string] => [
    name,
    SECRET_HEADER.test(name.toLowerCase()) ? REPLACEMENT : redact(value),
  ]);
}

/** The URL without credentials and with secret parameters replaced. */
export function redactUrl(text: string, redact: Redact): string {
  if (!URL.canParse(text)) return redact(text);
  const url = new URL(text);
  url.username = "";
  url.password = "";
  const shown = [...url.searchParams].map(([name, value]): [string, string] => [
    name,
    SECRET_PARAMETER.test(name) ? "redacted" : value,
  ]);
  if (shown.length > 0) url.search = new URLSearchParams(shown).toString();
  return redact(url.href);
}

/** A header's value may be a scheme and a secret; either alone must not be found again. */
function parts(secret: string): readonly string[] {
  const words = secret.trim().split(/\s+/);
  return [secret.trim(), ...(words.length > 1 ? words.filter((word) => word.length >= 8) : [])];
}

function forms(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(Buffer.from(secret).toString()),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("/", "\\/"),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
    Buffer.from(secret).toString("base64"),
  ];
}

function withoutBeginning(text: string, values: readonly string[]): string {
  const longest = values[0]?.length ?? 0;
  const end = text.slice(-longest).toLowerCase();
  for (const value of values.map((each) => each.toLowerCase())) {
    for (let length = Math.min(value.length - 1, text.length); length >= SHORTEST; length -= 1) {
      if (end.endsWith(value.slice(0, length))) {
        return `${text.slice(0, -length)}${REPLACEMENT}`;
      }
    }
  }
  return text;
}

function escaped(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
