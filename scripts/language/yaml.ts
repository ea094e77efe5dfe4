/** Collects the sentences in YAML values that a person reads: names of workflows, texts of forms. */
import { lineAt, splitSentences, type Sentence } from "./sentences";

const READ = "about|description|label|name|placeholder|title|value";

/** A value on the line of its key, or in an indented block below it. */
const VALUE = new RegExp(
  `^([ -]*)(?:${READ}):[ \\t]*(?:[>|][+-]?\\n((?:\\1[ ]{2,}.*\\n?|\\n)+)|(.+))$`,
  "gm",
);

/** The sentences in a YAML file that a person reads, in order. */
export function yamlOf(text: string): readonly Sentence[] {
  return [...text.matchAll(VALUE)].flatMap((match) => {
    const [, , block, value = ""] = match;
    const line = lineAt(text, match.index);
    return splitSentences(block ?? value).map((sentence) => ({ line, text: sentence }));
  });
}
