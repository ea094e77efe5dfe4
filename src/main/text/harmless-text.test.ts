import { describe, expect, it } from "vitest";

import { harmless, shownName } from "./harmless-text";

describe("a shown name", () => {
  it.each([
    ["is unchanged when it is harmless", "Zeta – 東京 (EU), שלום", "Zeta – 東京 (EU), שלום"],
    [
      "keeps the joiners of emoji",
      "👩\u200d💻 ❤\ufe0f\u200d🔥 می\u200cخواهم",
      "👩\u200d💻 ❤\ufe0f\u200d🔥 می\u200cخواهم",
    ],
    ["is put on one line", "  one\r\ntwo\u2028three\t four ", "one two[U+2028]three four"],
    ["shows control characters", "a\u001b[31mb\u0000\u0085", "a␛[31mb␀[U+0085]"],
    ["shows characters that change the direction", "a\u202eb\u2066c", "a[U+202E]b[U+2066]c"],
    [
      "shows characters without width",
      "Open\u200bAI\ufeff\u200d\u00ad\u3164",
      "Open[U+200B]AI[U+FEFF][U+200D][U+00AD][U+3164]",
    ],
    ["limits the combining marks on a letter", `Z${"\u0301".repeat(50)}`, `Z${"\u0301".repeat(4)}`],
  ])("%s", (_, name, shown) => {
    expect(shownName(name)).toBe(shown);
  });

  it("is shortened without splitting a character", () => {
    expect(shownName("x".repeat(10_000))).toBe(`${"x".repeat(79)}…`);
    expect(shownName("😀".repeat(10_000))).not.toMatch(/\p{Cs}/u);
  });
});

it("keeps line breaks in harmless text", () => {
  expect(harmless("one\r\ntwo\tthree\n")).toBe("one\ntwo\tthree\n");
});
