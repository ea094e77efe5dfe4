import { describe, expect, it } from "vitest";

import { redactor } from "./redact";
import { redactUrl, urlSecrets, withoutKeySteps } from "./url-secrets";

describe("the secrets of a URL", () => {
  it.each([
    ["https://x.example/v1", []],
    [
      "https://me:pass%40word@x.example/v1",
      ["me:pass%40word", "me:pass@word", "me", "pass%40word", "pass@word"],
    ],
    [
      "https://x.example/v1?code=c%2Fd&pat=p==&jwt=a.b.c&sid=",
      ["c%2Fd", "c/d", "p==", "a.b.c", "sid"],
    ],
    ["https://x.example/v1?bare-key", ["bare-key"]],
    ["https://x.example/v1?alt=sse", []],
    ["https://x.example/v1#fragment?x=y", ["fragment?x=y"]],
    ["https://x.example/sk-abc%2B123456789/v1", ["sk-abc%2B123456789", "sk-abc+123456789"]],
    ["not a URL?key=value", ["value"]],
    ["", []],
  ])("of %s are %j", (url, secrets) => {
    expect(urlSecrets(url)).toEqual(secrets);
  });
});

describe("a shown URL", () => {
  it.each([
    ["https://me:secret@x.example/v1", "https://x.example/v1"],
    ["https://x.example/v1?key=secret&alt=sse", "https://x.example/v1?key=redacted&alt=sse"],
    [
      "https://x.example/v1?code=a&pat=b&jwt=c&sid=d",
      "https://x.example/v1?code=redacted&pat=redacted&jwt=redacted&sid=redacted",
    ],
    ["https://x.example/v1?secret", "https://x.example/v1?redacted"],
    ["https://x.example/v1?secret=", "https://x.example/v1?redacted"],
    ["https://x.example/v1?=secret", "https://x.example/v1?redacted"],
    ["https://x.example/v1#secret", "https://x.example/v1"],
    ["https://x.example/v1?alt=sse", "https://x.example/v1?alt=sse"],
    ["not an address", "not an address"],
  ])("of %s is %s", (url, shown) => {
    expect(redactUrl(url, redactor([]))).toBe(shown);
  });
});

describe("a step of a base URL's path", () => {
  it.each([
    "sk-canary-in-the-path",
    "AIzaSyCanary_in_the_path",
    "0123456789abcdef0123456789abcdef",
    "550e8400-e29b-41d4-a716-446655440000",
    "pR4tN8vXq2LmZ7cYw5KdH3jB",
    "canary0123456789secretsecret",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
  ])("is hidden when it looks like a key: %s", (step) => {
    for (const before of [
      "https://x.example/",
      "https://x.example//v1/",
      "http://127.0.0.1:8080/a/",
    ]) {
      expect(redactUrl(`${before}${step}/chat?alt=sse`)).toBe(`${before}redacted/chat?alt=sse`);
      expect(withoutKeySteps(`${before}${step}/chat`)).toBe(`${before}redacted/chat`);
      expect(urlSecrets(`${before}${step}/chat`)).toContain(step);
    }
  });

  it.each(["key", "token", "secret", "api-key", "tokens"])("is hidden after /%s/", (before) => {
    expect(withoutKeySteps(`https://x.example/${before}/abcdefgh/v1`)).toBe(
      `https://x.example/${before}/redacted/v1`,
    );
  });

  it("is hidden when a backslash separates it", () => {
    expect(withoutKeySteps("https://x.example\\sk-canary-in-the-path")).toBe(
      "https://x.example\\redacted",
    );
  });

  it("is hidden after the segment of a gateway, which is followed by the path of a base URL", () => {
    const gateway = `https://gateway.ai.cloudflare.com/v1/${"0a1b".repeat(8)}/gw/custom-mine`;
    expect(withoutKeySteps(`${gateway}/sk-canary-in-the-path/v1`)).toBe(`${gateway}/redacted/v1`);
  });

  it.each([
    "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/my-gateway/openai",
    "https://api.cloudflare.com/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/v1",
    "https://x.example/openai/deployments/gpt-4o-mini-2024-07-18",
    "https://x.example/v1/projects/my-project-123456/locations/us-central1/endpoints/openapi",
    "https://x.example/models/claude-3-5-sonnet-20241022-v2:0/invoke",
    "https://x.example/models/gemini-2.5-flash-preview-09-2025:streamGenerateContent",
    "https://x.example/accounts/fireworks/models/llama-v3p1-70b-instruct",
    "https://x.example/compatible-mode/v1/chat/completions",
    "https://x.example/token/v1",
  ])("stays visible when it is public: %s", (url) => {
    expect(withoutKeySteps(url)).toBe(url);
    expect(redactUrl(url)).toBe(url);
  });
});
