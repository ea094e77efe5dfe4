import { describe, expect, it } from "vitest";

import type { Notice } from "../../../shared/view";
import { provider } from "../../testing/sample-views";
import { commonNotices, needsAttention } from "./common-notice";
import { words } from "./words";

const ELSEWHERE = { code: "aggregator", message: "mux sends these models elsewhere." } as const;
const VOICE = { code: "voice_input", message: "Voice input fails." } as const;
const TWICE = { code: "duplicate_block", message: "It appears twice." } as const;
const MIRROR = {
  code: "mirror_out_of_step",
  message: "The base URL differs.",
  fix: "mend_mirror",
} as const;
const LEAK = {
  code: "token_leak",
  message: "The token leaks.",
  fix: "remove_token_header",
} as const;

const named = (id: string, ...notices: readonly Notice[]) =>
  provider({ id, name: id.toUpperCase(), notices });

describe("the warnings above the list", () => {
  it("contain each shared sentence once, with its providers and their common fix", () => {
    const providers = [named("a", ELSEWHERE, MIRROR, VOICE), named("b", TWICE), named("c", MIRROR)];
    expect(commonNotices(providers)).toEqual([
      { message: ELSEWHERE.message, providers: [{ id: "a", name: "A" }], fix: null },
      {
        message: MIRROR.message,
        providers: [
          { id: "a", name: "A" },
          { id: "c", name: "C" },
        ],
        fix: "mend_mirror",
      },
    ]);
  });

  it("offer no fix when a provider does not have it", () => {
    const { fix: _, ...withoutFix } = MIRROR;
    const [common] = commonNotices([named("a", MIRROR), named("b", withoutFix)]);
    expect(common?.fix).toBeNull();
  });

  it("leave out token leaks, which have a message of their own", () => {
    expect(commonNotices([named("a", LEAK), named("b", LEAK)])).toEqual([]);
  });

  it("leave out an unconfirmed domain, unless there is something to fix", () => {
    const domain = { code: "domain_unconfirmed", message: "Its domain is not confirmed." } as const;
    expect(commonNotices([named("a", domain), named("b", domain)])).toEqual([]);
    const called = { ...domain, fix: "mend_mirror" } as const;
    expect(commonNotices([named("a", called), named("b", called)])).toHaveLength(1);
  });

  it.each([
    [["A"], "A"],
    [["A", "B"], "A and B"],
    [["A", "B", "C"], "A, B, and C"],
    [["A", "B", "C", "D"], "A, B, and 2 more"],
  ])("name %j as “%s”", (names, sentence) => {
    expect(words.common.names(names)).toBe(sentence);
  });
});

it("marks a row only for warnings that are about it", () => {
  expect(needsAttention(named("a", ELSEWHERE))).toBe(false);
  expect(needsAttention(named("a", VOICE))).toBe(false);
  expect(needsAttention(named("a", ELSEWHERE, VOICE, TWICE))).toBe(true);
});
