/** Text from a stranger, made safe to show, to log and to paste: what acts on a screen becomes visible. */

/** C0, DEL and C1, which a terminal obeys; but for tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** What turns the direction of a text round, hides in it, or breaks its line unseen. */
const UNSEEN =
  /[\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

const HIDDEN_PLANE = /[\u{e0000}-\u{e007f}]/gu;

/**
 * The text with control characters as their pictures (`␛`), and with bidirectional, invisible and
 * broken ones by their number (`[U+202E]`). Nothing is taken out, so that no secret that was told
 * apart by such a character comes together again.
 */
export function harmless(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(CONTROLS, picture)
    .replace(UNSEEN, numbered)
    .replace(HIDDEN_PLANE, numbered);
}

/** The text on one line of at most `length` UTF-16 code units, with an ellipsis where it was cut. */
export function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > length
    ? `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`
    : line;
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : numbered(character);
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
