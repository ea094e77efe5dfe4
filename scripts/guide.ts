/** Parses docs/guide.md at build time into the blocks of the guide dialog. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { lexer, type MarkedToken, type Token, type Tokens } from "marked";

import type { GuideBlock, GuidePart, GuideParts } from "../src/renderer/section/help/guide-blocks";

const CLOUDFLARE = /^https:\/\/(?:dash|developers)\.cloudflare\.com\//;

/** Throws on Markdown that the dialog cannot show, so that no sentence is lost. */
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

/** A plugin for Vite and rolldown: the module `virtual:guide` exports the blocks as `GUIDE`. */
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
    // The dialog makes its own contents from the headings.
    if (token.items.every(isLinkToSection)) return [];
    return [{ kind: "list", ordered: token.ordered, items: token.items.map(itemOf) }];
  }
  if (token.type === "table") {
    const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => inline(tokens));
    return [{ kind: "table", head: cells(token.header), rows: token.rows.map(cells) }];
  }
  throw new Error(`The guide cannot show this ${token.type}: ${token.raw}`);
}

/** The title of the page is left out, because the dialog has one. */
function headingOf({ depth, text, raw }: Tokens.Heading): readonly GuideBlock[] {
  if (depth === 1) return [];
  if (depth !== 2 && depth !== 3)
    throw new Error(`The guide allows only two levels of headings: ${raw}`);
  // The same IDs as on GitHub, so that a link works in the file and in the dialog.
  const id = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");
  return [{ kind: "heading", depth, id, text }];
}

function isLinkToSection({ tokens }: Tokens.ListItem): boolean {
  const parts = known(tokens).flatMap((token) =>
    "tokens" in token ? known(token.tokens ?? []) : [],
  );
  return parts.length === 1 && parts[0]?.type === "link" && parts[0].href.startsWith("#");
}

function isPicture(tokens: readonly Token[]): boolean {
  return tokens.every(({ type }) => type === "image");
}

function itemOf({ tokens, raw }: Tokens.ListItem): GuideParts {
  const [only, ...others] = known(tokens);
  if ((only?.type !== "text" && only?.type !== "paragraph") || others.length > 0) {
    throw new Error(`A list item of the guide must be one paragraph: ${raw}`);
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
  throw new Error(`The guide cannot show this ${token.type}: ${token.raw}`);
}

/** The app does not contain the other pages of docs/, so a link to one becomes plain text. */
function linkOf(token: Tokens.Link): GuidePart {
  const { href } = token;
  const text = plain(token);
  if (href.startsWith("#")) return { kind: "section", text, id: href.slice(1) };
  if (CLOUDFLARE.test(href)) return { kind: "link", text, href };
  if (/^[\w-]+\.md(?:#|$)/.test(href)) return text;
  throw new Error(`The guide links to Cloudflare and to other pages of docs/ only: ${href}`);
}

function plain({ tokens, raw }: Tokens.Strong | Tokens.Em | Tokens.Link): string {
  return known(tokens)
    .map((token) => {
      if (token.type !== "text") throw new Error(`Only plain text can be in ${raw}`);
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

/** Narrows the type: without extensions, marked produces only its own tokens. */
function known(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens.filter((token): token is MarkedToken => !("extension" in token));
}
