import { describe, expect, it } from "vitest";

import { detailsIn } from "./pasted";
import { proposedDomain } from "./proposed-domain";

describe("a custom domain in a pasted text", () => {
  it.each([
    ["https://ai.example.com/openai", { host: "ai.example.com", segment: "openai" }],
    [
      "https://AI.Example.com/anthropic/v1/messages",
      { host: "ai.example.com", segment: "anthropic" },
    ],
    ["https://ai.example.com/custom-acme/v1", { host: "ai.example.com", segment: "custom-acme" }],
    [
      `curl https://ai.example.com/openai/responses -H 'cf-aig-authorization: Bearer t'`,
      { host: "ai.example.com", segment: "openai" },
    ],
    [
      `OPENAI_BASE_URL="https://ai.example.com/openai"`,
      { host: "ai.example.com", segment: "openai" },
    ],
  ])("is proposed for %s", (text, proposed) => {
    expect(proposedDomain(text)).toEqual(proposed);
  });

  it.each([
    "https://ai.example.com",
    "https://ai.example.com/v1",
    "https://ai.example.com/custom-",
    "http://ai.example.com/openai",
    "https://ai.example.com:8443/openai",
    "https://user:pass@ai.example.com/openai",
    "https://ai.example.com./openai",
    "https://127.0.0.1/openai",
    "https://[::1]/openai",
    "https://localhost/openai",
    "https://api.openai.com/openai",
    "https://gateway.ai.cloudflare.com/v1/a/b/openai",
    "https://ai.example.com/openai https://ai.example.net/openai",
    "openai",
  ])("is not proposed for %s", (text) => {
    expect(proposedDomain(text)).toBeNull();
  });

  it("is never entered without asking the user", () => {
    for (const field of ["accountId", "gatewayName", "token", "segment"] as const) {
      expect(detailsIn("https://ai.example.com/openai", field)).not.toHaveProperty("host");
    }
  });
});
