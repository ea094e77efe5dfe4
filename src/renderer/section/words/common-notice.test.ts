import { describe, expect, it } from "vitest";

import { provider } from "../../testing/sample-views";
import { commonNotices, needsAttention } from "./common-notice";
import { words } from "./words";

const ELSEWHERE = { code: "aggregator", message: "mux may go elsewhere." } as const;
const TWICE = { code: "duplicate_block", message: "It stands twice." } as const;

describe("what many providers have in common", () => {
  it("is said once, with everybody whom it is about", () => {
    const providers = [
      provider({ name: "Anthropic", notices: [ELSEWHERE] }),
      provider({ name: "Google", notices: [TWICE] }),
      provider({ name: "xAI", notices: [ELSEWHERE, TWICE] }),
    ];
    expect(commonNotices(providers)).toEqual([
      { message: "mux may go elsewhere.", names: ["Anthropic", "xAI"] },
    ]);
  });

  it.each([
    [["A"], "A"],
    [["A", "B"], "A and B"],
    [["A", "B", "C"], "A, B, and C"],
    [["A", "B", "C", "D"], "A, B, and 2 more"],
  ])("names %j as “%s”", (names, sentence) => {
    expect(words.common.concerns(names)).toBe(`${sentence} may take another way`);
  });

  it("needs no look at a row, unlike what is the row’s own", () => {
    expect(needsAttention(provider({ notices: [ELSEWHERE] }))).toBe(false);
    expect(needsAttention(provider({ notices: [ELSEWHERE, TWICE] }))).toBe(true);
  });
});
