/** Collects the sentences that a user reads, from the source code and the documentation. */
import { readFileSync } from "node:fs";
import { extname } from "node:path";

import { lexer, type Token } from "marked";
import { parseAst } from "rolldown/parseAst";

export interface Sentence {
  /** 1-based, or 0 if the parser does not report it. */
  readonly line: number;
  /** One sentence, with `…` in place of inserted values. */
  readonly text: string;
}

/** Properties and attributes whose strings are not shown to a user. */
const UNREAD = new Set(["className", "d", "href", "id", "key", "role", "source", "type"]);

/** Syntax nodes that contain types or module names. */
const NO_TEXT =
  /^(?:TS(?:Type|Interface|Union|Literal|Mapped|Function).*|Import.*|ExportAll.*|RegExpLiteral)$/;

/** The sentences of a `.ts`, `.tsx` or `.md` file in order. */
export function sentencesOf(file: string): readonly Sentence[] {
  const text = readFileSync(file, "utf8");
  if (extname(file) === ".md") return lexer(text).flatMap((token) => sentencesOfToken(token));
  const found: Sentence[] = [];
  visit(parseAst(text, { lang: extname(file) === ".tsx" ? "tsx" : "ts" }), (value, start) => {
    const line = text.slice(0, start).split("\n").length;
    found.push(...split(value).map((sentence) => ({ line, text: sentence })));
  });
  return found;
}

function visit(node: unknown, add: (text: string, start: number) => void): void {
  if (typeof node !== "object" || node === null) return;
  const { type, start, value } = membersOf(node);
  if (typeof type === "string" && NO_TEXT.test(type)) return;
  if (isUnread(node)) return;
  const text = type === "TemplateLiteral" ? templateText(node) : value;
  const isText = type === "Literal" || type === "JSXText" || type === "TemplateLiteral";
  if (isText && typeof text === "string" && typeof start === "number") add(text, start);
  for (const child of Object.values(node)) visit(child, add);
}

/** `className="…"` and `{ type: "…" }`. */
function isUnread(node: object): boolean {
  const { type, key, name } = membersOf(node);
  if (type !== "Property" && type !== "JSXAttribute") return false;
  const label = membersOf(type === "Property" ? key : name)["name"];
  return typeof label === "string" && UNREAD.has(label);
}

function templateText(template: object): string {
  const { quasis } = membersOf(template);
  if (!Array.isArray(quasis)) return "";
  return quasis.map((quasi) => membersOf(membersOf(quasi)["value"])["cooked"]).join("…");
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** The sentences of headings, paragraphs, list items and table cells, without code. */
function sentencesOfToken(token: Token): readonly Sentence[] {
  if (token.type === "code" || token.type === "html") return [];
  if (token.type === "paragraph" || token.type === "heading" || token.type === "text") {
    return split(plain(token)).map((text) => ({ line: 0, text }));
  }
  return childrenOf(token).flatMap((child) => sentencesOfToken(child));
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

/** Splits a text into sentences. A text with fewer than two words is a name, a code or a label. */
function split(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?:;])\s+|\n\n/)
    .map((sentence) => sentence.replaceAll(/\s+/g, " ").trim())
    .filter((sentence) => /\b[a-z]{2,}\b.*\s.*\b[a-z]{2,}\b/i.test(sentence));
}
