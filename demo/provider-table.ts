/** The providers with a stand-in: their hosts, paths, models and errors. */
import { DEMO_OWN_HOST } from "./names";
import {
  ANTHROPIC,
  CARELESS,
  DEEPSEEK,
  GOOGLE,
  MISTRAL,
  MOONSHOT,
  OLLAMA,
  OPENAI,
  OPENROUTER,
  XAI,
  type Refusals,
} from "../src/shared/testing/provider-refusals";

export interface ProviderStandIn {
  readonly host: string;
  /** The header with the key, or null for a provider without keys. */
  readonly keyHeader: "authorization" | "x-api-key" | "x-goog-api-key" | null;
  /** The provider's paths, with the equivalent paths of aimock. */
  readonly endpoints: ReadonlyMap<string | RegExp, string>;
  /** Matches the provider's models. */
  readonly models: RegExp;
  /** Model aliases: the response names the second model. */
  readonly aliases?: ReadonlyMap<string, string>;
  readonly refusals: Refusals;
  /** Headers of every response; providers behind Cloudflare send their own cf-ray. */
  readonly headers?: Readonly<Record<string, string>>;
}

const CHAT = "/v1/chat/completions";
const RESPONSES = "/v1/responses";
const BEHIND_CLOUDFLARE = { server: "cloudflare", "cf-ray": "9d3f1c7a5be0demo-AMS" };

/** A provider with OpenAI's chat endpoint. */
const compatible = (host: string, path: string, refusals: Refusals, models = /./) =>
  ({
    host,
    keyHeader: "authorization",
    endpoints: new Map([[path, CHAT]]),
    models,
    refusals,
  }) as const satisfies ProviderStandIn;

export const PROVIDER_STAND_INS: readonly ProviderStandIn[] = [
  {
    host: "api.anthropic.com",
    keyHeader: "x-api-key",
    endpoints: new Map([["/v1/messages", "/v1/messages"]]),
    models: /^claude-/,
    aliases: new Map([["claude-haiku-4-5", "claude-haiku-4-5-20251001"]]),
    refusals: ANTHROPIC,
    headers: { ...BEHIND_CLOUDFLARE, "request-id": "req_011CDemo" },
  },
  {
    host: "api.openai.com",
    keyHeader: "authorization",
    endpoints: new Map([
      [RESPONSES, RESPONSES],
      [CHAT, CHAT],
    ]),
    models: /^(?:gpt|chatgpt|o\d)/,
    refusals: OPENAI,
    headers: { ...BEHIND_CLOUDFLARE, "x-request-id": "req_demo" },
  },
  {
    host: "generativelanguage.googleapis.com",
    keyHeader: "x-goog-api-key",
    endpoints: new Map([
      [/^\/v1beta\/models\/[^/:]+:(?:streamGenerateContent|generateContent)$/, "$&"],
    ]),
    models: /^(?:gemini|gemma)-/,
    refusals: GOOGLE,
    headers: { server: "scaffolding on HTTPServer2" },
  },
  {
    host: "api.x.ai",
    keyHeader: "authorization",
    endpoints: new Map([
      [RESPONSES, RESPONSES],
      [CHAT, CHAT],
    ]),
    models: /^grok-/,
    refusals: XAI,
    headers: BEHIND_CLOUDFLARE,
  },
  {
    ...compatible("api.deepseek.com", "/chat/completions", DEEPSEEK, /^deepseek-/),
    endpoints: new Map([
      ["/chat/completions", CHAT],
      [CHAT, CHAT],
    ]),
  },
  {
    ...compatible("openrouter.ai", "/api/v1/chat/completions", OPENROUTER, /^[\w~.-]+\/[\w:.-]+$/),
    endpoints: new Map([["/api/v1/chat/completions", "/api/v1/chat/completions"]]),
    headers: BEHIND_CLOUDFLARE,
  },
  compatible("api.moonshot.ai", CHAT, MOONSHOT, /^(?:kimi|moonshot)-/),
  compatible("api.mistral.ai", CHAT, MISTRAL, /^(?:\w+stral)-/),
  compatible("api.groq.com", "/openai/v1/chat/completions", OPENAI),
  compatible("api.perplexity.ai", "/chat/completions", OPENAI, /^sonar/),
  compatible("api.cerebras.ai", CHAT, OPENAI),
  compatible("api.fireworks.ai", "/inference/v1/chat/completions", OPENAI),
  compatible(DEMO_OWN_HOST, CHAT, CARELESS),
  {
    ...compatible("localhost:11434", CHAT, OLLAMA),
    keyHeader: null,
    endpoints: new Map([
      ["/api/chat", "/api/chat"],
      [CHAT, CHAT],
    ]),
  },
];
