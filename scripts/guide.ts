/** Reads docs/guide.md into the blocks that the section's guide is drawn from, while the page is built. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { lexer, type MarkedToken, type Token, type Tokens } from "marked";

import type { GuideBlock, GuidePart, GuideParts } from "../src/renderer/section/help/guide-blocks";

const CLOUDFLARE = /^https:\/\/(?:dash|developers)\.cloudflare\.com\//;

/** Throws on Markdown that the dialog has no place for, so that no sentence of the page gets lost. */
export function guideBlocks(markdown: string): readonly GuideBlock[] {
  const blocks = known(lexer(markdown)).flatMap(blockOf);
  const ids = new Set(blocks.flatMap((block) => (block.kind === "heading" ? [block.id] : [])));
  for (const part of blocks.flatMap(partsOf)) {
    if (typeof part !== "string" && part.kind === "section" && !ids.has(part.id)) {
      throw new Error(`The guide has no heading #${part.id}.`);
    }
  }
  return blocks;
}

const PAGE = join(__dirname, "../docs/guide.md");

/** Gives Vite and rolldown the module `virtual:guide`: the blocks of docs/guide.md as `GUIDE`. */
export function guide() {
  return {
    name: "guide",
    resolveId: (id: string) => (id === "virtual:guide" ? "\0virtual:guide" : null),
    load(this: { addWatchFile: (file: string) => void }, id: string) {
      if (id !== "\0virtual:guide") return null;
      this.addWatchFile(PAGE);
      return `export const GUIDE = ${JSON.stringify(guideBlocks(readFileSync(PAGE, "utf8")))};`;
    },
  };
}

function blockOf(token: MarkedToken): readonly GuideBlock[] {
  if (token.type === "space") return [];
  if (token.type === "heading") return headingOf(token);
  if (token.type === "code") return [{ kind: "code", text: token.text }];
  if (token.type === "paragraph") {
    return isPicture(token.tokens) ? [] : [{ kind: "paragraph", parts: inline(token.tokens) }];
  }
  if (token.type === "list") {
    return [{ kind: "list", ordered: token.ordered, items: token.items.map(itemOf) }];
  }
  if (token.type === "table") {
    const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => inline(tokens));
    return [{ kind: "table", head: cells(token.header), rows: token.rows.map(cells) }];
  }
  throw new Error(`The guide has no place for this ${token.type}: ${token.raw}`);
}

/** The page's own title is the dialog's. */
function headingOf({ depth, text, raw }: Tokens.Heading): readonly GuideBlock[] {
  if (depth === 1) return [];
  if (depth !== 2 && depth !== 3) throw new Error(`The guide has two levels of headings: ${raw}`);
  // As GitHub names them, so that a link works in the file and in the dialog.
  const id = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
  return [{ kind: "heading", depth, id, text }];
}

function isPicture(tokens: readonly Token[]): boolean {
  return tokens.every(({ type }) => type === "image");
}

function itemOf({ tokens, raw }: Tokens.ListItem): GuideParts {
  const [only, ...others] = known(tokens);
  if ((only?.type !== "text" && only?.type !== "paragraph") || others.length > 0) {
    throw new Error(`An item of the guide's lists is one paragraph: ${raw}`);
  }
  return inline(only.tokens ?? []);
}

function inline(tokens: readonly Token[]): GuideParts {
  return known(tokens).map(partOf);
}

function partOf(token: MarkedToken): GuidePart {
  if (token.type === "text" || token.type === "escape") return oneLine(token.text);
  if (token.type === "codespan") return { kind: "code", text: token.text };
  if (token.type === "strong") return { kind: "strong", text: plain(token) };
  if (token.type === "em") return { kind: "emphasis", text: plain(token) };
  if (token.type === "link") return linkOf(token);
  throw new Error(`The guide has no place for this ${token.type}: ${token.raw}`);
}

/** A page of docs/ is not at hand in the app: its name stays, as text. */
function linkOf(token: Tokens.Link): GuidePart {
  const { href } = token;
  const text = plain(token);
  if (href.startsWith("#")) return { kind: "section", text, id: href.slice(1) };
  if (CLOUDFLARE.test(href)) return { kind: "link", text, href };
  if (/^[\w-]+\.md(?:#|$)/.test(href)) return text;
  throw new Error(`The guide links to Cloudflare and to pages beside it only: ${href}`);
}

function plain({ tokens, raw }: Tokens.Strong | Tokens.Em | Tokens.Link): string {
  return known(tokens)
    .map((token) => {
      if (token.type !== "text") throw new Error(`Only plain text can stand in ${raw}`);
      return oneLine(token.text);
    })
    .join("");
}

function oneLine(text: string): string {
  return text.replaceAll("\n", " ");
}

function partsOf(block: GuideBlock): GuideParts {
  switch (block.kind) {
    case "heading":
    case "code":
      return [];
    case "paragraph":
      return block.parts;
    case "list":
      return block.items.flat();
    case "table":
      return [...block.head, ...block.rows.flat()].flat();
    default:
      return block satisfies never;
  }
}

/** Without extensions marked makes no other tokens than its own. */
function known(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens.filter((token): token is MarkedToken => !("extension" in token));
}
