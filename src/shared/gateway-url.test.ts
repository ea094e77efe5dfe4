import { describe, expect, it } from "vitest";

import { gatewayBaseUrl, unroutableReason, usualSegment } from "./gateway-url";
import { builtInProvider } from "./providers";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "my-gateway" };
const PREFIX = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gateway`;

/** The provider's kind as mux sees it. */
const named = (id: string) => ({ id, kind: builtInProvider(id) ? "built-in" : "custom" }) as const;

const urlOf = (id: string, ownBaseUrl: string | null = null, segment?: string) => {
  const result = gatewayBaseUrl(
    { ...named(id), ownBaseUrl },
    segment ? { ...GATEWAY, segment } : GATEWAY,
  );
  return result.success ? result.data : result.error.code;
};

describe("the base URL behind a gateway", () => {
  it.each([
    ["anthropic", `${PREFIX}/anthropic/v1`],
    ["openai", `${PREFIX}/openai`],
    ["google", `${PREFIX}/google-ai-studio/v1beta`],
    ["xai", `${PREFIX}/grok/v1`],
    ["deepseek", `${PREFIX}/deepseek`],
    ["openrouter", `${PREFIX}/openrouter/v1`],
  ])("of %s has the suffix that its SDK package needs", (id, expected) => {
    expect(urlOf(id)).toBe(expected);
  });

  it.each([
    ["https://api.mistral.ai/v1", `${PREFIX}/mistral/v1`],
    ["https://api.groq.com/openai/v1", `${PREFIX}/groq`],
    ["https://api.perplexity.ai", `${PREFIX}/perplexity-ai`],
  ])("of a custom provider at %s uses Cloudflare's segment for the host", (own, url) => {
    expect(urlOf("mine", own)).toBe(url);
  });

  it("of Moonshot AI requires the segment of a custom provider", () => {
    expect(urlOf("moonshotai")).toBe("segment_required");
    expect(urlOf("moonshotai", null, "custom-moonshot")).toBe(`${PREFIX}/custom-moonshot/v1`);
  });

  it.each([
    `https://llm.example.com/..%2f..%2f..%2f${"f".repeat(32)}%2fother%2fopenai`,
    "https://llm.example.com/v1/..;/..;/x",
    "https://llm.example.com/%252e%252e/x",
    "https://llm.example.com/a%5c..%5cb",
    "https://llm.example.com/a%3fb",
  ])("of a custom provider is refused when its own path could leave the gateway: %s", (own) => {
    expect(urlOf("mine", own, "custom-mine")).toBe("base_url_invalid");
    expect(urlOf("openai", own, "custom-mine")).toBe("base_url_invalid");
  });

  it("appends the path of a custom provider's base URL to its segment", () => {
    expect(urlOf("mine", "https://llm.example.com/api/v2/", "custom-mine")).toBe(
      `${PREFIX}/custom-mine/api/v2`,
    );
    expect(urlOf("mine", "https://llm.example.com", "custom-mine")).toBe(
      `${PREFIX}/custom-mine/v1`,
    );
  });

  it("keeps the path after the segment when the base URL already uses a gateway", () => {
    const byHand = `${PREFIX}/custom-mine`;
    expect(urlOf("mine", `${byHand}/api/v2`, "custom-mine")).toBe(`${byHand}/api/v2`);
    expect(urlOf("mine", `${PREFIX}/custom-old/v1`, "custom-mine")).toBe(`${byHand}/v1`);
  });

  it("adds /v1 to a base URL without a path only where mux does", () => {
    const origin = "https://proxy.example.com";
    expect(urlOf("deepseek", origin, "custom-mine")).toBe(`${PREFIX}/custom-mine`);
    expect(urlOf("openai", origin, "custom-mine")).toBe(`${PREFIX}/custom-mine/v1`);
    expect(urlOf("openai", `${origin}/`, "custom-mine")).toBe(`${PREFIX}/custom-mine/v1`);
    expect(urlOf("mine", origin, "custom-mine")).toBe(`${PREFIX}/custom-mine/v1`);
    expect(urlOf("mine", `${origin}/`, "custom-mine")).toBe(`${PREFIX}/custom-mine`);
  });

  it("refuses a name that would leave its place in the path", () => {
    const refused = (accountId: string, gatewayName: string, segment: string | null) => {
      const result = gatewayBaseUrl(
        { ...named("moonshotai"), ownBaseUrl: null },
        { accountId, gatewayName, segment },
      );
      return result.success ? result.data : result.error.code;
    };
    expect(refused("../../evil", "my-gateway", "custom-a")).toBe("account_id_invalid");
    expect(refused(ACCOUNT, "..", "custom-a")).toBe("gateway_name_invalid");
    expect(refused(ACCOUNT, "a/b", "custom-a")).toBe("gateway_name_invalid");
    expect(refused(ACCOUNT, "my-gateway", "custom-a/../../x")).toBe("segment_invalid");
    expect(refused(ACCOUNT, "my-gateway", "openai?x=")).toBe("segment_invalid");
  });

  it("refuses a segment that is neither documented nor custom", () => {
    expect(urlOf("anthropic", null, "made-up")).toBe("segment_invalid");
  });

  it("is refused when the provider cannot be routed", () => {
    expect(urlOf("ollama")).toBe("provider_not_routable");
    expect(urlOf("bedrock")).toBe("provider_not_routable");
  });
});

describe("an unroutable provider", () => {
  it.each([
    ["http://localhost:1234/v1", "local"],
    ["http://LOCALHOST./v1", "local"],
    ["http://127.1/v1", "local"],
    ["http://0x7f.0.0.1/v1", "local"],
    ["http://2130706433/v1", "local"],
    ["http://10.1.2.3/v1", "local"],
    ["http://172.31.0.1/v1", "local"],
    ["http://192.168.0.9:8080", "local"],
    ["http://100.100.1.1", "local"],
    ["http://169.254.169.254", "local"],
    ["http://[::1]:8080/v1", "local"],
    ["http://[fd00::1]/v1", "local"],
    ["http://[fe80::1]/v1", "local"],
    ["http://[::ffff:127.0.0.1]/v1", "local"],
    ["http://nas.local/v1", "local"],
    ["http://my-server/v1", "local"],
    ["https://me.openai.azure.com/openai", "azure"],
    ["ftp://example.com", "bad-base-url"],
    ["not a url", "bad-base-url"],
    ["", "bad-base-url"],
  ])("%s: %s", (ownBaseUrl, reason) => {
    expect(unroutableReason({ ...named("mine"), ownBaseUrl })).toBe(reason);
  });

  it.each(["https://api.mistral.ai/v1", "https://172.32.0.1/v1", "https://[2606:4700::1]/v1"])(
    "does not include one at %s",
    (ownBaseUrl) => {
      expect(unroutableReason({ ...named("mine"), ownBaseUrl })).toBeNull();
    },
  );

  it("includes a built-in one with a private address as base URL", () => {
    expect(unroutableReason({ ...named("openai"), ownBaseUrl: "http://127.0.0.1:9/v1" })).toBe(
      "local",
    );
    expect(unroutableReason({ ...named("openai"), ownBaseUrl: null })).toBeNull();
  });
});

describe("the default segment", () => {
  it("is known only for Cloudflare's providers and hosts", () => {
    expect(usualSegment({ ...named("google"), ownBaseUrl: null })).toBe("google-ai-studio");
    expect(usualSegment({ ...named("mine"), ownBaseUrl: "https://api.mistral.ai/v1" })).toBe(
      "mistral",
    );
    expect(usualSegment({ ...named("moonshotai"), ownBaseUrl: null })).toBeNull();
    expect(
      usualSegment({ ...named("__proto__"), ownBaseUrl: "https://llm.example.com" }),
    ).toBeNull();
  });
});
