import { createServer } from "node:http";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { curlOf } from "../../shared/report-curl";
import { markdownOf } from "../../shared/report-markdown";
import type { ProviderConfig } from "../mux/provider-config";
import { openInterceptingProxy, type InterceptingProxy } from "./testing/intercepting-proxy";
import { ACCOUNT_ID, block, GATEWAY_NAME, provider, recordingLog } from "./testing/provider";
import { STREAMED_ERRORS } from "./testing/provider-errors";
import { ANSWERING_MODEL, gatewayError, streamFor } from "./testing/wire-formats";
import { probeRoute, type RouteProbe } from "./probe-route";

const GATEWAY = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/my-gateway";

let proxy: InterceptingProxy;
beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterEach(() => proxy.reset());
afterAll(() => proxy.close());

async function run(config: ProviderConfig, overrides: Partial<RouteProbe> = {}) {
  return probeRoute({
    provider: config,
    route: "saved",
    env: proxy.env,
    log: recordingLog(),
    model: "the-model",
    ...overrides,
  });
}

async function report(config: ProviderConfig, overrides: Partial<RouteProbe> = {}) {
  const result = await run(config, overrides);
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

const custom = { baseUrl: "https://llm.example.com/v1" };

describe("a model name that changes the path", () => {
  it.each([
    ["behind a gateway", provider("google", {}, { block: block({ token: "token-0123456789" }) })],
    ["direct", provider("google")],
  ])("is refused before anything is sent: %s", async (_, config) => {
    const model = `../../../../${"f".repeat(32)}/other/google-ai-studio/v1beta/models/x`;
    const result = await run(config, { model });
    expect(result).toMatchObject({ success: false, error: { code: "model_leaves_path" } });
    expect(proxy.requests()).toEqual([]);
  });
});

describe("request URLs", () => {
  const routed: readonly (readonly [ProviderConfig, string])[] = [
    [provider("anthropic"), "/anthropic/v1/messages"],
    [provider("openai"), "/openai/responses"],
    [provider("openai", { wireFormat: "chatCompletions" }), "/openai/chat/completions"],
    [provider("google"), "/google-ai-studio/v1beta/models/the-model:streamGenerateContent?alt=sse"],
    [provider("xai"), "/grok/v1/chat/completions"],
    [provider("deepseek"), "/deepseek/chat/completions"],
    [provider("openrouter"), "/openrouter/v1/chat/completions"],
  ];
  const withSegment: readonly (readonly [ProviderConfig, string])[] = [
    [provider("moonshotai"), "/custom-moon/v1/chat/completions"],
    [provider("mine", custom), "/custom-moon/v1/chat/completions"],
  ];

  it.each([
    ...routed.map(([config, path]) => [config.id, path, config, null] as const),
    ...withSegment.map(([config, path]) => [config.id, path, config, "custom-moon"] as const),
  ])("%s calls %s when the gateway is on", async (_, path, config, segment) => {
    const probed = await report({ ...config, block: block({ segment }) });
    expect(proxy.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${GATEWAY}${path}`,
    ]);
    expect(probed).toMatchObject({
      ok: true,
      verdict: "gateway",
      expected: "gateway",
      status: 200,
      answeredModel: ANSWERING_MODEL,
      logId: "01JLOG",
      cache: "MISS",
      diagnosis: null,
      request: { method: "POST", url: `${GATEWAY}${path}` },
    });
    expect(probed.tokens).toEqual({ input: 9, output: 4 });
  });

  const direct: readonly (readonly [ProviderConfig, string])[] = [
    [provider("anthropic"), "https://api.anthropic.com/v1/messages"],
    [provider("openai"), "https://api.openai.com/v1/responses"],
    [
      provider("google"),
      "https://generativelanguage.googleapis.com/v1beta/models/the-model:streamGenerateContent?alt=sse",
    ],
    [provider("xai"), "https://api.x.ai/v1/chat/completions"],
    [provider("deepseek"), "https://api.deepseek.com/chat/completions"],
    [provider("openrouter"), "https://openrouter.ai/api/v1/chat/completions"],
    [provider("moonshotai"), "https://api.moonshot.ai/v1/chat/completions"],
    [provider("mine", custom), "https://llm.example.com/v1/chat/completions"],
    [
      provider("💥 / ..", { ...custom, apiKey: "key" }),
      "https://llm.example.com/v1/chat/completions",
    ],
    [provider("__proto__", custom), "https://llm.example.com/v1/chat/completions"],
  ];
  it.each(direct.map(([config, url]) => [config.id, url, config] as const))(
    "%s calls %s when it has no gateway",
    async (_, url, config) => {
      const probed = await report(config);
      expect(proxy.requests().map((each) => `${each.method} ${each.url}`)).toEqual([`POST ${url}`]);
      expect(probed).toMatchObject({
        ok: true,
        verdict: "direct",
        expected: "direct",
        logId: null,
      });
    },
  );

  it("lead to the provider itself when the direct route is requested", async () => {
    const probed = await report(provider("anthropic", {}, { block: block() }), { route: "direct" });
    expect(proxy.requests().map(({ url }) => url)).toEqual([
      "https://api.anthropic.com/v1/messages",
    ]);
    expect(probed.verdict).toBe("direct");
  });

  it("lead to the OpenAI-compatible API, without a key, when the provider is Ollama", async () => {
    const probed = await report(
      provider("ollama", { apiKey: undefined, baseUrl: "https://ollama.example.com/api" }),
    );
    expect(proxy.requests()[0]?.url).toBe("https://ollama.example.com/v1/chat/completions");
    expect(proxy.requests()[0]?.headers).not.toHaveProperty("authorization");
    expect(probed.ok).toBe(true);
  });
});

describe("a request", () => {
  const headers = {
    "cf-aig-authorization": "Bearer written-by-hand",
    "CF-AIG-Cache-TTL": "3600",
    "x-team": "tests",
  };

  it("has the provider's key, the gateway's token and the probe's headers when it goes to the gateway", async () => {
    await report(
      provider("anthropic", { headers }, { block: block({ token: "token-0123456789" }) }),
    );
    expect(proxy.requests()[0]?.headers).toMatchObject({
      "x-api-key": "key-of-anthropic-0123456789",
      "x-team": "tests",
      "cf-aig-authorization": "Bearer token-0123456789",
      "cf-aig-cache-ttl": "3600",
      "cf-aig-skip-cache": "true",
      "cf-aig-collect-log-payload": "false",
      "cf-aig-no-wholesale": "true",
      "cf-aig-metadata": expect.stringMatching(
        /^\{"nonce":"[0-9a-f-]{36}","source":"panel-test"\}$/,
      ),
    });
  });

  it.each(["anthropic", "openai", "google", "xai", "deepseek", "openrouter", "moonshotai", "mine"])(
    "has no gateway header when it goes to %s itself",
    async (id) => {
      const config = provider(
        id,
        { headers, ...custom, baseUrl: id === "mine" ? custom.baseUrl : undefined },
        { block: block({ token: "token-0123456789", segment: "custom-x" }) },
      );
      const probed = await report(config, { route: "direct" });
      const [sent] = proxy.requests();
      expect(Object.keys(sent?.headers ?? {}).filter((name) => name.startsWith("cf-"))).toEqual([]);
      expect(JSON.stringify(sent)).not.toContain("token-0123456789");
      expect(sent?.headers["x-team"]).toBe("tests");
      expect(probed.notes?.map(({ code }) => code)).toEqual(["gateway_headers_held_back"]);
    },
  );

  it("has no unknown members of the file when it goes to OpenRouter", async () => {
    await report(provider("openrouter", { secretNote: "for my eyes", cloudflareGateway: {} }));
    expect(Object.keys(JSON.parse(proxy.requests()[0]?.body ?? "{}")).sort()).toEqual([
      "max_tokens",
      "messages",
      "model",
      "stream",
    ]);
  });

  it("has OpenAI's organization when the environment sets it", async () => {
    await report(provider("openai"), { env: { ...proxy.env, OPENAI_ORG_ID: "org-1" } });
    expect(proxy.requests()[0]?.headers["openai-organization"]).toBe("org-1");
  });
});

describe("secrets", () => {
  it("are not in the report or the log when the response repeats them", async () => {
    const log = recordingLog();
    const config = provider(
      "anthropic",
      { headers: { "x-team": "Bearer team-secret-1" } },
      { block: block({ token: "token-0123456789" }) },
    );
    proxy.respondWith(({ headers }) => ({
      status: 401,
      headers: { "x-echo": String(headers["x-api-key"]), "set-cookie": "session=abc" },
      body: JSON.stringify({
        type: "error",
        error: { type: "authentication_error", message: JSON.stringify(headers) },
      }),
    }));
    const probed = await report(config, { log });
    const text = JSON.stringify([probed, log.lines]);
    for (const secret of ["key-of-anthropic", "token-0123456789", "team-secret-1", "session=abc"]) {
      expect(text).not.toContain(secret);
    }
    expect(probed.diagnosis?.rule).toBe("provider_key_refused");
    expect(log.lines).toEqual([
      [
        "Using Cloudflare AI Gateway",
        {
          provider: "anthropic",
          accountId: "0123456789abcdef0123456789abcdef",
          gatewayName: "my-gateway",
        },
      ],
    ]);
  });

  it.each([
    ["the file", (url: string) => run(provider("mine", { baseUrl: url }))],
    [
      "the environment",
      (url: string) => run(provider("openai"), { env: { ...proxy.env, OPENAI_BASE_URL: url } }),
    ],
  ])(
    "are neither shown, copied nor saved when they are in a base URL from %s",
    async (_, runWith) => {
      const canaries = ["canary-a/1=", "canary-b", "canary-c", "canary-d", "canary-e"];
      const [code = "", pat = "", jwt = "", sid = "", bare = ""] = canaries;
      proxy.respondWith(({ url }) => ({
        status: 404,
        headers: { "x-called": url, location: url },
        body: JSON.stringify({
          error: { message: `No ${url} (${code}, ${Buffer.from(`x:${jwt}`).toString("base64")})` },
        }),
      }));
      const url = `https://llm.example.com/v1?code=${encodeURIComponent(code)}&pat=${pat}&jwt=${jwt}&sid=${sid}&${bare}`;
      const probed = await runWith(url);
      if (!probed.success) throw new Error(probed.error.message);
      expect(proxy.requests()).toMatchObject([{ url: expect.stringContaining(pat) }]);
      const shown = [JSON.stringify(probed), curlOf(probed.data), markdownOf(probed.data, "Mine")];
      expect(shown.join("\n")).not.toMatch(/canary|Y2FuYXJ5|NhbmFyeS|jYW5hcn/);
      expect(probed.data.request?.url).toMatch(
        /^https:\/\/llm\.example\.com\/v1\?code=redacted&pat=redacted&jwt=redacted&sid=redacted&redacted$/,
      );
    },
  );

  it.each([
    ["direct", null],
    ["behind a gateway", block({ segment: "custom-mine" })],
  ])("are not shown, copied or saved when one is in the path: %s", async (_, gateway) => {
    proxy.respondWith(({ url }) => ({
      status: 404,
      headers: { "x-called": url, location: url },
      body: JSON.stringify({ error: { message: `No ${url}` } }),
    }));
    const baseUrl = "https://llm.example.com/pR4tN8vXq2LmZ7cYw5KdH3jB/v1";
    const probed = await report(provider("mine", { baseUrl }, { block: gateway }));
    expect(proxy.requests()).toMatchObject([{ url: expect.stringContaining("/pR4tN8vXq2") }]);
    const shown = [JSON.stringify(probed), curlOf(probed), markdownOf(probed, "Mine")].join("\n");
    expect(shown).not.toContain("pR4tN8vXq2");
    expect(probed.request?.url).toMatch(/\/(?:\[?redacted\]?)\/v1\/chat\/completions$/);
  });

  it("are not in the report when one is used as a header name", async () => {
    const probed = await report(
      provider("openai", { headers: { "sk-canary-0123456789abcdef": "x" } }),
    );
    expect(proxy.requests()[0]?.headers).toHaveProperty("sk-canary-0123456789abcdef");
    expect(JSON.stringify(probed)).not.toContain("canary");
  });

  it("are not sent on when the response is a redirect", async () => {
    proxy.respondWith(({ host }) =>
      host === "elsewhere.example.com"
        ? {}
        : { status: 307, headers: { location: "https://elsewhere.example.com/v1" }, body: "" },
    );
    const probed = await report(provider("anthropic", {}, { block: block({ token: "token-1" }) }));
    expect(proxy.requests().map(({ host }) => host)).toEqual(["gateway.ai.cloudflare.com"]);
    expect(probed).toMatchObject({ ok: false, verdict: "unproven", status: 307 });
    expect(probed.diagnosis?.rule).toBe("redirected");
    expect(probed.evidence).toContainEqual({
      kind: "redirect",
      text: "Redirected to https://elsewhere.example.com/v1, which was not followed",
    });
  });
});

describe("a failed probe", () => {
  it.each([429, 500, 503, 529])(
    "sends one request when the response is HTTP %i",
    async (status) => {
      proxy.respondWith(() => ({ status, body: "{}" }));
      const probed = await report(provider("openai"));
      expect(proxy.requests()).toHaveLength(1);
      expect(probed).toMatchObject({ ok: false, status });
      expect(probed.diagnosis).not.toBeNull();
    },
  );

  it("proves the gateway when the error is AI Gateway's own", async () => {
    proxy.respondWith(() => ({
      status: 401,
      headers: {},
      body: gatewayError(2009, "Unauthorized"),
    }));
    const probed = await report(provider("openai", {}, { block: block() }));
    expect(probed).toMatchObject({
      ok: false,
      verdict: "gateway",
      diagnosis: { culprit: "gateway", rule: "gateway_2009" },
    });
  });

  it("does not prove the gateway when the gateway's host sends neither its header nor its error", async () => {
    proxy.respondWith(() => ({ headers: {} }));
    expect(await report(provider("openai", {}, { block: block() }))).toMatchObject({
      ok: true,
      verdict: "unproven",
    });
  });

  it("is diagnosed when the stream ends early", async () => {
    proxy.respondWith(() => ({
      body: `data: ${JSON.stringify({ choices: [{ delta: { content: "O" }, index: 0 }] })}\n\n`,
    }));
    expect(await report(provider("deepseek"))).toMatchObject({
      ok: false,
      diagnosis: { rule: "truncated" },
    });
  });

  it("is diagnosed when the response is a web page with HTTP 200", async () => {
    proxy.respondWith(() => ({
      headers: { "content-type": "text/html" },
      body: "<!doctype html><title>Sign in to the WLAN</title>",
    }));
    for (const id of ["anthropic", "openai", "google", "xai", "deepseek", "openrouter"]) {
      expect(await report(provider(id))).toMatchObject({ ok: false, diagnosis: { rule: "html" } });
    }
  });

  it("is diagnosed when the connection closes without a response", async () => {
    proxy.respondWith(() => ({ hangUp: true }));
    expect(await report(provider("openai", {}, { block: block() }))).toMatchObject({
      ok: false,
      verdict: "unreachable",
      status: null,
      diagnosis: { culprit: "network", rule: "connection_reset" },
    });
  });

  it("reports the time limit when no response arrives", async () => {
    proxy.respondWith(() => ({ never: true }));
    const probed = await report(provider("openai", {}, { block: block() }), { timeLimitMs: 1500 });
    expect(probed).toMatchObject({
      ok: false,
      verdict: "unreachable",
      diagnosis: { rule: "timeout_gateway" },
    });
    expect(probed.diagnosis?.title).toContain("2 seconds");
  });
});

describe("a response with HTTP 200", () => {
  const wires = ["anthropic", "openai", "google", "xai", "deepseek", "openrouter", "moonshotai"];
  const stream = (id: string) =>
    streamFor(
      { anthropic: "/messages", google: ":streamGenerateContent", openai: "/responses" }[id] ??
        "/chat/completions",
    );

  it.each(wires)("fails wherever %s's stream is cut off", async (id) => {
    const events = stream(id).split(/(?<=\n\n)/);
    const endings = events.map((_, index) => events.slice(0, index + 1).join(""));
    const found: (readonly [boolean, string | undefined])[] = [];
    for (const body of endings) {
      proxy.respondWith(() => ({ body }));
      const { ok, diagnosis } = await report(provider(id));
      found.push([ok, diagnosis?.rule]);
    }
    const ends = /message_stop|response\.completed|finish_reason":"stop|finishReason/;
    expect(found).toEqual(
      endings.map((body) => (ends.test(body) ? [true, undefined] : [false, "truncated"])),
    );
    expect(found.at(-1)).toEqual([true, undefined]);
  });

  it.each(wires)("fails when %s's stream is invalid", async (id) => {
    proxy.respondWith(() => ({ body: stream(id).replace(/^data: \{/, 'data: {{{ "') }));
    const invalidStart = await report(provider(id));
    proxy.respondWith(() => ({ body: "data: {{{\n\n" }));
    const invalidOnly = await report(provider(id));
    expect([invalidStart.ok, invalidOnly.ok]).toEqual([false, false]);
    expect(invalidOnly.diagnosis?.culprit).toBe("unknown");
  });

  const ids: Readonly<Record<string, string>> = {
    Anthropic: "anthropic",
    OpenAI: "openai",
    Google: "google",
    OpenRouter: "openrouter",
  };
  it.each(STREAMED_ERRORS.map(({ provider: name, event, rule }) => [name, rule, event] as const))(
    "is diagnosed when %s sends an error in the stream: %s",
    async (name, rule, event) => {
      const id = ids[name] ?? "mine";
      const [first] = stream(id).split(/(?<=\n\n)/);
      const ended = id === "openrouter" ? "data: [DONE]\n\n" : "";
      proxy.respondWith(() => ({ body: `${first}data: ${JSON.stringify(event)}\n\n${ended}` }));
      const probed = await report(provider(id, {}, { block: block() }));
      expect(probed).toMatchObject({
        ok: false,
        verdict: "gateway",
        status: 200,
        diagnosis: { culprit: "provider", rule },
      });
    },
  );

  it.each([
    [
      "anthropic",
      { type: "message_delta", delta: { stop_reason: "refusal" }, usage: { output_tokens: 1 } },
    ],
    [
      "openai",
      {
        type: "response.incomplete",
        response: { incomplete_details: { reason: "content_filter" } },
      },
    ],
    ["google", { promptFeedback: { blockReason: "SAFETY" } }],
    ["google", { candidates: [{ finishReason: "PROHIBITED_CONTENT" }] }],
    ["deepseek", { choices: [{ index: 0, delta: {}, finish_reason: "content_filter" }] }],
  ])("is diagnosed as filtered when a safety check of %s ends it", async (id, event) => {
    proxy.respondWith(() => ({ body: `data: ${JSON.stringify(event)}\n\n` }));
    expect(await report(provider(id))).toMatchObject({
      ok: false,
      diagnosis: { rule: "filtered" },
    });
  });
});

describe("a cancelled probe", () => {
  it("fails with `cancelled` when it is aborted during the request", async () => {
    const controller = new AbortController();
    proxy.respondWith(() => {
      controller.abort();
      return { never: true };
    });
    const result = await run(provider("openai"), { signal: controller.signal });
    expect(result).toMatchObject({ success: false, error: { code: "cancelled" } });
  });

  it("sends nothing when it is aborted before the request", async () => {
    const result = await run(provider("openai"), { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ success: false, error: { code: "cancelled" } });
    expect(proxy.requests()).toEqual([]);
  });
});

describe("an invalid configuration", () => {
  const refused: readonly (readonly [ProviderConfig, string])[] = [
    [provider("anthropic", { apiKey: undefined }), "key_missing"],
    [provider("anthropic", { apiKey: "two words" }), "key_invalid"],
    [provider("anthropic", { headers: { "x-team": "a\nb" } }), "header_invalid"],
    [provider("anthropic", {}, { enabled: false }), "provider_disabled"],
    [provider("anthropic", {}, { block: block({ accountId: "short" }) }), "account_id_invalid"],
    [provider("anthropic", {}, { block: block({ gatewayName: "../x" }) }), "gateway_name_invalid"],
    [provider("anthropic", {}, { block: block({ token: "two words" }) }), "token_invalid"],
    [provider("mine", custom, { block: block() }), "segment_required"],
    [provider("mine"), "base_url_missing"],
    [provider("mine", { baseUrl: "ftp://x" }), "base_url_invalid"],
    [provider("mine", { baseUrl: "https://me:secret@x.example" }), "base_url_invalid"],
    [provider("bedrock"), "provider_not_supported"],
    [provider("github-copilot"), "provider_not_supported"],
  ];
  it.each(refused.map(([config, code]) => [config.id, code, config] as const))(
    "sends nothing and fails when %s has %s",
    async (_, code, config) => {
      const result = await run(config);
      expect(result).toMatchObject({ success: false, error: { code } });
      expect(JSON.stringify(result)).not.toMatch(/two words|key-of|secret/);
      expect(proxy.requests()).toEqual([]);
    },
  );
});

describe("the model of a probe", () => {
  it.each([
    [provider("openai", { models: [{ id: "first" }, "second"] }), undefined, "first"],
    [provider("openai", { models: ["first"] }), "named", "named"],
    [provider("anthropic"), undefined, "claude-haiku-4-5"],
  ])(
    "is the requested one, else the file's first, else the catalogue's",
    async (config, requested, model) => {
      const result = await probeRoute({
        provider: config,
        route: "saved",
        env: proxy.env,
        log: recordingLog(),
        ...(requested === undefined ? {} : { model: requested }),
      });
      expect(result).toMatchObject({ success: true, data: { model } });
      expect(JSON.parse(proxy.requests()[0]?.body ?? "{}")).toMatchObject({ model });
    },
  );

  it("is required when the provider lists none", async () => {
    const { model: _, ...rest } = { model: undefined, provider: provider("mine", custom) };
    const result = await probeRoute({
      ...rest,
      route: "saved",
      env: proxy.env,
      log: recordingLog(),
    });
    expect(result).toMatchObject({ success: false, error: { code: "model_missing" } });
  });
});

describe("a base URL on the gateway's host", () => {
  const config = provider("anthropic", { baseUrl: `${GATEWAY}/anthropic` });

  it("is expected to use the gateway, with a note, when no block is set", async () => {
    const probed = await report(config);
    expect(probed).toMatchObject({ expected: "gateway", verdict: "gateway" });
    expect(probed.notes).toEqual([
      {
        code: "base_url_is_gateway",
        message: expect.stringContaining("Anthropic"),
        gateway: { accountId: ACCOUNT_ID, gatewayName: GATEWAY_NAME },
      },
    ]);
  });

  it("is not direct when the direct route is requested", async () => {
    expect(await report(config, { route: "direct" })).toMatchObject({
      expected: "direct",
      verdict: "bypassed",
    });
  });
});

describe("the notes", () => {
  it("mention the cache, a fallback and another model when the gateway reports them", async () => {
    proxy.respondWith(() => ({
      headers: { "cf-aig-cache-status": "HIT", "cf-aig-step": "1", "cf-aig-model": "other-model" },
    }));
    const probed = await report(provider("openai", {}, { block: block() }));
    expect(probed.notes?.map(({ code }) => code)).toEqual([
      "answered_from_cache",
      "fallback_answered",
      "other_model_answered",
    ]);
    expect(probed).toMatchObject({ cache: "HIT", answeredModel: "other-model" });
  });

  it.each([
    ["gpt-4o-mini", "gpt-4o"],
    ["gpt-4o", "gpt-4o-mini"],
    ["o1", "o1-pro"],
  ])("mention the other model when “%s” is requested and “%s” responds", async (model, other) => {
    proxy.respondWith(() => ({ headers: { "cf-aig-log-id": "01J", "cf-aig-model": other } }));
    const probed = await report(provider("openai", {}, { block: block() }), { model });
    expect(probed.notes).toEqual([
      { code: "other_model_answered", message: `“${other}” answered instead of “${model}”.` },
    ]);
  });

  it("do not mention another model when only the date differs", async () => {
    const headers = { "cf-aig-log-id": "01J", "cf-aig-model": "openai/gpt-4o-2024-08-06" };
    proxy.respondWith(() => ({ headers }));
    const probed = await report(provider("openai", {}, { block: block() }), { model: "gpt-4o" });
    expect(probed.notes).toEqual([]);
  });

  it("mention the environment when it sets the base URL", async () => {
    const env = { ...proxy.env, OPENAI_BASE_URL: "https://openai.example.com/v1" };
    const probed = await report(provider("openai"), { env });
    expect(proxy.requests()[0]?.url).toBe("https://openai.example.com/v1/responses");
    expect(probed.notes?.map(({ code }) => code)).toEqual(["base_url_from_environment"]);
  });
});

describe("the timings", () => {
  it("contain every step when the connection uses a proxy", async () => {
    const { timings } = await report(provider("openai", {}, { block: block() }));
    const { tcpMs, tunnelMs, tlsMs, firstByteMs, firstTokenMs, lastByteMs, totalMs } = timings;
    for (const time of [tcpMs, tunnelMs, tlsMs]) expect(time).toBeGreaterThanOrEqual(0);
    expect(firstByteMs).toBeGreaterThanOrEqual((tcpMs ?? 0) + (tunnelMs ?? 0) + (tlsMs ?? 0) - 0.3);
    expect(firstTokenMs).toBeGreaterThanOrEqual(firstByteMs ?? Infinity);
    expect(lastByteMs).toBeGreaterThanOrEqual(firstTokenMs ?? Infinity);
    expect(totalMs).toBeGreaterThanOrEqual(lastByteMs ?? Infinity);
  });

  it("are separate when three probes run at once through one proxy", async () => {
    const reports = await Promise.all(
      ["anthropic", "openai", "google"].map((id) => report(provider(id, {}, { block: block() }))),
    );
    for (const { ok, timings } of reports) {
      const { tcpMs, tunnelMs, tlsMs, firstByteMs } = timings;
      const steps = [tcpMs, tunnelMs, tlsMs].map((time) => time ?? Number.NaN);
      expect(ok).toBe(true);
      expect(steps.every((time) => time >= 0)).toBe(true);
      expect(firstByteMs).toBeGreaterThanOrEqual(Math.max(...steps));
    }
    expect(proxy.requests()).toHaveLength(3);
  });

  it("contain a DNS lookup and no tunnel without a proxy", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end("data: [DONE]\n\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const baseUrl = `http://localhost:${port}/v1`;
    const probed = await report(provider("mine", { baseUrl }), { env: {} });
    server.close();
    expect(probed.timings).toMatchObject({
      dnsMs: expect.any(Number),
      tcpMs: expect.any(Number),
      tunnelMs: null,
      tlsMs: null,
    });
  });
});
