import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { EXCEPTIONS } from "./exceptions";
import { problemsOf, PROSE, UI, type Limits } from "./rules";
import { sentencesOf } from "./sentences";

const ROOT = join(__dirname, "../..");

function filesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file).replaceAll("\\", "/"))
    .filter((file) => ending.test(file) && !/\.test\.|\/testing\//.test(file))
    .toSorted();
}

const PAGE = filesIn("src/renderer", /\.tsx?$/);
const CODE = [
  ...filesIn("src/main", /\.ts$/),
  ...filesIn("src/shared", /\.ts$/),
  ...filesIn("src/cli", /\.ts$/),
  "scripts/start.mjs",
  "scripts/start.ts",
  "scripts/runtime.ts",
  "scripts/tour.ts",
];
const DOCS = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "demo/README.md",
  "tools/chromium-electron/README.md",
  ...filesIn("docs", /\.md$/),
];

function problemsIn(file: string, limits: Limits): readonly string[] {
  return sentencesOf(join(ROOT, file)).flatMap(({ line, text }) =>
    problemsOf(text, limits).map((problem) => `${file}:${line} [${problem}] ${text}`),
  );
}

const EVERY = [
  ...PAGE.map((file) => ({ file, limits: UI })),
  ...[...CODE, ...DOCS].map((file) => ({ file, limits: PROSE })),
];

describe("the language check", () => {
  it.each(EVERY.filter(({ file }) => !EXCEPTIONS.includes(file)))(
    "finds plain English in $file",
    ({ file, limits }) => {
      expect(problemsIn(file, limits)).toEqual([]);
    },
  );

  it("lists only files as exceptions that still need one", () => {
    const needed = EVERY.filter(({ file, limits }) => problemsIn(file, limits).length > 0);
    const files = new Set(needed.map(({ file }) => file));
    expect(EXCEPTIONS.filter((file) => !files.has(file))).toEqual([]);
  });

  it.each([
    ["This key stands in the file.", ["stands → be, appear"]],
    ["“x” is no segment.", ["is no segment → is not a …"]],
    ["The stand-alone window has a stand-in.", []],
    ["There is no longer a block.", []],
    ["What was typed is kept.", ["What → start with the subject"]],
    ["What happens next?", []],
    [Array.from({ length: 21 }, () => "word").join(" "), ["21 words, 20 at most"]],
  ])("judges “%s”", (sentence, problems) => {
    expect(problemsOf(sentence, UI)).toEqual(problems);
  });
});
