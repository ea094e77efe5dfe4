/** Recognizes a text that changes the path it is put into. */

/** The end of a sentence about an address. */
export const ESCAPING_PATH =
  "its path has an encoded slash, dot or other character that changes the address.";

/** Most paths have nothing to decode, and no dots. */
const PLAIN_PATH = /^[a-z0-9_/-]*$/i;

/**
 * Whether a text can change the rest of a URL that contains it in its path, as it is or once
 * decoded: a `..` or `.` segment, with or without a parameter (`..;`), a backslash, `?`, `#` or a control
 * character. Bytes that UTF-8 never has (`%c0%ae`) count too: some servers read a dot or a slash in them.
 */
export function escapesPath(text: string): boolean {
  if (PLAIN_PATH.test(text)) return false;
  const decoded = fullyDecoded(text);
  return (
    decoded === null ||
    // URL parsers silently drop some control characters, so the dots around them become `..`.
    /[\\?#\p{Cc}]|%c[01]/iu.test(decoded) ||
    decoded.split("/").some((segment) => /^\.{1,2}(?:;|$)/.test(segment))
  );
}

/** A text that is percent-encoded more often than this is refused. */
const MAX_DECODINGS = 8;

/** Decodes ASCII only, since no other character can change a path. Null after `MAX_DECODINGS`. */
function fullyDecoded(text: string): string | null {
  let decoded = text;
  for (let times = 0; times < MAX_DECODINGS; times++) {
    const next = decoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === decoded) return decoded;
    decoded = next;
  }
  return null;
}
