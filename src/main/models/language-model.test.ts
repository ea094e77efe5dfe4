import { generateText } from "ai";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { openInterceptingProxy, type InterceptingProxy } from "../proof/testing/intercepting-proxy";
import { ACCOUNT_ID, block, GATEWAY_NAME, provider, recordingLog } from "../proof/testing/provider";
import { createLanguageModel, type ModelRequest } from "./language-model";

let proxy: InterceptingProxy;
beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterEach(() => proxy.reset());
afterAll(() => proxy.close());

async function create(request: Partial<ModelRequest> & Pick<ModelRequest, "provider">) {
  const created = await createLanguageModel({
    modelId: "the-model",
    route: "saved",
    env: proxy.env,
    log: recordingLog(),
    ...request,
  });
  if (!created.success) throw new Error(created.error.message);
  return created.data;
}

const CHAT_RESPONSE = JSON.stringify({
  id: "chat_1",
  object: "chat.completion",
  created: 1_790_000_000,
  model: "the-model",
  choices: [{ index: 0, message: { role: "assistant", content: "OK" }, finish_reason: "stop" }],
});

describe("a model without a host's own fetch", () => {
  it("uses the proxy and the certificates when the environment names them", async () => {
    proxy.respondWith(() => ({
      headers: { "content-type": "application/json" },
      body: CHAT_RESPONSE,
    }));
    const { model } = await create({
      provider: provider("deepseek", {}, { block: block({ token: "token-0123456789" }) }),
    });
    const { text } = await generateText({ model, prompt: "Hello", maxRetries: 0 });
    expect(text).toBe("OK");
    expect(proxy.requests()).toMatchObject([
      {
        url: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/deepseek/chat/completions`,
        headers: {
          authorization: "Bearer key-of-deepseek-0123456789",
          "cf-aig-authorization": "Bearer token-0123456789",
        },
      },
    ]);
  });

  it("keeps prompts out of the log when the block says so, whatever the user's header says", async () => {
    proxy.respondWith(() => ({
      headers: { "content-type": "application/json" },
      body: CHAT_RESPONSE,
    }));
    const headers = { "CF-AIG-Collect-Log-Payload": "true" };
    const config = provider(
      "deepseek",
      { headers },
      { block: { ...block(), storePrompts: false } },
    );
    const { model } = await create({ provider: config });
    await generateText({ model, prompt: "Hello", maxRetries: 0 });
    expect(proxy.requests()[0]?.headers).toMatchObject({ "cf-aig-collect-log-payload": "false" });
  });

  it("sends no probe headers", async () => {
    proxy.respondWith(() => ({
      headers: { "content-type": "application/json" },
      body: CHAT_RESPONSE,
    }));
    const { model } = await create({ provider: provider("deepseek", {}, { block: block() }) });
    await generateText({ model, prompt: "Hello", maxRetries: 0 });
    const names = Object.keys(proxy.requests()[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith("cf-"))).toEqual([]);
  });
});

describe("a model with a host's own fetch", () => {
  it("calls it with the gateway's headers only when the route is the gateway", async () => {
    const calls: [string, string | null][] = [];
    const send: typeof fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      calls.push([new URL(url).host, new Headers(init?.headers).get("cf-aig-authorization")]);
      return new Response(CHAT_RESPONSE, { headers: { "content-type": "application/json" } });
    };
    const config = provider("deepseek", {}, { block: block({ token: "token-0123456789" }) });
    for (const route of ["saved", "direct"] as const) {
      const { model } = await create({ provider: config, route, fetch: send });
      await generateText({ model, prompt: "Hello", maxRetries: 0 });
    }
    expect(calls).toEqual([
      ["gateway.ai.cloudflare.com", "Bearer token-0123456789"],
      ["api.deepseek.com", null],
    ]);
    expect(proxy.requests()).toEqual([]);
  });
});

describe("a model name", () => {
  const google = provider("google", {}, { block: block({ token: "token-0123456789" }) });
  const other = "../../../../fedcba9876543210fedcba9876543210/other/google-ai-studio/v1beta";

  it.each([
    `${other}/models/x`,
    `models/${other}/models/x`,
    "models/../../x",
    ".%2e/x",
    "%2e%2e/x",
    "..%2fx",
    "a\\..\\b",
    "x#y",
    "x?y",
    ".\t./x",
  ])("is refused when it changes the path: %j", async (modelId) => {
    const request = { provider: google, modelId, route: "saved", env: proxy.env } as const;
    const created = await createLanguageModel({ ...request, log: recordingLog() });
    expect(created).toMatchObject({ success: false, error: { code: "model_leaves_path" } });
  });

  it.each(["models/gemini-x", "gemini-x", "tunedModels/mine-1"])(
    "is accepted in the path when it does not change it: %s",
    async (modelId) => {
      const { model } = await create({ provider: google, modelId });
      await generateText({ model, prompt: "Hello", maxRetries: 0 }).catch(() => undefined);
      const path = modelId.includes("/") ? modelId : `models/${modelId}`;
      expect(proxy.requests().map(({ url }) => url)).toEqual([
        `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/google-ai-studio/v1beta/${path}:generateContent`,
      ]);
    },
  );

  it.each(["@cf/meta/llama-3", "accounts/fireworks/models/x", "openai/gpt-5:free", "../odd"])(
    "is always accepted when it is not in the path: %s",
    async (modelId) => {
      const custom = provider(
        "mine",
        { baseUrl: "https://llm.example.com/v1" },
        { block: block({ segment: "custom-mine" }) },
      );
      const { model } = await create({ provider: custom, modelId });
      await generateText({ model, prompt: "Hello", maxRetries: 0 }).catch(() => undefined);
      expect(proxy.requests().map(({ url, body }) => [url, JSON.parse(body)])).toMatchObject([
        [
          `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/custom-mine/v1/chat/completions`,
          { model: modelId },
        ],
      ]);
    },
  );
});

describe("a model name that contains a secret", () => {
  const KEY = "sk-canary-0123456789";
  const TOKEN = "token-0123456789";
  const values = {
    apiKey: KEY,
    headers: { "x-team-token": "team-secret-1", "x-note": "note-about-it" },
  };
  const config = provider("openai", values, { block: block({ token: TOKEN }) });

  it.each([
    KEY,
    TOKEN,
    "team-secret-1",
    `gpt-5/${KEY}`,
    `x?key=${encodeURIComponent(KEY)}`,
    Buffer.from(KEY).toString("base64"),
  ])("is refused on both routes, and not quoted: %s", async (modelId) => {
    for (const route of ["saved", "direct"] as const) {
      const request = { provider: config, modelId, route, env: proxy.env };
      const created = await createLanguageModel({ ...request, log: recordingLog() });
      expect(created).toMatchObject({ success: false, error: { code: "model_holds_key" } });
      expect(JSON.stringify(created)).not.toContain(modelId);
    }
  });

  it.each([
    ["gpt-5", values],
    ["note-about-it", values],
    ["ollama-3", { apiKey: "ollama" }],
    ["lm-studio/qwen", { apiKey: "lm-studio" }],
  ])("is accepted when it only resembles one: %s", async (modelId, given) => {
    const { model } = await create({ provider: provider("openai", given), modelId });
    expect(model.modelId).toBe(modelId);
  });
});

describe("a base URL on the gateway's host", () => {
  const rest = `/v1/${ACCOUNT_ID}/mine/openai`;

  it.each([
    [`http://gateway.ai.cloudflare.com${rest}`, "it starts with http:// instead of https://"],
    [`https://gateway.ai.cloudflare.com.${rest}`, "it has a dot after the host"],
    [`https://GATEWAY.ai.cloudflare.com:8443${rest}`, "it names port 8443"],
    [`https://gateway.ai.cloudflare.com${rest}/..%2f..%2fother`, "its path has an encoded slash"],
  ])("is refused with the reason when it is misspelled: %s", async (baseUrl, what) => {
    const config = provider("openai", { baseUrl });
    const created = await createLanguageModel({
      provider: config,
      modelId: "the-model",
      route: "saved",
      env: proxy.env,
      log: recordingLog(),
    });
    expect(created).toMatchObject({ success: false, error: { code: "base_url_invalid" } });
    expect(created.success ? "" : created.error.message).toContain(what);
  });

  it("is accepted when only its case differs", async () => {
    const config = provider("openai", { baseUrl: `https://GATEWAY.AI.cloudflare.com${rest}` });
    expect(await create({ provider: config })).toMatchObject({ expected: "gateway" });
  });
});

describe("a request outside the base URL", () => {
  it.each([
    ["through a gateway", { block: block({ token: "token-0123456789" }) }, {}],
    [
      "through a gateway in the base URL",
      {},
      {
        baseUrl: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/mine/google-ai-studio/v1beta`,
      },
    ],
    ["without a gateway", {}, {}],
  ])("is not sent when the route is %s", async (_, overrides, values) => {
    const refused: string[] = [];
    const { model } = await create({
      provider: provider("google", values, overrides),
      onRefused: (url) => void refused.push(url),
    });
    // Simulates a package that builds the path from an unchecked value.
    Object.assign(model, { modelId: "models/../../../../x/models/y" });
    await expect(generateText({ model, prompt: "Hello", maxRetries: 0 })).rejects.toThrow(
      "not below the base URL",
    );
    expect(proxy.requests()).toEqual([]);
    expect(refused).toHaveLength(1);
  });
});

describe("a header that the HTTP client sets itself", () => {
  const request = (headers: Readonly<Record<string, string>>): ModelRequest => ({
    provider: provider("mine", { baseUrl: "https://llm.example.com/v1", headers }),
    modelId: "the-model",
    route: "saved",
    env: proxy.env,
    log: recordingLog(),
  });

  it.each([
    ["Transfer-Encoding", "chunked"],
    ["Content-Length", "2"],
    ["Expect", "100-continue"],
    ["Upgrade", "h2c"],
    ["keep-alive", "timeout=5"],
    ["Connection", "upgrade"],
    ["HOST", "other.example"],
    ["Trailer", "x"],
    ["Proxy-Authorization", "Basic secret"],
    ["Proxy-Connection", "keep-alive"],
    ["HTTP2-Settings", "x"],
  ])("is refused by name before anything is sent: %s", async (header, value) => {
    const created = await createLanguageModel(request({ [header]: value }));
    expect(created).toMatchObject({ success: false, error: { code: "header_not_allowed" } });
    const message = created.success ? "" : created.error.message;
    expect(message).toContain(`“${header}” of “mine”`);
    expect(message).toContain("providers.jsonc");
    expect(message).not.toContain("secret");
  });

  it.each([
    ["Connection", "close"],
    ["Connection", "Keep-Alive"],
    ["Cookie", "a=b"],
    ["User-Agent", "me"],
    ["X-Expect", "x"],
  ])("is allowed when it is %s: %s", async (header, value) => {
    const { model } = await create(request({ [header]: value }));
    await generateText({ model, prompt: "Hello", maxRetries: 0 }).catch(() => undefined);
    expect(proxy.requests()).toHaveLength(1);
  });
});

describe("the log", () => {
  const line = (id: string) => [
    "Using Cloudflare AI Gateway",
    { provider: id, accountId: ACCOUNT_ID, gatewayName: GATEWAY_NAME },
  ];

  it.each(["anthropic", "openai", "google", "xai", "deepseek", "openrouter"])(
    "has a line for a model of %s only when it uses a gateway",
    async (id) => {
      const log = recordingLog();
      const config = provider(id, {}, { block: block({ token: "token-0123456789" }) });
      await create({ provider: config, log });
      await create({ provider: config, log });
      await create({ provider: config, log, route: "direct" });
      await create({ provider: provider(id), log });
      expect(log.lines).toEqual([line(id), line(id)]);
    },
  );
});

describe("a created model", () => {
  it("comes with its base URL, its configured route and all secrets", async () => {
    const config = provider(
      "openai",
      { headers: { "x-team": "team-secret" } },
      { block: block({ token: "token-0123456789" }) },
    );
    expect(await create({ provider: config })).toMatchObject({
      baseUrl: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/${GATEWAY_NAME}/openai`,
      expected: "gateway",
      secrets: ["key-of-openai-0123456789", "token-0123456789", "team-secret"],
    });
    expect(await create({ provider: config, route: "direct" })).toMatchObject({
      baseUrl: "https://api.openai.com/v1",
      expected: "direct",
    });
  });
});
