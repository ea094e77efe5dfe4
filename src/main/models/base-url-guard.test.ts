import { createServer } from "node:http";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { isBelowBaseUrl, restrictToBaseUrl } from "./base-url-guard";

const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? "");
  response.end("OK");
});
let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterEach(() => requests.splice(0));
afterAll(() => server.close());

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const BASE = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gateway/google-ai-studio/v1beta`;

describe("a URL", () => {
  it.each([
    [BASE, `${BASE}/models/gemini-x:streamGenerateContent?alt=sse`],
    [BASE, `${BASE}/accounts/fireworks/models/x:generateContent`],
    [BASE, `${BASE}/@cf/meta/llama-3`],
    [BASE, `${BASE}/models/a%20name%20with%20spaces%C3%A9`],
    [BASE, BASE],
    [`${BASE}/`, `${BASE}/models/x`],
    [`${BASE}//`, `${BASE}//models/x`],
    ["https://llm.example.com", "https://llm.example.com/chat/completions"],
    ["https://LLM.example.com:443/v1", "https://llm.example.com/v1/chat/completions"],
    ["https://llm.example.com/v1?code=1", "https://llm.example.com/v1?code=1/chat/completions"],
  ])("is below the base URL: %s, %s", (base, url) => {
    expect(isBelowBaseUrl(base, url)).toBe(true);
  });

  it.each([
    ["another scheme", BASE.replace("https:", "http:")],
    ["another host", BASE.replace("gateway.", "gateway2.")],
    ["another port", BASE.replace(".com/", ".com:8443/")],
    ["a user name", BASE.replace("https://", "https://me@")],
    ["another account", `${BASE.replace(ACCOUNT, "f".repeat(32))}/models/x`],
    ["another gateway", `${BASE.replace("my-gateway", "other")}/models/x`],
    ["a gateway with the same beginning", BASE.replace("my-gateway", "my-gateway-2")],
    ["another segment", `${BASE.replace("google-ai-studio", "openai")}/models/x`],
    ["a longer last segment", `${BASE}2/models/x`],
    ["a path traversal", `${BASE}/../../../other/google-ai-studio/v1beta/models/x`],
    ["encoded dots", `${BASE}/%2e%2e/.%2E/../other/google-ai-studio/v1beta/models/x`],
    ["an encoded slash", `${BASE}/..%2f..%2f..%2fother/models/x`],
    ["an encoded backslash", `${BASE}/models%5c..%5cx`],
    ["dots encoded twice", `${BASE}/%252e%252e/%252e%252e/models/x`],
    ["no scheme", "nowhere"],
  ])("is not below the base URL when it has %s", (_, url) => {
    expect(isBelowBaseUrl(BASE, url)).toBe(false);
  });
});

describe("the guarded fetch", () => {
  it("sends a request when its URL, in any form, is below the base URL", async () => {
    const send = restrictToBaseUrl(fetch, `${origin}/v1/seg`);
    for (const input of [`${origin}/v1/seg/a`, new URL(`${origin}/v1/seg/b`)]) await send(input);
    await send(new Request(`${origin}/v1/seg/c`));
    expect(requests).toEqual(["/v1/seg/a", "/v1/seg/b", "/v1/seg/c"]);
  });

  it("sends nothing and reports the URL when it is not below the base URL", async () => {
    const refused: string[] = [];
    const send = restrictToBaseUrl(fetch, `${origin}/v1/seg`, (url) => void refused.push(url));
    const inputs = [
      `${origin}/v1/seg/../other/a`,
      new URL(`${origin}/v1/segment/b`),
      new Request(`${origin}/v1/c`),
    ];
    for (const input of inputs) {
      await expect(send(input)).rejects.toMatchObject({ code: "LEFT_BASE_URL" });
    }
    expect(requests).toEqual([]);
    expect(refused).toEqual([`${origin}/v1/other/a`, `${origin}/v1/segment/b`, `${origin}/v1/c`]);
  });

  it("quotes no query when it refuses a request, because it may contain a secret", async () => {
    const send = restrictToBaseUrl(fetch, `${origin}/v1?code=hidden-1`);
    await expect(send(`${origin}/v2?code=hidden-2`)).rejects.not.toThrow(/hidden/);
  });
});
