import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { guide, guideBlocks } from "./guide";

it("provides the blocks of docs/guide.md to the build, and watches the file", () => {
  const watched: string[] = [];
  const context = { addWatchFile: (file: string) => void watched.push(file) };
  const id = guide().resolveId("virtual:guide") ?? "";
  const file = join(__dirname, "../docs/guide.md");
  const blocks = guideBlocks(readFileSync(file, "utf8"));
  expect(guide().load.call(context, id)).toBe(`export const GUIDE = ${JSON.stringify(blocks)};`);
  expect(watched).toEqual([file]);
  expect(guide().resolveId("react")).toBeNull();
  expect(guide().load.call(context, "react")).toBeNull();
});

/** The panel's words, as the source has them: with `${…}` for inserted values. */
function panelWords(): string {
  const room = join(__dirname, "../src/renderer/section/words");
  const files = readdirSync(room).filter((file) => !file.includes(".test."));
  return files.map((file) => readFileSync(join(room, file), "utf8")).join("\n");
}

it("names the panel's labels exactly, and its own headings in the contents", () => {
  const page = readFileSync(join(__dirname, "../docs/guide.md"), "utf8");
  const words = panelWords();
  const bold = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, text = ""]) =>
    text.replaceAll(/\s+/g, " "),
  );
  // A lead-in ends with a colon or a period.
  const labels = bold.filter((text) => !/[.:]$/.test(text));
  expect(labels.length).toBeGreaterThan(30);
  expect(labels.filter((label) => !words.includes(label))).toEqual([]);
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, text]) => text);
  const contents = [...page.matchAll(/^- \[(.+)\]\(#.+\)$/gm)].map(([, text]) => text);
  expect(contents).toEqual(headings);
});

describe("the guide's blocks", () => {
  it("contain the Markdown without its title, contents and images", () => {
    const page = [
      "# Guide",
      "- [A & B](#a--b-two-side-by-side)\n- [the same](#a--b-two-side-by-side)",
      "Press **Test**, _once_,\nfor `openai`.",
      "![a picture](images/a.png)",
      "## A & B: two, side by side",
      "```jsonc\n{}\n```",
      "1. one\n2. [two](#a--b-two-side-by-side)",
      "| a | b |\n| - | - |\n| `c` | d |",
    ].join("\n\n");
    expect(guideBlocks(page)).toEqual([
      {
        kind: "paragraph",
        parts: [
          "Press ",
          { kind: "strong", text: "Test" },
          ", ",
          { kind: "emphasis", text: "once" },
          ", for ",
          { kind: "code", text: "openai" },
          ".",
        ],
      },
      {
        kind: "heading",
        depth: 2,
        id: "a--b-two-side-by-side",
        text: "A & B: two, side by side",
      },
      { kind: "code", text: "{}" },
      {
        kind: "list",
        ordered: true,
        items: [["one"], [{ kind: "section", text: "two", id: "a--b-two-side-by-side" }]],
      },
      {
        kind: "table",
        head: [["a"], ["b"]],
        rows: [[[{ kind: "code", text: "c" }], ["d"]]],
      },
    ]);
  });

  it("link only to Cloudflare, and show links to other docs pages as text", () => {
    expect(
      guideBlocks("[dash](https://dash.cloudflare.com/x), [diagnoses](diagnoses.md#a)"),
    ).toEqual([
      {
        kind: "paragraph",
        parts: [
          { kind: "link", text: "dash", href: "https://dash.cloudflare.com/x" },
          ", ",
          "diagnoses",
        ],
      },
    ]);
    for (const href of ["https://dash.cloudflare.com.evil.example/", "javascript:alert(1)"]) {
      expect(() => guideBlocks(`[here](${href})`)).toThrow("links to Cloudflare");
    }
  });

  it.each([
    ["a quotation", "> said", "cannot show this blockquote"],
    ["HTML", "<b>bold</b>", "cannot show this html"],
    ["a list in a list", "- a\n  - b", "one paragraph"],
    ["code in bold", "**a `b`**", "Only plain text"],
    ["a third level of headings", "#### Deep", "two levels"],
    ["a link to a missing section", "[below](#nowhere)", "no heading #nowhere"],
  ])("are refused with an error when the guide has %s", (_, markdown, reason) => {
    expect(() => guideBlocks(markdown)).toThrow(reason);
  });
});
