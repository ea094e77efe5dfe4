/** Makes untrusted text safe to show, log and paste by making control characters visible. */

/** C0, DEL and C1 control characters, which a terminal obeys, except tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** Characters that change the text's direction, are invisible, or break the line. */
const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u17b4|\u17b5|\p{Cs}/gu;

const HIDDEN_PLANE = /[\u{e0000}-\u{e007f}]/gu;

/**
 * Replaces control characters with their pictures (`␛`), and bidirectional, invisible and broken
 * characters with their number (`[U+202E]`). It removes nothing: otherwise the two halves of a
 * secret, split by such a character, would join after redaction.
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

/** Maximum length of a shown name, in UTF-16 code units. */
const NAME_LENGTH = 80;

/** Joiners outside emoji and Arabic or Indic words, where they are invisible. */
const STRAY_JOINERS =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Devanagari}])[\u200c\u200d]/gu;

/** More combining marks on one letter than any language uses. */
const MARKS = /(\p{M}{4})\p{M}+/gu;

/** A name from the file, made safe to show: on one line and at most 80 code units long. */
export function shownName(name: string): string {
  const visible = harmless(name).replace(STRAY_JOINERS, numbered);
  return shortened(visible.replace(MARKS, "$1"), NAME_LENGTH);
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
