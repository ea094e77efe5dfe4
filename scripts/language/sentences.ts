/** Splits texts into sentences. */
export interface Sentence {
  /** The 1-based line on which the text with this sentence starts. */
  readonly line: number;
  /** One sentence, with `…` in place of inserted values. */
  readonly text: string;
}

/** At least two words. A shorter text is a name, a code or a label. */
const PROSE = /\b[a-z]{2,}\b.*\s.*\b[a-z]{2,}\b/i;

/** Splits a text into its sentences. */
export function splitSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?:;])\s+|\n\n/)
    .map((sentence) => sentence.replaceAll(/\s+/g, " ").trim())
    .filter((sentence) => PROSE.test(sentence));
}

/** The 1-based line of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
