import { createScanner } from "jsonc-parser";
import { expect, test } from "vitest";

import { Cursor, TOKEN, Unreadable } from "./tokens";

const PARTS = [
  `{`,
  `}`,
  `[`,
  `]`,
  `:`,
  `,`,
  ` \t`,
  `\n`,
  `\r\n`,
  `\r`,
  `"plain"`,
  `""`,
  `"a\\"b\\u00e9"`,
  `"“ü😀"`,
  `"open`,
  `"\\x"`,
  `"\u0001"`,
  `"\u2028"`,
  `\\`,
  `-1.5e3`,
  `0`,
  `-`,
  `true`,
  `null`,
  `nul`,
  `// a "comment" */\n`,
  `// without an end`,
  `/**/`,
  `/* a\n * b */`,
  `/*/`,
  `/`,
  `\u00a0`,
  `\ufeff`,
];

test("finds the same tokens as jsonc-parser when a text consists of any two or three parts", () => {
  for (const first of PARTS) {
    for (const second of PARTS) {
      for (const third of ["", ...PARTS]) {
        const text = first + second + third;
        expect([text, ...found(text)]).toEqual([text, ...expected(text)]);
      }
    }
  }
});

/** The kind, place and value of each token. Ends with `unreadable` at a broken token. */
function found(text: string): readonly unknown[] {
  const cursor = new Cursor(text, 0);
  const tokens: unknown[] = [];
  try {
    while (!cursor.nextIs(TOKEN.end)) {
      const value = cursor.is(TOKEN.string) ? [cursor.value(), cursor.name()] : null;
      tokens.push([cursor.token, cursor.start, cursor.end, value]);
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    tokens.push(["unreadable", error.offset]);
  }
  return tokens;
}

function expected(text: string): readonly unknown[] {
  const scanner = createScanner(text, false);
  const tokens: unknown[] = [];
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const error: number = scanner.getTokenError();
    if (error !== 0) return [...tokens, ["unreadable", start]];
    const value = scanner.getTokenValue();
    const end = start + scanner.getTokenLength();
    if (TRIVIA.has(token)) continue;
    tokens.push([token, start, end, token === TOKEN.string ? [value, value] : null]);
  }
  return tokens;
}

/** Comments, line breaks and other white space. */
const TRIVIA: ReadonlySet<number> = new Set([12, 13, 14, 15]);
