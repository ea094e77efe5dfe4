import { describe, expect, it } from "vitest";

import { foreignHost, keyVariableFor, unconfirmedHost } from "./key-host";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;

const hostOf = (id: string, ownBaseUrl: string | null) =>
  foreignHost({ id, kind: "built-in", ownBaseUrl });

describe("the host that a built-in provider's key belongs to", () => {
  it.each([
    ["anthropic", "https://coder.example.com/api/v2/aibridge/anthropic", "coder.example.com"],
    ["openai", "https://coder.example.com:8443/v1", "coder.example.com:8443"],
    ["xai", "https://res.services.ai.azure.com/openai/v1", "res.services.ai.azure.com"],
    ["deepseek", "https://api.other.example/api/paas/v4", "api.other.example"],
    ["deepseek", "https://api.openai.com/v1", "api.openai.com"],
    ["openai", "https://api.openai.com.evil.example/v1", "api.openai.com.evil.example"],
    ["openai", "https://evilapi.openai.com/v1", "evilapi.openai.com"],
    ["openai", `${GATEWAY}/custom-bridge/v1`, "gateway.ai.cloudflare.com"],
    ["anthropic", "coder.example.com/v1", "coder.example.com"],
    ["anthropic", "http://[", "another host"],
  ])("is foreign for %s at %s", (id, url, host) => {
    expect(hostOf(id, url)).toBe(host);
  });

  it.each([
    ["anthropic", null],
    ["anthropic", "https://api.anthropic.com"],
    ["openai", "http://API.OpenAI.com./v1"],
    ["openai", "https://eu.api.openai.com/v1"],
    ["xai", "https://us-east-1.api.x.ai/v1"],
    ["openrouter", "https://eu.openrouter.ai/api/v1"],
    ["google", "https://generativelanguage.googleapis.com/v1beta"],
    ["openai", `${GATEWAY}/openai`],
    ["ollama", "http://localhost:11434/api"],
  ])("is the provider's own for %s at %s", (id, url) => {
    expect(hostOf(id, url)).toBeNull();
  });

  it("is foreign when the base URL comes from the environment", () => {
    const environmentBaseUrl = "http://localhost:4000/v1";
    const provider = {
      id: "openai",
      kind: "built-in",
      ownBaseUrl: null,
      environmentBaseUrl,
    } as const;
    expect(foreignHost(provider)).toBe("localhost:4000");
    expect(unconfirmedHost(provider, null)).toBe("localhost:4000");
    expect(unconfirmedHost(provider, "openai")).toBeNull();
  });

  it("is never foreign for a custom provider, even with a built-in provider's name", () => {
    const ownBaseUrl = "https://llm.example.com/v1";
    expect(foreignHost({ id: "openai", kind: "custom", ownBaseUrl })).toBeNull();
  });
});

describe("the variable that holds the key of a request", () => {
  it.each([
    ["openai", "https://api.openai.com/v1/responses", "OPENAI_API_KEY"],
    ["openai", `${GATEWAY}/openai/responses`, "OPENAI_API_KEY"],
    ["openai", "https://llm.example.com/v1/chat/completions", null],
    ["openai", `${GATEWAY}/custom-llm/v1/chat/completions`, null],
    ["mine", "https://llm.example.com/v1", null],
  ])("of %s at %s", (id, url, variable) => {
    expect(keyVariableFor(id, url)).toBe(variable);
  });
});
