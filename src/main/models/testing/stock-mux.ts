/**
 * For tests: builds requests like a released version of mux, which does not support the gateway
 * block. Written independently of the model factory, so that the two cannot share a mistake.
 */
import { createAnthropic } from "@ai-sdk/anthropic";
import { createDeepSeek } from "@ai-sdk/deepseek";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { createXai } from "@ai-sdk/xai";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { streamText, type LanguageModel } from "ai";
import { parse } from "jsonc-parser";
import { z } from "zod";

export interface StockRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Accepts unknown members, like mux's own schema. */
const FILE = z.record(
  z.string(),
  z.looseObject({
    apiKey: z.string().optional(),
    baseUrl: z.string().optional(),
    baseURL: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    wireFormat: z.string().optional(),
    providerType: z.string().optional(),
  }),
);

/** Read by the SDK packages when mux passes no base URL. */
export const SDK_BASE_URL_VARIABLES = [
  "ANTHROPIC_BASE_URL",
  "OPENAI_BASE_URL",
  "GOOGLE_GENERATIVE_AI_BASE_URL",
  "XAI_BASE_URL",
  "DEEPSEEK_BASE_URL",
  "OPENROUTER_BASE_URL",
] as const;

/**
 * Streams one generation with a provider of the providers.jsonc in `text` and returns its first
 * request, which is recorded and not sent. Throws when there was none.
 *
 * Source: mux 0.28.2, provider settings: a tolerant parse, `baseUrl` before `baseURL`, `headers` as
 * they are, and the SDK's package of each provider.
 */
export async function callAsStockMux(
  text: string,
  provider: string,
  modelId: string,
): Promise<StockRequest> {
  const requests: StockRequest[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push({
      url: request.url,
      headers: request.headers,
      body: typeof init?.body === "string" ? init.body : "",
    });
    return Promise.reject(new Error("recorded"));
  };
  const model = createModel(text, provider, modelId, fetch);
  const onError = () => undefined;
  await streamText({ model, prompt: "Hello", maxRetries: 0, onError }).consumeStream({ onError });
  const [request] = requests;
  if (!request) throw new Error(`${provider} sent no request`);
  return request;
}

function createModel(
  text: string,
  provider: string,
  modelId: string,
  fetch: typeof globalThis.fetch,
): LanguageModel {
  const file = FILE.parse(parse(text, [], { allowTrailingComma: true }));
  const config = file[provider];
  if (!config) throw new Error(`The file has no ${provider}`);
  const { apiKey = "none", baseUrl, baseURL, headers, wireFormat, providerType, ...rest } = config;
  const isBlank = baseUrl === undefined || baseUrl.trim() === "";
  const url = isBlank ? baseURL : baseUrl;
  const common = { apiKey, fetch, ...(headers ? { headers } : {}) };
  const settings = { ...common, ...(url === undefined ? {} : { baseURL: url }) };
  if (providerType === "openai-compatible") {
    if (url === undefined) throw new Error(`${provider} has no base URL`);
    const base = /^\w+:\/\/[^/]+$/.test(url) ? `${url}/v1` : url;
    return createOpenAICompatible({ ...common, baseURL: base, name: provider })(modelId);
  }
  switch (provider) {
    case "anthropic": {
      const base = url === undefined ? {} : { baseURL: withVersion(url) };
      return createAnthropic({ ...common, ...base })(modelId);
    }
    case "openai": {
      const base = url === undefined ? {} : { baseURL: withVersionForOrigin(url) };
      const openai = createOpenAI({ ...common, ...base });
      return wireFormat === "chatCompletions" ? openai.chat(modelId) : openai.responses(modelId);
    }
    case "google":
      return createGoogle(settings)(modelId);
    case "xai": {
      if (isNewGrok(modelId)) return createXai(settings).responses(modelId);
      // The package has no chat any more, which mux's older one calls.
      const base = url ?? "https://api.x.ai/v1";
      return createOpenAICompatible({ ...common, baseURL: base, name: provider })(modelId);
    }
    case "deepseek":
      return createDeepSeek(settings)(modelId);
    case "openrouter":
      // mux sends every member that it does not know in the body.
      return createOpenRouter({ ...settings, extraBody: rest })(modelId);
    case "moonshotai": {
      const base = url ?? "https://api.moonshot.ai/v1";
      return createOpenAICompatible({ ...common, baseURL: base, name: provider })(modelId);
    }
    default:
      throw new Error(`mux does not know ${provider}`);
  }
}

/** `https://h` and `https://h/`, but no URL with a path. */
function withVersionForOrigin(url: string): string {
  return /^\w+:\/\/[^/]+\/?$/.test(url) ? withVersion(url) : url;
}

/** grok-4.5 and newer. The versions are decimals: 4.20 came before 4.3. */
function isNewGrok(modelId: string): boolean {
  return Number(/^grok-(\d+(?:\.\d+)?)/.exec(modelId)?.[1] ?? 0) >= 4.5;
}

function withVersion(url: string): string {
  const bare = withoutSlashes(url);
  return bare.endsWith("/v1") ? bare : `${bare}/v1`;
}

function withoutSlashes(url: string): string {
  return url.replace(/\/+$/, "");
}
