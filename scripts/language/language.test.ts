import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { commentsOf, hasComments } from "./comments";
import { markdownOf } from "./markdown";
import { COMMENT, problemsOf, PROSE, UI, type Limits } from "./rules";
import { type Sentence } from "./sentences";
import { stringsOf } from "./strings";
import { isCode, sourceOf, type Source } from "./syntax";
import { testNamesOf } from "./test-names";
import { yamlOf } from "./yaml";

const ROOT = join(__dirname, "../..");
const FOLDERS = ["src", "demo", "e2e", "checks", "scripts", "tools", "docs", ".github", ".ci"];

/** Documents whose comments a test compares with expected texts, byte by byte. */
const SAMPLES = "src/main/config/testing/";

const FILES = [
  ...readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1)),
  ),
].map((file) => file.replaceAll("\\", "/"));

const TESTS = FILES.filter((file) => /\.(?:test|e2e)\.tsx?$/.test(file));
const CODE = FILES.filter((file) => isCode(file) && !/\.(?:test|e2e)\.|\/testing\//.test(file));

interface Kind {
  readonly kind: string;
  readonly files: readonly string[];
  readonly textsOf: (source: Source) => readonly Sentence[];
  readonly limits: Limits;
}

const KINDS: readonly Kind[] = [
  {
    kind: "texts of the page",
    files: CODE.filter((file) => file.startsWith("src/renderer/")),
    textsOf: stringsOf,
    limits: UI,
  },
  {
    kind: "other texts of the code",
    files: CODE.filter((file) => !file.startsWith("src/renderer/")),
    textsOf: stringsOf,
    limits: PROSE,
  },
  {
    kind: "documents",
    files: FILES.filter((file) => file.endsWith(".md")),
    textsOf: ({ text }) => markdownOf(text),
    limits: PROSE,
  },
  {
    kind: "texts of YAML files",
    files: FILES.filter((file) => file.endsWith(".yml")),
    textsOf: ({ text }) => yamlOf(text),
    limits: PROSE,
  },
  {
    kind: "comments",
    files: FILES.filter((file) => hasComments(file) && !file.startsWith(SAMPLES)),
    textsOf: commentsOf,
    limits: COMMENT,
  },
  { kind: "names of tests", files: TESTS, textsOf: testNamesOf, limits: COMMENT },
];

const sources = new Map<string, Source>();

/** A file is parsed once, although it has texts of several kinds. */
function read(file: string): Source {
  const source = sources.get(file) ?? sourceOf(file, readFileSync(join(ROOT, file), "utf8"));
  sources.set(file, source);
  return source;
}

function problemsIn(sentences: readonly Sentence[], limits: Limits): readonly string[] {
  return sentences.flatMap(({ line, text }) =>
    problemsOf(text, limits).map((problem) => `${line} [${problem}] ${text}`),
  );
}

describe("the language check", () => {
  it.each(KINDS)("finds plain English in the $kind", ({ files, textsOf, limits }) => {
    expect(files.length).toBeGreaterThan(5);
    const problems = files.flatMap((file) =>
      problemsIn(textsOf(read(file)), limits).map((problem) => `${file}:${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it("names the banned words and the length of a sentence", () => {
    const judged = [
      "This key stands in the file.",
      "“x” is no segment.",
      "The stand-alone window has a stand-in.",
      "There is no longer a block.",
      "What was typed is kept.",
      "What happens next?",
      Array.from({ length: 21 }, () => "word").join(" "),
    ].map((sentence) => problemsOf(sentence, UI));
    expect(judged).toEqual([
      ["stands → be, appear"],
      ["is no segment → is not a …"],
      [],
      [],
      ["What → start with the subject"],
      [],
      ["21 words, 20 at most"],
    ]);
  });

  it("reads comments in every syntax, across lines and without code", () => {
    const comments = ([file, text]: readonly [string, string]) =>
      commentsOf(sourceOf(file, text)).map(({ line, text: sentence }) => `${line} ${sentence}`);
    expect(
      (
        [
          ["a.ts", 'const a = "// not a comment";\n\n// It goes\n// on `here`. It ends.\n'],
          ["a.tsx", "/**\n * One line.\n *\n * @returns the value\n */\nexport {};\n"],
          ["a.cjs", "f(); // oxlint-disable-line no-undef -- A global of the page.\n"],
          ["a.yml", "# The first line\n# and its end.\na: b#c # At the end.\n"],
          ["a.css", "a {\n  /* A comment\n     of two lines. */\n}\n"],
          ["a.html", "<p>Text</p>\n<!-- Not shown to a user. -->\n"],
        ] as const
      ).map(comments),
    ).toEqual([
      ["3 It goes on code.", "3 It ends."],
      ["1 One line.", "1 @returns the value"],
      ["1 A global of the page."],
      ["1 The first line and its end.", "3 At the end."],
      ["2 A comment of two lines."],
      ["2 Not shown to a user."],
    ]);
  });

  it("reads the values of YAML that a person reads", () => {
    const text = [
      "name: the nightly workflow",
      "jobs:",
      "  - type: markdown",
      "    value: >-",
      "      Please remove keys.",
      "      Report it",
      "      privately.",
      "    run: not a text",
      "  - name: Check the tag",
    ].join("\n");
    expect(yamlOf(text).map(({ line, text: sentence }) => `${line} ${sentence}`)).toEqual([
      "1 the nightly workflow",
      "4 Please remove keys.",
      "4 Report it privately.",
      "9 Check the tag",
    ]);
  });

  it("reads the names of tests, their groups and the rows of their tables", () => {
    const text = [
      'const ROWS = [["a row of a constant", "not a name"]] as const;',
      'test.describe("a group of tests", () => {',
      '  it.each([["a row of a table", "not a name"]])("is %s in a title", () => {});',
      "  it.each(ROWS)(`is %s of ${x}`, () => {});",
      '  it.for([{ name: "a named row", text: "not a name" }])("has $name in it", () => {});',
      '  it.each(Object.entries({ "a key of an object": 1 }))("%s is a name", () => {});',
      '  other("is not a test", () => {});',
      "});",
    ].join("\n");
    expect(testNamesOf(sourceOf("a.test.ts", text)).map(({ text: name }) => name)).toEqual([
      "a group of tests",
      "is %s in a title",
      "a row of a table",
      "is %s of …",
      "a row of a constant",
      "has $name in it",
      "a named row",
      "%s is a name",
      "a key of an object",
    ]);
  });
});
