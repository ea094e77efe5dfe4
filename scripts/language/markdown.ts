/** Collects the sentences of the documentation. */
import { lexer, type Token } from "marked";

import { splitSentences, type Sentence } from "./sentences";

/** The sentences of headings, paragraphs, list items and table cells, without code. */
export function markdownOf(text: string): readonly Sentence[] {
  let line = 1;
  return lexer(text).flatMap((token) => {
    const start = line;
    line += token.raw.split("\n").length - 1;
    return textsOf(token)
      .flatMap(splitSentences)
      .map((sentence) => ({ line: start, text: sentence }));
  });
}

function textsOf(token: Token): readonly string[] {
  if (token.type === "code" || token.type === "html") return [];
  if (token.type === "paragraph" || token.type === "heading" || token.type === "text") {
    return [plain(token)];
  }
  return childrenOf(token).flatMap((child) => textsOf(child));
}

function childrenOf(token: Token): readonly Token[] {
  if (token.type === "list") return token["items"];
  if (token.type === "table") {
    const cells: readonly { readonly tokens: Token[] }[] = [
      token["header"],
      ...token["rows"],
    ].flat();
    return cells.map(({ tokens }) => ({ type: "paragraph", raw: "", text: "", tokens }));
  }
  return "tokens" in token && token.tokens ? token.tokens : [];
}

/** The text of a token, with each code span as one word. */
function plain(token: Token): string {
  if (token.type === "codespan") return "code";
  if (token.type === "image" || token.type === "html") return "";
  if ("tokens" in token && token.tokens) return token.tokens.map(plain).join("");
  return "text" in token && typeof token.text === "string" ? token.text : "";
}
