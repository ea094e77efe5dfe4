/** Patterns and sentence lengths that the language check rejects. */
export interface Rule {
  readonly pattern: RegExp;
  readonly advice: string;
}

/** `stand-in` and `stand-alone` are ordinary words. */
export const RULES: readonly Rule[] = [
  { pattern: /\bmend(?:s|ed|ing)?\b/i, advice: "fix" },
  { pattern: /\bst(?:ands?|ood)\b(?!-)/i, advice: "be, appear" },
  { pattern: /\b(?:take|takes|taken|took) apart\b/i, advice: "parse, split" },
  { pattern: /\bc(?:o|a)me(?:s)? (?:about|of)\b/i, advice: "happen, result" },
  { pattern: /\bput(?:s|ting)? \w* ?right\b/i, advice: "fix, correct" },
  { pattern: /\b(?:un)?fold(?:s|ed|ing)?\b/i, advice: "collapse, expand" },
  { pattern: /\banew\b/i, advice: "again" },
  {
    pattern:
      /\b(?:albeit|all the same|amongst|for want of|hence|hitherto|lest|likewise|there(?:by|of)|unasked|whilst)\b/i,
    advice: "a word of today",
  },
  { pattern: /\bthe matter\b/i, advice: "wrong" },
  { pattern: /\bin step\b/i, advice: "in sync, match" },
  { pattern: /\babove all\b/i, advice: "most importantly, or nothing" },
  { pattern: /\b(?:no|any|some)body\b/i, advice: "no one, anyone, another program" },
  { pattern: /\b(?:is|are|was|were) no (?!longer\b|more\b|one\b)[a-z]+/i, advice: "is not a …" },
  { pattern: /\ba mux (?:that|which)\b/i, advice: "a version of mux that" },
  { pattern: /\bgone with\b/i, advice: "removed together with" },
  {
    pattern: /^What\b(?!.*\?$)/,
    advice: "start with the subject",
  },
];

export interface Limits {
  readonly words: number;
}

/** Sentences of the UI must be shorter than those of errors, documents and comments. */
export const UI: Limits = { words: 20 };
export const PROSE: Limits = { words: 25 };
export const COMMENT: Limits = { words: 30 };

/** The problems of one sentence, each as a short description. */
export function problemsOf(sentence: string, { words }: Limits): readonly string[] {
  const broken = RULES.filter(({ pattern }) => pattern.test(sentence)).map(
    ({ pattern, advice }) => `${pattern.exec(sentence)?.[0] ?? ""} → ${advice}`,
  );
  const count = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}…]/u.test(word)).length;
  return count > words ? [...broken, `${count} words, ${words} at most`] : broken;
}
