/** Text in columns on a terminal. */

/** As wide as an account ID. A longer cell moves only the rest of its own row. */
const MAX_COLUMN = 32;

/**
 * Lines in columns, each as wide as its longest cell of at most 32 columns of the terminal. Nothing is
 * cut off, because names are copied from here. The last column is not padded.
 */
export function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const measured = rows.map((row) => row.map((text) => ({ text, width: shownWidth(text) })));
  const widthOf = (column: number): number =>
    measured
      .map((row) => row[column]?.width ?? 0)
      .filter((width) => width <= MAX_COLUMN)
      .reduce((widest, width) => Math.max(widest, width), 0);
  const widths = (rows[0] ?? []).map((_, column) => widthOf(column));
  return measured.map((row) =>
    row
      .map(
        ({ text, width }, column) => text + " ".repeat(Math.max(0, (widths[column] ?? 0) - width)),
      )
      .join("  ")
      .trimEnd(),
  );
}

const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Emoji, and the letters of East Asian scripts. Source: Unicode, East Asian Width. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;

/** How many columns of a terminal the text takes. */
export function shownWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...LETTERS.segment(text)].reduce(
    (width, { segment }) => width + (WIDE.test(segment) ? 2 : 1),
    0,
  );
}
