import { describe, expect, it } from "vitest";

import { verdictSentence } from "../../../shared/verdict-sentence";
import { diagnosis, GATEWAY_URL, report } from "../../testing/sample-reports";
import {
  ageOf,
  agoOf,
  announcementOf,
  duration,
  gatewayOf,
  logPage,
  signedDuration,
  toneOf,
} from "./report-words";

const direct = { method: "POST", url: "https://api.anthropic.com/v1/messages" };

describe("a verdict", () => {
  it("is green only for a finished generation over the expected route", () => {
    expect(toneOf(report())).toBe("good");
    expect(toneOf(report({ verdict: "direct", expected: "direct" }))).toBe("good");
    expect(toneOf(report({ ok: false }))).toBe("bad");
    expect(toneOf(report({ verdict: "unproven" }))).toBe("doubtful");
    expect(toneOf(report({ verdict: "bypassed" }))).toBe("doubtful");
    expect(toneOf(report({ verdict: "direct", expected: "gateway" }))).toBe("doubtful");
  });

  it("names the gateway that was called, not the one that is configured", () => {
    expect(verdictSentence(report())).toBe("Went through Cloudflare AI Gateway my-gateway");
  });

  it.each(["gateway", "direct", "unproven", "bypassed", "unreachable"] as const)(
    "never reads as a success when the call failed (%s)",
    (verdict) => {
      const failed = report({ verdict, ok: false, expected: "direct" });
      expect(verdictSentence(failed)).not.toMatch(/^Went/);
    },
  );

  it("says where a bypassing request went", () => {
    expect(verdictSentence(report({ verdict: "bypassed", request: direct }))).toBe(
      "Did not go through the gateway: the request went to api.anthropic.com",
    );
  });

  it("does not name another gateway than the file's as the right one", () => {
    expect(verdictSentence(report({ verdict: "bypassed" }))).toBe(
      "Called another URL at the gateway’s host than the file says",
    );
  });

  it.each([
    [true, "Answered from api.anthropic.com, but something in between seems to have answered"],
    [false, "Called api.anthropic.com, but something in between seems to have answered"],
  ])("does not speak of a gateway when the test was direct (ok: %s)", (ok, sentence) => {
    const between = report({ verdict: "unproven", expected: "direct", request: direct, ok });
    expect(verdictSentence({ ...between, evidence: [] })).toBe(sentence);
  });

  it.each([true, false])("does not claim the gateway from another host's headers (%s)", (ok) => {
    const forged = report({ verdict: "bypassed", expected: "direct", request: direct, ok });
    expect(verdictSentence(forged)).toBe(
      `${ok ? "Answered from" : "Called"} api.anthropic.com, which sent headers of Cloudflare AI Gateway, although the file says direct`,
    );
  });

  it("does not claim that an unreadable answer is missing", () => {
    const cause = { ...diagnosis("unknown"), rule: "response_unreadable" };
    const failed = report({ verdict: "unreachable", ok: false, diagnosis: cause, request: direct });
    expect(verdictSentence(failed)).toBe("No readable answer from api.anthropic.com");
  });

  it("names no other sender when the response was interrupted", () => {
    const cause = { ...diagnosis("network"), rule: "answer_broke_off" };
    const failed = report({ verdict: "unproven", ok: false, diagnosis: cause, evidence: [] });
    expect(verdictSentence(failed)).not.toContain("something else");
  });

  it.each([
    [true, "Answered from gateway.ai.cloudflare.com, but its certificate was not verified"],
    [false, "Called gateway.ai.cloudflare.com, but its certificate was not verified"],
  ])("says that an unverified certificate proves nothing (ok: %s)", (ok, sentence) => {
    const evidence = [{ kind: "tls", text: "The certificate was not checked" }] as const;
    expect(verdictSentence(report({ verdict: "unproven", ok, evidence }))).toBe(sentence);
  });

  it.each([
    ["a domain of the saved route", { expected: "gateway" as const, evidence: [] }],
    [
      "a base URL that answers like a gateway",
      {
        expected: "direct" as const,
        evidence: [{ kind: "header", text: "cf-aig-step: 0" }] as const,
      },
    ],
  ])("says that Cloudflare has not confirmed %s", (_name, about) => {
    const request = { method: "POST", url: "https://ai.example.com/openai/responses" };
    const unproven = report({ verdict: "unproven", request, ...about });
    const rest = "ai.example.com, but Cloudflare has not confirmed that this is your gateway";
    expect(verdictSentence(unproven)).toBe(`Answered from ${rest}`);
    expect(verdictSentence({ ...unproven, ok: false })).toBe(`Called ${rest}`);
  });

  it.each([
    ["network", "Called api.anthropic.com, but something else answered"],
    ["edge", "Called api.anthropic.com, but something else answered"],
    ["provider", "Called the gateway’s URL, but nothing in the response shows the gateway"],
  ] as const)("says whether another sender answered when the %s refused", (culprit, sentence) => {
    const unproven = report({
      verdict: "unproven",
      ok: false,
      expected: "direct",
      ...(culprit === "provider" ? {} : { request: direct }),
      diagnosis: diagnosis(culprit),
    });
    expect(verdictSentence(unproven)).toBe(sentence);
  });

  it("is announced with the cause of a failure", () => {
    const failed = report({ ok: false, diagnosis: diagnosis("gateway") });
    expect(announcementOf(failed)).toMatch(/^It said no\. Reached Cloudflare AI Gateway/);
    expect(announcementOf(report())).toBe(verdictSentence(report()));
  });

  it("recognizes a request that was never sent", () => {
    expect(verdictSentence(report({ verdict: "unreachable", ok: false, request: null }))).toBe(
      "The request never left this computer",
    );
  });
});

describe("the numbers of a report", () => {
  it.each([
    [null, "—"],
    [0.4, "0 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [12_345, "12.35 s"],
  ])("write %s milliseconds as %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it.each([
    [null, "—"],
    [35.4, "+35 ms"],
    [-1200, "−1.20 s"],
    [0.3, "±0 ms"],
  ])("write a difference of %s milliseconds as %s", (ms, text) => {
    expect(signedDuration(ms)).toBe(text);
  });

  it.each([
    [20_000, "now", "just now"],
    [5 * 60_000, "5 min", "5 min ago"],
    [3 * 3_600_000, "3 h", "3 h ago"],
    [26 * 3_600_000, "1 day", "1 day ago"],
    [60 * 3_600_000, "2 days", "2 days ago"],
    [-5000, "now", "just now"],
  ])("write an age of %s ms as %s, and in a sentence as %s", (age, short, text) => {
    const { startedAt } = report();
    const now = Date.parse(startedAt) + age;
    expect([ageOf(startedAt, now), agoOf(startedAt, now)]).toEqual([short, text]);
  });
});

it("finds account and gateway only in addresses of the gateway", () => {
  expect(gatewayOf(GATEWAY_URL)?.gatewayName).toBe("my-gateway");
  expect(gatewayOf("https://gateway.ai.cloudflare.com.evil.example/v1/a/b/c")).toBeNull();
  expect(gatewayOf("https://gateway.ai.cloudflare.com/v2/a/b/c")).toBeNull();
  expect(gatewayOf(null)).toBeNull();
  expect(logPage(report({ verdict: "unproven" }))).toBeNull();
});
