/** Collects the sentences in a source file's strings: texts that a user reads. */
import { lineAt, splitSentences, type Sentence } from "./sentences";
import { literalText, membersOf, visit, type Source } from "./syntax";

/** Properties and attributes whose strings are not shown to a user. */
const UNREAD = new Set(["className", "d", "href", "id", "key", "role", "source", "type"]);

/** Syntax nodes that contain types or module names. */
const NO_TEXT =
  /^(?:TS(?:Type|Interface|Union|Literal|Mapped|Function).*|Import.*|ExportAll.*|RegExpLiteral)$/;

/** The sentences in the strings of JavaScript or TypeScript, in order. */
export function stringsOf({ text, code }: Source): readonly Sentence[] {
  const found: Sentence[] = [];
  visit(code?.program, (node) => {
    const { type, start, value } = node;
    if (typeof type === "string" && NO_TEXT.test(type)) return false;
    if (isUnread(node)) return false;
    const string = type === "JSXText" ? value : literalText(node);
    if (typeof string === "string" && typeof start === "number") {
      const sentences = splitSentences(string);
      if (sentences.length > 0) {
        const line = lineAt(text, start);
        found.push(...sentences.map((sentence) => ({ line, text: sentence })));
      }
    }
    return true;
  });
  return found;
}

/** `className="…"` and `{ type: "…" }`. */
function isUnread(node: object): boolean {
  const { type, key, name } = membersOf(node);
  if (type !== "Property" && type !== "JSXAttribute") return false;
  const label = membersOf(type === "Property" ? key : name)["name"];
  return typeof label === "string" && UNREAD.has(label);
}
