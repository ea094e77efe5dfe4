import { describe, expect, test } from "vitest";

import { MAX_DEPTH, parseDocument } from "./document";
import { placeOf } from "./text-lines";
import { recoverOutline, type Outline } from "./outline";

function outline(text: string): readonly Outline[] {
  const document = parseDocument(text, "file");
  if (!document.success) throw new Error(document.error.message);
  return document.data.root?.members ?? [];
}

const nested = (levels: number) => `{ "a": ${"[".repeat(levels - 1)}${"]".repeat(levels - 1)} }`;

describe("a document", () => {
  test("reads keys and values as data when they have a meaning in JavaScript", () => {
    const [entry] = outline(
      `{ "x": { "__proto__": { "constructor": [1, "\\u00e9", null, true, -2e3] } } }`,
    );
    const [member] = entry?.members ?? [];
    expect(member?.key).toBe("__proto__");
    expect(Object.getPrototypeOf(member?.value)).toBeNull();
    expect(JSON.stringify(member?.value)).toBe(`{"constructor":[1,"é",null,true,-2000]}`);
  });

  test("keeps the members in order when keys are repeated", () => {
    const entries = outline(`{ "x": { "a": 1, "a": 2 }, "x": 3 }`);
    expect(entries.map(({ key, kind }) => [key, kind])).toEqual([
      ["x", "object"],
      ["x", "number"],
    ]);
    expect(entries[0]?.members.map(({ value }) => value)).toEqual([1, 2]);
  });

  test(`is refused when it is nested more than ${MAX_DEPTH} levels deep`, () => {
    expect(parseDocument(nested(MAX_DEPTH), "file")).toMatchObject({ success: true });
    expect(parseDocument(nested(MAX_DEPTH + 1), "file")).toMatchObject({
      error: { code: "file_too_deep", line: 1, column: 8 + MAX_DEPTH - 1 },
    });
  });

  test.each(["[", `{"a":`, `{"a":[`])(
    "is refused without a stack overflow when it is 2,000,000 times %s",
    (part) => {
      const text = `{ "x": ${part.repeat(2_000_000)}`;
      expect(parseDocument(text, "file")).toMatchObject({ error: { code: "file_too_deep" } });
      expect(recoverOutline(text)).toEqual([]);
    },
  );

  test("is read without delay when it has 10 MB of white space", () => {
    const started = performance.now();
    expect(outline(`{${" \n".repeat(5_000_000)}"a": {}}`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("the outline of a broken document", () => {
  test("has the complete members before and after the mistake", () => {
    const entries = recoverOutline(`\ufeff{
  "anthropic": { "apiKey": "k", "models": ["a", ] },
  "openai": { "apiKey": "l" }
  "xai": { "apiKey": "m",
`);
    expect(entries.map(({ key }) => key)).toEqual(["anthropic", "openai", "xai"]);
    expect(entries[1]?.members[0]).toMatchObject({ key: "apiKey", value: "l" });
  });

  test.each(["", "{", "[1", `"x`, `{ "a"`, `{ "a":`, "/*", "nonsense"])(
    "is empty when the text is %j",
    (text) => {
      expect(recoverOutline(text)).toEqual([]);
    },
  );

  test("has the right places when the text has a byte order mark", () => {
    const text = `\ufeff{\n "anthropic": {`;
    const [entry] = recoverOutline(text);
    expect(placeOf(text, entry?.keyStart ?? 0)).toEqual({ line: 2, column: 2 });
  });
});

test.each([
  ["", 0, 1, 1],
  ["ab", 2, 1, 3],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 3, 2, 1],
  ["a\rb\r\r\nc", 6, 4, 1],
  ["\ufeffab", 1, 1, 1],
  ["😀b", 2, 1, 3],
])(
  "finds the place in %j when the offset is %i: line %i, column %i",
  (text, offset, line, column) => {
    expect(placeOf(text, offset)).toEqual({ line, column });
  },
);
