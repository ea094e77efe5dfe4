/** The providers that the demo stands in for: their hosts, paths, models and exact words of refusal. */
import { DEMO_OWN_HOST } from "./names";

/** An answer in a provider's own words. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** What a provider may object to; `noCredit` is an empty account. */
export interface Refusals {
  readonly key: (key: string) => Refusal;
  readonly model: (model: string) => Refusal;
  readonly rate: () => Refusal;
  readonly noCredit: () => Refusal;
  readonly path: (path: string) => Refusal;
}

export interface ProviderStandIn {
  readonly host: string;
  /** The header that carries the key, or null for a provider that asks for none. */
  readonly keyHeader: "authorization" | "x-api-key" | "x-goog-api-key" | null;
  /** Paths that it has, and where aimock answers the same. */
  readonly endpoints: ReadonlyMap<string | RegExp, string>;
  /** The models that it knows. */
  readonly models: RegExp;
  /** Names of which it answers under another one, as providers do with an alias. */
  readonly aliases?: ReadonlyMap<string, string>;
  readonly refusals: Refusals;
  /** Headers of every answer; providers behind Cloudflare have a cf-ray of their own. */
  readonly headers?: Readonly<Record<string, string>>;
}

const CHAT = "/v1/chat/completions";
const RESPONSES = "/v1/responses";
const BEHIND_CLOUDFLARE = { server: "cloudflare", "cf-ray": "9d3f1c7a5be0demo-AMS" };

const refuse = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  body,
  headers,
});
const retryAfter = (seconds: number) => ({ "retry-after": String(seconds) });

/** As much of a key as OpenAI and others give back. */
function masked(key: string): string {
  return key.length < 12 ? "****" : `${key.slice(0, 7)}****${key.slice(-4)}`;
}

const anthropicError = (status: number, type: string, message: string, headers = {}) =>
  refuse(
    status,
    { type: "error", error: { type, message }, request_id: "req_011CDemo" },
    { "request-id": "req_011CDemo", ...headers },
  );

const ANTHROPIC: Refusals = {
  key: (key) =>
    anthropicError(
      401,
      "authentication_error",
      key === "" ? "x-api-key header is required" : "invalid x-api-key",
    ),
  model: (model) => anthropicError(404, "not_found_error", `model: ${model}`),
  rate: () =>
    anthropicError(
      429,
      "rate_limit_error",
      "This request would exceed your organization's rate limit of 50 requests per minute.",
      retryAfter(21),
    ),
  noCredit: () =>
    anthropicError(
      400,
      "invalid_request_error",
      "Your credit balance is too low to access the Anthropic API. " +
        "Please go to Plans & Billing to upgrade or purchase credits.",
    ),
  path: () => anthropicError(404, "not_found_error", "Not Found"),
};

const openAiError = (
  status: number,
  message: string,
  type: string,
  code: string | null,
  headers = {},
) => refuse(status, { error: { message, type, param: null, code } }, headers);

const OPENAI: Refusals = {
  key: (key) =>
    key === ""
      ? openAiError(
          401,
          "You didn't provide an API key. You need to provide your API key in an Authorization " +
            "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
          "invalid_request_error",
          null,
        )
      : openAiError(
          401,
          `Incorrect API key provided: ${masked(key)}. You can find your API key at ` +
            "https://platform.openai.com/account/api-keys.",
          "invalid_request_error",
          "invalid_api_key",
        ),
  model: (model) =>
    openAiError(
      404,
      `The model \`${model}\` does not exist or you do not have access to it.`,
      "invalid_request_error",
      "model_not_found",
    ),
  rate: () =>
    openAiError(
      429,
      "Rate limit reached for requests per min (RPM): Limit 3, Used 3, Requested 1. " +
        "Please try again in 20s.",
      "requests",
      "rate_limit_exceeded",
      retryAfter(20),
    ),
  noCredit: () =>
    openAiError(
      429,
      "You exceeded your current quota, please check your plan and billing details.",
      "insufficient_quota",
      "insufficient_quota",
    ),
  path: (path) => openAiError(404, `Invalid URL (POST ${path})`, "invalid_request_error", null),
};

const googleError = (code: number, status: string, message: string, details: object[] = []) =>
  refuse(code, {
    error: { code, message, status, ...(details.length > 0 ? { details } : {}) },
  });

const GOOGLE: Refusals = {
  key: (key) =>
    key === ""
      ? googleError(
          403,
          "PERMISSION_DENIED",
          "Method doesn't allow unregistered callers (callers without established identity). " +
            "Please use API Key or other form of API consumer identity to call this API.",
        )
      : googleError(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
          {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            reason: "API_KEY_INVALID",
            domain: "googleapis.com",
            metadata: { service: "generativelanguage.googleapis.com" },
          },
        ]),
  model: (model) =>
    googleError(
      404,
      "NOT_FOUND",
      `models/${model} is not found for API version v1beta, or is not supported for ` +
        "generateContent. Call ListModels to see the list of available models and their " +
        "supported methods.",
    ),
  rate: () =>
    googleError(
      429,
      "RESOURCE_EXHAUSTED",
      "You exceeded your current quota, please check your plan and billing details.",
      [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "17s" }],
    ),
  noCredit: () =>
    googleError(
      400,
      "FAILED_PRECONDITION",
      "Gemini API free tier is not available in your country. " +
        "Please enable billing on your project in Google AI Studio.",
    ),
  path: () => googleError(404, "NOT_FOUND", "Requested entity was not found."),
};

const XAI: Refusals = {
  key: (key) =>
    refuse(400, {
      code: "Client specified an invalid argument",
      error:
        `Incorrect API key provided: ${masked(key)}. ` +
        "You can obtain an API key from https://console.x.ai.",
    }),
  model: (model) =>
    refuse(404, {
      code: "Some requested entity was not found",
      error: `The model ${model} does not exist or your team does not have access to it.`,
    }),
  rate: () =>
    refuse(
      429,
      {
        code: "Some resource has been exhausted",
        error: "Too many requests. Your team has reached its rate limit.",
      },
      retryAfter(15),
    ),
  noCredit: () =>
    refuse(403, {
      code: "The caller does not have permission to execute the specified operation",
      error: "Your newly created team doesn't have any credits yet.",
    }),
  path: () => refuse(404, { code: "Not Found", error: "The requested resource was not found." }),
};

const DEEPSEEK: Refusals = {
  ...OPENAI,
  key: (key) =>
    openAiError(
      401,
      `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid`,
      "authentication_error",
      "invalid_request_error",
    ),
  model: () =>
    openAiError(400, "Model Not Exist", "invalid_request_error", "invalid_request_error"),
  noCredit: () =>
    openAiError(402, "Insufficient Balance", "unknown_error", "invalid_request_error"),
};

const openRouterError = (code: number, message: string, headers = {}) =>
  refuse(code, { error: { message, code } }, headers);

const OPENROUTER: Refusals = {
  key: (key) => openRouterError(401, key === "" ? "No auth credentials found" : "User not found."),
  model: (model) => openRouterError(400, `${model} is not a valid model ID`),
  rate: () => openRouterError(429, "Rate limit exceeded: free-models-per-min.", retryAfter(30)),
  noCredit: () =>
    openRouterError(
      402,
      "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    ),
  path: () => openRouterError(404, "Not Found"),
};

const moonshotError = (status: number, message: string, type: string, headers = {}) =>
  refuse(status, { error: { message, type } }, headers);

const MOONSHOT: Refusals = {
  key: () => moonshotError(401, "Invalid Authentication", "invalid_authentication_error"),
  model: (model) =>
    moonshotError(
      404,
      `Not found the model ${model} or Permission denied`,
      "resource_not_found_error",
    ),
  rate: () =>
    moonshotError(
      429,
      "Your account reached its max RPM: 3, please try again after 1 seconds",
      "rate_limit_reached_error",
      retryAfter(1),
    ),
  noCredit: () =>
    moonshotError(
      429,
      "Your account is suspended, please check your plan and billing details",
      "exceeded_current_quota_error",
    ),
  path: () => moonshotError(404, "The requested resource was not found", "url.not_found"),
};

const MISTRAL: Refusals = {
  key: () => refuse(401, { detail: "Unauthorized" }),
  model: (model) =>
    refuse(400, {
      object: "error",
      message: `Invalid model: ${model}`,
      type: "invalid_model",
      param: null,
      code: "1500",
      raw_status_code: 400,
    }),
  rate: () =>
    refuse(
      429,
      {
        object: "error",
        message: "Service tier capacity exceeded for this model.",
        type: "service_tier_capacity_exceeded",
        param: null,
        code: "3505",
      },
      retryAfter(5),
    ),
  noCredit: () => refuse(402, { detail: "You have no active subscription." }),
  path: () => refuse(404, { detail: "Not Found" }),
};

/** A self-hosted one that is careless: it gives a refused key back in full. */
const CARELESS: Refusals = {
  ...OPENAI,
  key: (key) =>
    openAiError(
      401,
      `Authentication Error, Invalid proxy server token passed. Received API Key = ${key}`,
      "auth_error",
      "401",
    ),
};

const OLLAMA: Refusals = {
  ...OPENAI,
  model: (model) => refuse(404, { error: `model '${model}' not found` }),
  path: () => refuse(404, { error: "404 page not found" }),
};

/** Where a provider has the one endpoint that OpenAI's chat made common. */
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
