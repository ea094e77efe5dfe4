import { createServer } from "node:http";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { restrictToBaseUrl, escapesPath, isBelowBaseUrl } from "./base-url-guard";

const arrived: string[] = [];
const server = createServer((request, response) => {
  arrived.push(request.url ?? "");
  response.end("OK");
});
let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterEach(() => arrived.splice(0));
afterAll(() => server.close());

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const BASE = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gateway/google-ai-studio/v1beta`;

describe("a request below the base URL", () => {
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
  ])("is recognised: %s, %s", (base, url) => {
    expect(isBelowBaseUrl(base, url)).toBe(true);
  });

  it.each([
    ["another scheme", BASE.replace("https:", "http:")],
    ["another host", BASE.replace("gateway.", "gateway2.")],
    ["another port", BASE.replace(".com/", ".com:8443/")],
    ["a user name", BASE.replace("https://", "https://me@")],
    ["another account", `${BASE.replace(ACCOUNT, "f".repeat(32))}/models/x`],
    ["another gateway", `${BASE.replace("my-gateway", "other")}/models/x`],
    ["a gateway whose name begins like it", BASE.replace("my-gateway", "my-gateway-2")],
    ["another segment", `${BASE.replace("google-ai-studio", "openai")}/models/x`],
    ["a longer last step", `${BASE}2/models/x`],
    ["climbing steps", `${BASE}/../../../other/google-ai-studio/v1beta/models/x`],
    ["encoded dots", `${BASE}/%2e%2e/.%2E/../other/google-ai-studio/v1beta/models/x`],
    ["an encoded slash", `${BASE}/..%2f..%2f..%2fother/models/x`],
    ["an encoded backslash", `${BASE}/models%5c..%5cx`],
    ["dots encoded twice", `${BASE}/%252e%252e/%252e%252e/models/x`],
    ["no address", "nowhere"],
  ])("is not one with %s", (_, url) => {
    expect(isBelowBaseUrl(BASE, url)).toBe(false);
  });
});

describe("a text in a path", () => {
  it.each(["gemini-x", "models/gemini-x", "tunedModels/a.b-c", "openai/gpt-5:free", "a..b", "50%"])(
    "keeps its place: %s",
    (text) => {
      expect(escapesPath(text)).toBe(false);
    },
  );

  it.each([
    "../x",
    "models/../x",
    "models/..",
    "./x",
    ".%2e/x",
    "%2E%2e/x",
    "..%2fx",
    "%252e%252e/x",
  ])("climbs out of it: %s", (text) => {
    expect(escapesPath(text)).toBe(true);
  });

  it.each([
    "a\\b",
    "a#b",
    "a?b",
    "a%23b",
    "a%3fb",
    "a%5cb",
    ".\t./x",
    ".\n./x",
    "a%00b",
    "a\u0085b",
  ])("bends the path: %j", (text) => {
    expect(escapesPath(text)).toBe(true);
  });
});

describe("the guarded fetch", () => {
  it("sends what is below the base URL, however the address is given", async () => {
    const send = restrictToBaseUrl(fetch, `${origin}/v1/seg`);
    for (const input of [`${origin}/v1/seg/a`, new URL(`${origin}/v1/seg/b`)]) await send(input);
    await send(new Request(`${origin}/v1/seg/c`));
    expect(arrived).toEqual(["/v1/seg/a", "/v1/seg/b", "/v1/seg/c"]);
  });

  it("sends nothing of what is not, and tells its address", async () => {
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
    expect(arrived).toEqual([]);
    expect(refused).toEqual([`${origin}/v1/other/a`, `${origin}/v1/segment/b`, `${origin}/v1/c`]);
  });

  it("quotes no query in its error, because it may hold a secret", async () => {
    const send = restrictToBaseUrl(fetch, `${origin}/v1?code=hidden-1`);
    await expect(send(`${origin}/v2?code=hidden-2`)).rejects.not.toThrow(/hidden/);
  });
});
