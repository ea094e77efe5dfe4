import { describe, expect, test } from "vitest";

import { parseDocument } from "./document";

const problemOf = (text: string) => {
  const document = parseDocument(text, "providers.jsonc");
  return document.success ? null : document.error;
};

describe("a broken text", () => {
  test.each([
    [`{\n\u00a0"a": 1 }`, 2, 1, "a no-break space (U+00A0)"],
    [`{ "a":\u00a01 }`, 1, 7, "a no-break space (U+00A0)"],
    [`{ "a": 1,\u200b "b": 2 }`, 1, 10, "a zero-width space (U+200B)"],
    [`{ "a": tru\u200be }`, 1, 11, "a zero-width space (U+200B)"],
    [`{ “a”: 1 }`, 1, 3, "the typographic quotation mark “ (U+201C)"],
    [`{\n  "a": ”b” }`, 2, 8, "the typographic quotation mark ” (U+201D)"],
    [`{ ‘a’: 1 }`, 1, 3, "the typographic quotation mark ‘ (U+2018)"],
    [`{ "a": ’b’ }`, 1, 8, "the typographic quotation mark ’ (U+2019)"],
    [`{ "a"： 1 }`, 1, 6, "the full-width colon ： (U+FF1A)"],
    [`{ "a": 1 }\ufeff`, 1, 11, "a byte order mark (U+FEFF)"],
    [`{ "a": \u{e0041} }`, 1, 8, "an invisible character (U+E0041)"],
    [`{\n<<<<<<< HEAD\n  "a": 1\n}`, 2, 1, "the merge conflict marker <<<<<<<"],
    [`{\n  "a": 1\n=======\n}`, 3, 1, "the merge conflict marker ======="],
    [`{\r\n  "a": 1\r\n>>>>>>> main\r\n}`, 3, 1, "the merge conflict marker >>>>>>>"],
    [`<<<<<<< HEAD\n{}`, 1, 1, "the merge conflict marker <<<<<<<"],
  ])("names the odd character or marker when the text is %j", (text, line, column, what) => {
    const problem = problemOf(text);
    expect(problem).toMatchObject({ code: "file_invalid", line, column });
    expect(problem?.message).toContain(`it contains ${what} at line ${line}, column ${column}`);
  });

  test.each([`{ "a”: "b" }`, `{ "a": "b” }`, `{ "a": "b”, "c": 1 }`])(
    "names a typographic mark when it may have been meant to close a string: %s",
    (text) => {
      expect(problemOf(text)?.message).toContain(
        "perhaps because of the typographic quotation mark ” (U+201D)",
      );
    },
  );

  test.each([`{ "a" 1 }`, `{ "a": 1 "b": 2 }`, `{ a: 1 }`, `{ "a": ======== }`, "{", `{ "é" 1 }`])(
    "names no character when none is odd: %s",
    (text) => {
      expect(problemOf(text)?.code).toBe("file_invalid");
      expect(problemOf(text)?.message).not.toMatch(/it contains|perhaps/);
    },
  );
});

test("accepts odd characters where JSON allows them", () => {
  expect(
    problemOf(`{ "“a”": "\u00a0\u200b’", /* \u00a0\n======= */ "b": "<<<<<<< x" }`),
  ).toBeNull();
});
