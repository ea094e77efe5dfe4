/** Recognizes the errors of Cloudflare's edge in a response body: JSON, plain text and web pages. */
import { isObject, textOf } from "./json";

/** An error with one of Cloudflare's numeric codes; null if it has none. */
export interface NumberedError {
  readonly code: number | null;
  readonly message: string;
}

/** Pages are recognizable by their beginning, and patterns are slow on long texts. */
const READ_LENGTH = 32 * 1024;

/** Codes in the pages, older and newer; the first group is the code. */
const PAGE_CODES: readonly RegExp[] = [
  /\berror code: (1\d{3}|52\d|530)\b/i,
  /<span[^>]{0,200}>\s*Error\s*<\/span>\s*<span[^>]{0,200}>\s*(\d{3,4})\s*<\/span>/i,
  /class="[^"]{0,200}\bcf-error-code\b[^"]{0,200}"[^>]{0,200}>\s*(\d{3,4})\s*</i,
  /<title>[^<]{0,200}\b(52\d|530): [^<]{0,200}<\/title>/i,
  /<h1[^>]{0,200}>\s*Error\s+(1\d{3})\b/i,
];

/** Signs of a page of the edge without a code. Its scripts do not count: the edge adds them to any page. */
const PAGE_SIGNS =
  /<title>[^<]{0,200}(?:\| Cloudflare\s*<\/title>|used Cloudflare to restrict access)|\bcf-error-details\b|<title>Just a moment\.\.\.<\/title>/i;

/**
 * The edge's error as JSON, also as `application/problem+json` (Cloudflare, changelog 2026-03-11), or
 * null.
 */
export function edgeErrorInJson(value: unknown): NumberedError | null {
  if (!isObject(value)) return null;
  const documented = /^https:\/\/developers\.cloudflare\.com\/support\/.*error/.test(
    textOf(value["type"]),
  );
  if (value["cloudflare_error"] !== true && !documented) return null;
  const code = value["error_code"];
  return {
    code: typeof code === "number" ? code : null,
    message: textOf(value["detail"]) || textOf(value["title"]),
  };
}

/** The edge's error as text or as a page, or null. `text` has no white space at its ends. */
export function edgeErrorInText(text: string): NumberedError | null {
  const plain = /^error code: (\d{3,4})$/i.exec(text);
  if (plain) return { code: Number(plain[1]), message: text };
  if (!text.startsWith("<")) return null;
  const page = text.slice(0, READ_LENGTH);
  for (const pattern of PAGE_CODES) {
    const code = pattern.exec(page)?.[1];
    if (code !== undefined) return { code: Number(code), message: `error code: ${code}` };
  }
  return PAGE_SIGNS.test(page) ? { code: null, message: titleOf(page) } : null;
}

/** The title of a web page, or an empty text. */
export function titleOf(page: string): string {
  const title = /<title>([^<]{0,300})<\/title>/i.exec(page.slice(0, READ_LENGTH))?.[1] ?? "";
  return title.replaceAll(/\s+/g, " ").trim();
}
