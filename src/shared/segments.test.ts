import { describe, expect, it } from "vitest";

import { baseUrlOfSegment, hasNoChat, KNOWN_SEGMENTS, pathOfBaseUrl } from "./segments";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

describe("the segment of a base URL", () => {
  it.each([
    ["https://api.groq.com/openai/v1", { segment: "groq", suffix: "" }],
    ["https://api.cohere.com/compatibility/v1", { segment: "cohere", suffix: "/compatibility/v1" }],
    ["https://api.cohere.ai/compatibility/v1", { segment: "cohere", suffix: "/compatibility/v1" }],
    ["https://inference.baseten.co/v1", { segment: "baseten", suffix: "/v1" }],
    [
      `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai/v1`,
      { segment: "workers-ai", suffix: "/v1" },
    ],
    [
      "https://generativelanguage.googleapis.com/v1beta/openai/",
      { segment: "google-ai-studio", suffix: "/v1beta/openai" },
    ],
    [`https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai/run`, null],
    ["https://generativelanguage.googleapis.com/v1beta", null],
    ["https://api.groq.com.evil.example/openai/v1", null],
    ["not a URL", null],
  ])("%s is %j", (baseUrl, path) => {
    expect(pathOfBaseUrl(baseUrl)).toEqual(path);
  });

  it("leads back to the segment when its base URL is known", () => {
    const led = [...KNOWN_SEGMENTS.keys()].map((segment) => {
      const baseUrl = baseUrlOfSegment(segment, ACCOUNT);
      return baseUrl === null ? null : pathOfBaseUrl(baseUrl)?.segment;
    });
    expect(led).toEqual([null, ...[...KNOWN_SEGMENTS.keys()].slice(1)]);
    expect(baseUrlOfSegment("custom-acme", ACCOUNT)).toBeNull();
  });
});

it("separates segments with a chat endpoint from those without", () => {
  expect(["aws-bedrock", "azure-openai", "replicate", "deepgram"].every(hasNoChat)).toBe(true);
  expect([...KNOWN_SEGMENTS.keys()].some(hasNoChat)).toBe(false);
});
