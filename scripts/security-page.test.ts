import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { marked } from "marked";
import { expect, it } from "vitest";

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const page = read("docs/security.md");

it("docs/security.md names only existing test files as evidence", () => {
  const rows = page.split("\n").filter((line) => /^\| (?!-|threat|point|who|fuse)/.test(line));
  const files = [...page.matchAll(/\b(?:src|e2e|scripts)\/[\w/.-]+\.(?:test|e2e)\.ts\b/g)];
  expect(rows.length).toBeGreaterThan(40);
  expect(files.length).toBeGreaterThan(20);
  expect(files.map(([file]) => file).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it("docs/security.md names only existing tests in its checklist", () => {
  const tests = read("e2e/security.e2e.ts");
  const named = [...page.matchAll(/“([^”]+)”/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !tests.includes(`test("${name}`))).toEqual([]);
});

it.each([
  "docs/security.md",
  "docs/guide.md",
  "docs/dependencies.md",
  "docs/embedding.md",
  "docs/file-format.md",
  "docs/reliability.md",
  "docs/upgrading.md",
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
])("%s has no broken links", (file) => {
  expect(linksOf(read(file)).filter((to) => !existsSync(join(ROOT, file, "..", to)))).toEqual([]);
});

/** The file targets of links and images, except inside code. */
function linksOf(text: string): readonly string[] {
  const links: string[] = [];
  void marked.walkTokens(marked.lexer(text), (token) => {
    if (token.type !== "link" && token.type !== "image") return;
    const [path = ""] = String(token["href"]).split("#");
    if (path !== "" && !/^https?:/.test(path)) links.push(path);
  });
  return links;
}
