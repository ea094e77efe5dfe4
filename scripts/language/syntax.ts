/** Parses source files and visits their syntax trees. */
import { extname } from "node:path";

import { parseSync, type ParseResult } from "rolldown/utils";

type Members = Readonly<Record<string, unknown>>;

const LANGUAGES: Readonly<Record<string, "js" | "ts" | "tsx">> = {
  ".cjs": "js",
  ".js": "js",
  ".mjs": "js",
  ".mts": "ts",
  ".ts": "ts",
  ".tsx": "tsx",
};

/** Whether a file is JavaScript or TypeScript, judged by its name. */
export function isCode(file: string): boolean {
  return extname(file) in LANGUAGES;
}

/** A file with its syntax tree and comments, if it is JavaScript or TypeScript. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly code: ParseResult | null;
}

/** Parses a file by the ending of its name. Throws if it is code that is not valid. */
export function sourceOf(file: string, text: string): Source {
  const lang = LANGUAGES[extname(file)];
  if (!lang) return { file, text, code: null };
  const code = parseSync(file, text, { lang });
  const [error] = code.errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  return { file, text, code };
}

/** Visits a node, then the nodes in it unless `enter` answers `false`. */
export function visit(node: unknown, enter: (node: Members) => boolean): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, enter);
    return;
  }
  if (!isMembers(node) || !enter(node)) return;
  for (const child of Object.values(node)) visit(child, enter);
}

/** The members of a node, or no members if the value is not an object. */
export function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

/** The text of a string or template literal, with `…` in place of inserted values. */
export function literalText(node: unknown): string | null {
  const { type, value, quasis } = membersOf(node);
  if (type === "Literal") return typeof value === "string" ? value : null;
  if (type !== "TemplateLiteral" || !Array.isArray(quasis)) return null;
  return quasis.map((quasi) => membersOf(membersOf(quasi)["value"])["cooked"]).join("…");
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}
