/** Tests the stand-ins for the providers with the AI SDK's own packages. */
import { createAnthropic } from "@ai-sdk/anthropic";
import { createDeepSeek } from "@ai-sdk/deepseek";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { createXai } from "@ai-sdk/xai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { APICallError, streamText, type LanguageModel } from "ai";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { gatewayBaseUrl } from "../src/shared/gateway-url";
import { builtInProvider } from "../src/shared/providers";
import { startDemo, type Demo } from "./demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_MOONSHOT_SEGMENT,
  DEMO_OPEN_GATEWAY,
  DEMO_OWN_HOST,
  DEMO_OWN_SEGMENT,
} from "./names";
import { anthropicRequest, fetchThrough } from "./test-client";

interface Settings {
  readonly apiKey: string;
  readonly baseURL: string;
  readonly fetch: typeof fetch;
}

interface Case {
  readonly id: string;
  readonly baseUrl: string;
  readonly segment?: string;
  readonly model: string;
  readonly create: (settings: Settings, model: string) => LanguageModel;
  /** The path at the provider's host, for both routes. */
  readonly path: string;
  /** Status and message for a rejected key and an unknown model. */
  readonly badKey: readonly [number, string];
  readonly badModel: readonly [number, string];
}

const compatible = (name: string) => (settings: Settings, model: string) =>
  createOpenAICompatible({ ...settings, name, includeUsage: true }).chatModel(model);

const CASES: readonly Case[] = [
  {
    id: "anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    model: "claude-haiku-4-5",
    create: (settings, model) => createAnthropic(settings)(model),
    path: "/v1/messages",
    badKey: [401, "invalid x-api-key"],
    badModel: [404, "model: claude-no-such"],
  },
  {
    id: "openai",
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-5.4-nano",
    create: (settings, model) => createOpenAI(settings)(model),
    path: "/v1/responses",
    badKey: [401, "Incorrect API key provided"],
    badModel: [404, "`gpt-no-such` does not exist"],
  },
  {
    id: "openai",
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-5.4-nano",
    create: (settings, model) => createOpenAI(settings).chat(model),
    path: "/v1/chat/completions",
    badKey: [401, "Incorrect API key provided"],
    badModel: [404, "`gpt-no-such` does not exist"],
  },
  {
    id: "google",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    model: "gemini-flash-lite-latest",
    create: (settings, model) => createGoogle(settings)(model),
    path: "/v1beta/models/gemini-flash-lite-latest:streamGenerateContent?alt=sse",
    badKey: [400, "API key not valid"],
    badModel: [404, "models/gemini-no-such is not found"],
  },
  {
    id: "xai",
    baseUrl: "https://api.x.ai/v1",
    model: "grok-4.20-non-reasoning",
    create: (settings, model) => createXai(settings)(model),
    path: "/v1/responses",
    badKey: [400, "Incorrect API key provided"],
    badModel: [404, "grok-no-such does not exist"],
  },
  {
    id: "deepseek",
    baseUrl: "https://api.deepseek.com",
    model: "deepseek-flash",
    create: (settings, model) => createDeepSeek(settings)(model),
    path: "/chat/completions",
    badKey: [401, "Authentication Fails"],
    badModel: [400, "Model Not Exist"],
  },
  {
    id: "openrouter",
    baseUrl: "https://openrouter.ai/api/v1",
    model: "openai/gpt-5.4-nano",
    create: (settings, model) => createOpenRouter(settings).chat(model),
    path: "/api/v1/chat/completions",
    badKey: [401, "User not found."],
    badModel: [400, "openai/no-such is not a valid model ID"],
  },
  {
    id: "moonshotai",
    baseUrl: "https://api.moonshot.ai/v1",
    segment: DEMO_MOONSHOT_SEGMENT,
    model: "kimi-k2-turbo-preview",
    create: compatible("moonshotai"),
    path: "/v1/chat/completions",
    badKey: [401, "Invalid Authentication"],
    badModel: [404, "Not found the model kimi-no-such"],
  },
  {
    id: "mistral",
    baseUrl: "https://api.mistral.ai/v1",
    model: "mistral-small-latest",
    create: compatible("mistral"),
    path: "/v1/chat/completions",
    badKey: [401, "Unauthorized"],
    badModel: [400, "Invalid model: mistral-no-such"],
  },
  {
    id: "groq",
    baseUrl: "https://api.groq.com/openai/v1",
    model: "llama-3.3-70b-versatile",
    create: compatible("groq"),
    path: "/openai/v1/chat/completions",
    badKey: [401, "Incorrect API key provided"],
    badModel: [404, "does not exist"],
  },
  {
    id: "acme",
    baseUrl: `https://${DEMO_OWN_HOST}/v1`,
    segment: DEMO_OWN_SEGMENT,
    model: "acme-large",
    create: compatible("acme"),
    path: "/v1/chat/completions",
    // Returns the rejected key in full, as careless servers do.
    badKey: [401, "Received API Key = key-rejected"],
    badModel: [404, "does not exist"],
  },
];

let demo: Demo;
let fetch: typeof globalThis.fetch;
beforeAll(async () => {
  demo = await startDemo();
  fetch = fetchThrough(demo);
});
afterEach(() => {
  demo.providers.calm();
  demo.providers.says("Pong, from the demo.");
  demo.providers.think(30);
  demo.clearRequests();
});
afterAll(async () => demo.close());

async function talk(model: LanguageModel) {
  let failure: unknown;
  const stream = streamText({
    model,
    prompt: "ping",
    maxRetries: 0,
    onError: ({ error }) => {
      failure = error;
    },
  });
  let text = "";
  for await (const piece of stream.textStream) text += piece;
  if (failure) throw failure;
  return { text, usage: await stream.usage, response: await stream.response };
}

async function refusal(model: LanguageModel): Promise<APICallError> {
  const error: unknown = await talk(model).catch((reason: unknown) => reason);
  if (!APICallError.isInstance(error)) throw new Error("The request did not fail.");
  return error;
}

function routed({ id, baseUrl, segment }: Case): string {
  const gateway = {
    accountId: DEMO_ACCOUNT_ID,
    gatewayName: DEMO_OPEN_GATEWAY,
    segment: segment ?? null,
  };
  const kind = builtInProvider(id) === undefined ? "custom" : "built-in";
  const url = gatewayBaseUrl({ id, kind, ownBaseUrl: baseUrl }, gateway);
  if (!url.success) throw new Error(url.error.message);
  return url.data;
}

const noSuch = (model: string) =>
  model.includes("/") ? "openai/no-such" : `${model.split("-")[0]}-no-such`;

describe.each(CASES)("$id at $path", (provider) => {
  const { model, create, path, badKey, badModel } = provider;
  const settings = (baseURL: string, apiKey = "key-accepted") => ({ apiKey, baseURL, fetch });

  test("works with its SDK package when called directly", async () => {
    const { text, usage } = await talk(create(settings(provider.baseUrl), model));
    expect(text).toBe("Pong, from the demo.");
    expect(usage.inputTokens).toBe(12);
    expect(usage.outputTokens).toBe(5);
    expect(demo.requests).toMatchObject([
      { host: new URL(provider.baseUrl).host, path, answeredBy: "provider", forwarded: null },
    ]);
  });

  test("works with its SDK package through the gateway and receives the same request", async () => {
    const { text } = await talk(create(settings(routed(provider)), model));
    expect(text).toBe("Pong, from the demo.");
    expect(demo.requests).toMatchObject([
      {
        host: "gateway.ai.cloudflare.com",
        answeredBy: "provider",
        forwarded: { host: new URL(provider.baseUrl).host, path },
      },
    ]);
  });

  test("rejects a key with the provider's own error, directly and through the gateway", async () => {
    for (const baseUrl of [provider.baseUrl, routed(provider)]) {
      const error = await refusal(create(settings(baseUrl, "key-rejected"), model));
      expect(error.statusCode).toBe(badKey[0]);
      expect(error.responseBody).toContain(badKey[1]);
    }
  });

  test("rejects an unknown model with the provider's own error", async () => {
    const error = await refusal(create(settings(provider.baseUrl), noSuch(model)));
    expect(error.statusCode).toBe(badModel[0]);
    expect(error.responseBody).toContain(badModel[1]);
  });

  test("returns 429 for a key that contains ratelimited", async () => {
    const error = await refusal(create(settings(provider.baseUrl, "key-ratelimited"), model));
    expect(error.statusCode).toBe(429);
  });

  test("can respond with an empty text", async () => {
    demo.providers.says("");
    const { text } = await talk(create(settings(provider.baseUrl), model));
    expect(text).toBe("");
  });
});

test("sends retry-after for OpenAI and others, but not for Google", async () => {
  const limited = (baseURL: string) => ({ apiKey: "key-ratelimited", baseURL, fetch });
  const openai = createOpenAI(limited("https://api.openai.com/v1"))("gpt-5.4-nano");
  const google = createGoogle(limited("https://generativelanguage.googleapis.com/v1beta"));
  expect((await refusal(openai)).responseHeaders?.["retry-after"]).toBe("20");
  const { responseHeaders } = await refusal(google("gemini-flash-lite-latest"));
  expect(responseHeaders).not.toHaveProperty("retry-after");
});

test("names the actual model when Anthropic's alias is requested", async () => {
  const settings = { apiKey: "key-accepted", baseURL: "https://api.anthropic.com/v1", fetch };
  const { response } = await talk(createAnthropic(settings)("claude-haiku-4-5"));
  expect(response.modelId).toBe("claude-haiku-4-5-20251001");
});

test("returns 404 when the path has the version twice", async () => {
  const settings = { apiKey: "key-accepted", baseURL: "https://api.openai.com/v1/v1", fetch };
  const error = await refusal(createOpenAI(settings)("gpt-5.4-nano"));
  expect(error.statusCode).toBe(404);
  expect(error.responseBody).toContain("Invalid URL (POST /v1/v1/responses)");
});

test("returns the provider's error when the account has no credit", async () => {
  const settings = { apiKey: "key-nocredit", baseURL: "https://api.deepseek.com", fetch };
  const error = await refusal(createDeepSeek(settings)("deepseek-flash"));
  expect(error.statusCode).toBe(402);
  expect(error.message).toBe("Insufficient Balance");
});

test("rejects a key that is revoked while the demo runs", async () => {
  const settings = { apiKey: "key-revoked", baseURL: "https://api.anthropic.com/v1", fetch };
  const model = createAnthropic(settings)("claude-haiku-4-5");
  await talk(model);
  demo.providers.reject("key-revoked");
  expect((await refusal(model)).statusCode).toBe(401);
});

test("delays the first token after the first byte by the given time", async () => {
  demo.providers.think(200);
  const answer = await fetch("https://api.anthropic.com/v1/messages", anthropicRequest());
  const pieces: { readonly at: number; readonly text: string }[] = [];
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    pieces.push({ at: performance.now(), text: read.value });
  }
  const first = pieces[0];
  const token = pieces.find(({ text }) => text.includes("text_delta"));
  expect(first?.text).toContain("message_start");
  expect((token?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(150);
});
