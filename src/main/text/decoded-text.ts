/** Decodes a text in every way a secret could be encoded, and keeps the original positions. */

/** A text, decoded or not, with the original position of each code unit. */
export interface Reading {
  readonly text: string;
  /** For each code unit, the start and the end of its encoded form in the original text. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** False for bytes decoded from digits, which may look like a masked key by accident. */
  readonly isProse: boolean;
}

/** How many encodings may be nested. Double percent-encoding counts as two. */
const DEPTH = 4;

/** An escape in a URL, JSON, JavaScript or HTML, with one group per kind. */
const ESCAPE =
  /%([\da-f]{2})|\\u([\da-f]{4})|\\x([\da-f]{2})|\\(["'\\/bfnrt])|&#(\d{1,7});?|&#x([\da-f]{1,6});?|&([a-z]{2,9});/gi;

/** An escape that was cut off. */
const HALF_ESCAPE = /(?:%[\da-f]?|\\(?:u[\da-f]{0,3}|x[\da-f]?)?|&(?:#x?)?[\da-z]{0,9})$/i;

/** HTML's names for the characters of keys and the text around them. */
const NAMED: ReadonlyMap<string, string> = new Map(
  (
    "amp& lt< gt> quot\" apos' sol/ bsol\\ plus+ equals= lowbar_ underbar_ period. comma, colon: " +
    "semi; dash- hyphen- num# percnt% dollar$ commat@ excl! quest? ast* midast* lpar( rpar) lsqb[ " +
    "rsqb] lbrack[ rbrack] lcub{ rcub} lbrace{ rbrace} verbar| vert| hat^ grave` bull• hellip… mldr… middot·"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)]),
);

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** The value of each digit by its character code. */
const BASE64_VALUES = valuesOf(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
  "-_",
);
const HEX_VALUES = valuesOf("0123456789abcdef", "ABCDEF");

interface Digits {
  /** Matches enough consecutive digits for four bytes. */
  readonly run: RegExp;
  readonly values: ReadonlyMap<number, number>;
  readonly bitsPerDigit: number;
  /** How many digits to skip at the start, because the bytes may begin at any digit. */
  readonly alignments: readonly number[];
}

/** Standard or URL-safe alphabet, on one line or several. */
const BASE64: Digits = {
  run: /[\w+/-](?:\r?\n?[\w+/-]){5,}/g,
  values: BASE64_VALUES,
  bitsPerDigit: 6,
  alignments: [0, 1, 2, 3],
};

const HEX: Digits = {
  run: /[\da-f]{8,}/gi,
  values: HEX_VALUES,
  bitsPerDigit: 4,
  alignments: [0, 1],
};

/**
 * The text itself and its decoded forms, with up to four nested encodings: percent signs, `\u002f`,
 * `\x2f`, `\/`, `&sol;`, `&#47;`, `&#x2f;`, base64 and base64url at any alignment, and hexadecimal
 * digits. The time is linear in the length of the text.
 */
export function readingsOf(text: string): readonly Reading[] {
  const positions = Array.from({ length: text.length + 1 }, (_, index) => index);
  const plain = { text, from: positions.slice(0, -1), to: positions.slice(1), isProse: true };
  const readings: Reading[] = [plain];
  let latest: readonly Reading[] = [plain];
  for (let depth = 0; depth < DEPTH && latest.length > 0; depth += 1) {
    latest = latest.flatMap(decodings);
    readings.push(...latest);
  }
  return readings;
}

/** Removes a truncated escape from the end of the text. */
export function withoutHalfEscape(text: string): string {
  return text.replace(HALF_ESCAPE, "");
}

/** Decodes the escapes once, as `readingsOf` does. */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (escape, ...groups: string[]) => meaningOf(escape, groups));
}

function decodings(reading: Reading): readonly Reading[] {
  return [
    ...(/[%\\&]/.test(reading.text) ? withoutEscapes(reading) : []),
    ...withoutDigits(reading, BASE64),
    ...withoutDigits(reading, HEX),
  ];
}

function withoutEscapes({ text, from, to, isProse }: Reading): readonly Reading[] {
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let copied = 0;
  const copy = (until: number): void => {
    pieces.push(text.slice(copied, until));
    for (; copied < until; copied += 1) {
      starts.push(from[copied] ?? 0);
      ends.push(to[copied] ?? 0);
    }
  };
  for (const match of text.matchAll(ESCAPE)) {
    const [escape, ...groups] = match;
    copy(match.index);
    const meaning = meaningOf(escape, groups);
    pieces.push(meaning);
    copied += escape.length;
    for (let unit = 0; unit < meaning.length; unit += 1) {
      starts.push(from[match.index] ?? 0);
      ends.push(to[copied - 1] ?? 0);
    }
  }
  if (copied === 0) return [];
  copy(text.length);
  return [{ text: pieces.join(""), from: starts, to: ends, isProse }];
}

function meaningOf(escape: string, groups: readonly (string | undefined)[]): string {
  const [percent, unicode, byte, control, decimal, hex, name] = groups;
  const digits = percent ?? unicode ?? byte ?? hex;
  if (digits !== undefined) return characterOf(Number.parseInt(digits, 16), escape);
  if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10), escape);
  if (control !== undefined) return CONTROLS.get(control) ?? control;
  return NAMED.get((name ?? "").toLowerCase()) ?? escape;
}

function characterOf(code: number, escape: string): string {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : escape;
}

/** One reading per alignment. */
function withoutDigits(
  { text, from, to }: Reading,
  { run, values, bitsPerDigit, alignments }: Digits,
): readonly Reading[] {
  const runs = [...text.matchAll(run)];
  if (runs.length === 0) return [];
  return alignments.map((alignment) => {
    const bytes: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { 0: digits, index } of runs) {
      if (bytes.length > 0) {
        // Separates the runs, so that bytes of two runs cannot form one secret.
        bytes.push(0);
        starts.push(from[index] ?? 0);
        ends.push(from[index] ?? 0);
      }
      let bits = 0;
      let count = 0;
      let first = 0;
      let skip = alignment;
      for (let at = 0; at < digits.length; at += 1) {
        const value = values.get(digits.charCodeAt(at));
        if (value === undefined || skip-- > 0) continue;
        if (count === 0) first = at;
        bits = (bits << bitsPerDigit) | value;
        count += bitsPerDigit;
        if (count < 8) continue;
        count -= 8;
        bytes.push((bits >> count) & 0xff);
        bits &= (1 << count) - 1;
        starts.push(from[index + first] ?? 0);
        ends.push(to[index + at] ?? 0);
        first = at;
      }
    }
    return { text: Buffer.from(bytes).toString("latin1"), from: starts, to: ends, isProse: false };
  });
}

function valuesOf(digits: string, others: string): ReadonlyMap<number, number> {
  const start = digits.length - others.length;
  return new Map([
    ...Array.from(digits, (digit, value): [number, number] => [digit.charCodeAt(0), value]),
    ...Array.from(others, (digit, at): [number, number] => [digit.charCodeAt(0), start + at]),
  ]);
}
