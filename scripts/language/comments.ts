/** Collects the sentences in comments of every kind of file that has some. */
import { extname } from "node:path";

import { lineAt, splitSentences, type Sentence } from "./sentences";
import { isCode, type Source } from "./syntax";

interface Comment {
  readonly start: number;
  readonly text: string;
}

/** `# …` at the start of a line or after a space; the text is in the first group. */
const HASH = /(?:^|(?<=\s))#(?!!)(.*)$/gm;
const SLASHES = /(?:^|(?<=[\s,{[]))\/\/(.*)$/gm;
const STARRED = /\/\*([^]*?)\*\//g;
const ANGLED = /<!--([^]*?)-->/g;

/** Syntax of comments, by the ending of a file's name. A name without an ending is a script's. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  "": HASH,
  ".css": STARRED,
  ".html": ANGLED,
  ".jsonc": SLASHES,
  ".svg": ANGLED,
  ".yml": HASH,
};

/** Instructions to tools. A reason after ` -- ` is a sentence. */
const INSTRUCTION =
  /^\s*(?:oxlint|eslint|prettier|vite|v8|c8|@vite|@ts|@jsx|@__|#__|<reference|#region|#endregion)\S*(?:.* -- )?/;

/** Whether the comments of a file can be read, judged by its name. */
export function hasComments(file: string): boolean {
  return isCode(file) || extname(file) in PATTERNS;
}

/** The sentences in the comments of a file, in order. */
export function commentsOf({ file, text, code }: Source): readonly Sentence[] {
  const comments = code
    ? code.comments.map(({ start, value }) => ({ start, text: value }))
    : matches(text, PATTERNS[extname(file)]);
  return together(text, comments).flatMap((comment) => {
    const sentences = splitSentences(plain(comment.text));
    if (sentences.length === 0) return [];
    const line = lineAt(text, comment.start);
    return sentences.map((sentence) => ({ line, text: sentence }));
  });
}

function matches(text: string, pattern: RegExp | undefined): readonly Comment[] {
  return pattern
    ? [...text.matchAll(pattern)].map((match) => ({ start: match.index, text: match[1] ?? "" }))
    : [];
}

/** Joins comments on consecutive lines, because a sentence can continue on the next one. */
function together(text: string, comments: readonly Comment[]): readonly Comment[] {
  const joined: Comment[] = [];
  let end = -1;
  for (const comment of comments) {
    const last = joined.at(-1);
    const isNext = last && /^\s*(?:\/\/|#)?\n[ \t]*$/.test(text.slice(end, comment.start));
    if (isNext) joined[joined.length - 1] = { ...last, text: `${last.text}\n${comment.text}` };
    else joined.push(comment);
    end = text.indexOf(comment.text, comment.start) + comment.text.length;
  }
  return joined;
}

/** A comment without its frame: each code span as one word, each item or tag a paragraph. */
function plain(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*(?!\*)/, "").trim())
    .map((line) => line.replace(INSTRUCTION, "").replace(/^(?:@|[-*|] |\d+\. )/, "\n\n$&"))
    .join("\n")
    .replaceAll(/```[^]*?```/g, "")
    .replaceAll(/`[^`]*`|\{@link [^}]*\}/g, "code")
    .replaceAll(/https?:\S+/g, "link");
}
