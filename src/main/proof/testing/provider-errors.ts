/** For tests: error responses of each provider, from its documentation and public issue threads. */
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
} from "../../../shared/testing/provider-refusals";

export interface ProviderErrorFixture {
  readonly provider: string;
  readonly status: number;
  readonly body: unknown;
  readonly rule: string;
}

function anthropic(status: number, rule: string, type: string, message: string) {
  const body = { type: "error", error: { type, message }, request_id: "req_011" };
  return { provider: "Anthropic", status, body, rule };
}

function openai(status: number, rule: string, type: string, code: string | null, message: string) {
  const body = { error: { message, type, param: null, code } };
  return { provider: "OpenAI", status, body, rule };
}

function google(status: number, rule: string, name: string, message: string, reason?: string) {
  const details = reason === undefined ? [] : [{ "@type": "type.googleapis.com/x", reason }];
  const body = [{ error: { code: status, message, status: name, details } }];
  return { provider: "Google", status, body, rule };
}

function xai(status: number, rule: string, code: string, error: string) {
  return { provider: "xAI", status, body: { code, error }, rule };
}

function deepseek(status: number, rule: string, type: string, message: string) {
  const body = { error: { message, type, param: null, code: "invalid_request_error" } };
  return { provider: "DeepSeek", status, body, rule };
}

function openrouter(status: number, rule: string, message: string, metadata?: object) {
  const body = { error: { message, code: status, ...(metadata ? { metadata } : {}) } };
  return { provider: "OpenRouter", status, body, rule };
}

function compatible(status: number, rule: string, body: unknown) {
  return { provider: "Mine", status, body, rule };
}

/** The refusals that the demo's providers send as well; Ollama takes no key and has no rate limit. */
const REFUSED: readonly ProviderErrorFixture[] = [
  ...refused("Anthropic", ANTHROPIC),
  ...refused("OpenAI", OPENAI),
  ...refused("Google", GOOGLE),
  ...refused("xAI", XAI),
  ...refused("DeepSeek", DEEPSEEK),
  ...refused("OpenRouter", OPENROUTER),
  ...refused("Moonshot AI", MOONSHOT),
  ...refused("Mistral", MISTRAL, "provider_overloaded"),
  ...refused("Mine", CARELESS),
  ...refused("Ollama", { ...OPENAI, model: OLLAMA.model }),
];

/** With a key and without one. */
function refused(
  provider: string,
  { key, model, rate, noCredit }: Refusals,
  rateRule = "provider_rate_limited",
): readonly ProviderErrorFixture[] {
  return [
    { provider, ...key("provider-key-1234"), rule: "provider_key_refused" },
    { provider, ...key(""), rule: "provider_key_refused" },
    { provider, ...model("model-nothing"), rule: "provider_model_unknown" },
    { provider, ...rate(), rule: rateRule },
    { provider, ...noCredit(), rule: "provider_no_credit" },
  ];
}

export const PROVIDER_ERRORS: readonly ProviderErrorFixture[] = [
  anthropic(
    400,
    "provider_spend_limit",
    "invalid_request_error",
    "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
  ),
  anthropic(
    400,
    "provider_login_token",
    "invalid_request_error",
    "This credential is only authorized for use with Claude Code and cannot be used for other API requests.",
  ),
  anthropic(
    400,
    "provider_account_disabled",
    "invalid_request_error",
    "This organization has been disabled.",
  ),
  anthropic(402, "provider_no_credit", "billing_error", "Payment is required."),
  anthropic(529, "provider_overloaded", "overloaded_error", "Overloaded"),
  anthropic(
    400,
    "provider_refused_content",
    "invalid_request_error",
    "Output blocked by content filtering policy",
  ),
  anthropic(
    403,
    "provider_permission",
    "permission_error",
    "Your API key does not have permission to use the specified resource.",
  ),
  anthropic(413, "provider_too_large", "request_too_large", "Request exceeds the maximum size"),
  anthropic(500, "provider_failed", "api_error", "Internal server error"),

  openai(
    429,
    "provider_rate_limited",
    "requests",
    "rate_limit_exceeded",
    "Rate limit reached for gpt-nothing in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more. You can increase your rate limit by adding a payment method to your account at https://platform.openai.com/account/billing.",
  ),
  openai(
    404,
    "provider_model_unknown",
    "invalid_request_error",
    null,
    "The model grok-4.20-nothing does not exist or your team has no access to it.",
  ),
  openai(
    400,
    "provider_model_unknown",
    "invalid_request_error",
    "model_not_found",
    "The requested model 'gpt-nothing' does not exist.",
  ),
  openai(
    503,
    "provider_overloaded",
    "server_error",
    null,
    "The engine is currently overloaded, please try again later",
  ),
  openai(
    400,
    "provider_refused_content",
    "invalid_request_error",
    "content_policy_violation",
    "Your request was rejected as a result of our safety system.",
  ),
  openai(
    403,
    "provider_region",
    "request_forbidden",
    "unsupported_country_region_territory",
    "Country, region, or territory not supported",
  ),
  openai(
    500,
    "provider_failed",
    "server_error",
    null,
    "The server had an error while processing your request. Sorry about that!",
  ),
  openai(
    400,
    "provider_request_refused",
    "invalid_request_error",
    "unsupported_parameter",
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  ),

  google(
    503,
    "provider_overloaded",
    "UNAVAILABLE",
    "The model is overloaded. Please try again later.",
  ),
  google(
    429,
    "provider_rate_limited",
    "RESOURCE_EXHAUSTED",
    "Resource has been exhausted (e.g. check quota).",
  ),
  google(
    429,
    "provider_no_credit",
    "RESOURCE_EXHAUSTED",
    "You exceeded your current quota, please check your plan and billing details.",
  ),
  google(
    429,
    "provider_no_credit",
    "RESOURCE_EXHAUSTED",
    "You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 0",
  ),
  google(
    403,
    "provider_api_disabled",
    "PERMISSION_DENIED",
    "Generative Language API has not been used in project 1 before or it is disabled.",
  ),
  google(
    400,
    "provider_region",
    "FAILED_PRECONDITION",
    "User location is not supported for the API use.",
  ),

  xai(
    403,
    "provider_refused_content",
    "The caller does not have permission to execute the specified operation",
    "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO",
  ),
  xai(
    503,
    "provider_overloaded",
    "The service is currently unavailable",
    "Service temporarily unavailable. The model is at capacity and currently cannot serve this request.",
  ),

  deepseek(
    429,
    "provider_rate_limited",
    "rate_limit_reached_error",
    "Rate limit reached. Please pace your requests reasonably.",
  ),
  deepseek(503, "provider_overloaded", "server_error", "The server is busy. Try again later."),
  deepseek(400, "provider_refused_content", "invalid_request_error", "Content Exists Risk"),

  openrouter(
    402,
    "provider_no_credit",
    "This request requires more credits, or fewer max_tokens. You requested up to 2048 tokens, but can only afford 12.",
  ),
  openrouter(403, "provider_key_limit", "Key limit exceeded (total limit)."),
  openrouter(404, "provider_model_unknown", "No endpoints found for nothing/at-all."),
  openrouter(429, "provider_rate_limited", "Rate limit exceeded: free-models-per-day"),
  openrouter(429, "provider_rate_limited", "Provider returned error", {
    provider_name: "DeepInfra",
    raw: "nothing/at-all is temporarily rate-limited upstream. Please retry shortly.",
  }),
  openrouter(403, "provider_refused_content", "Your input was flagged", {
    reasons: ["harassment"],
    provider_name: "OpenAI",
  }),
  openrouter(502, "provider_failed", "Provider returned error"),

  compatible(401, "provider_key_refused", {
    message: "Unauthorized",
    request_id: "1",
  }),
  compatible(401, "provider_key_refused", {
    message: "Wrong API Key",
    type: "invalid_request_error",
    param: "api_key",
    code: "wrong_api_key",
  }),
  compatible(422, "provider_request_refused", {
    object: "error",
    message: {
      detail: [
        { type: "extra_forbidden", loc: ["body", "x"], msg: "Extra inputs are not permitted" },
      ],
    },
    type: "invalid_request_error",
    param: null,
    code: null,
  }),
  compatible(422, "provider_request_refused", {
    object: "Error",
    message: [
      { type: "extra_forbidden", loc: ["body", "x"], msg: "Extra inputs are not permitted" },
    ],
    type: "invalid_request_error",
    code: 3001,
  }),
  compatible(422, "provider_request_refused", {
    detail: [{ type: "missing", loc: ["body", "model"], msg: "Field required" }],
  }),
  compatible(404, "provider_model_unknown", {
    error: { message: "model 'qwen3:8b' not found", type: "api_error", param: null, code: null },
  }),
  compatible(429, "provider_rate_limited", {
    error: { message: "Your account reached max request", type: "rate_limit_reached_error" },
  }),
  compatible(429, "provider_rate_limited", { message: "Slow down" }),
  compatible(429, "provider_overloaded", {
    error: { message: "The engine is busy", type: "engine_overloaded_error" },
  }),
  compatible(400, "provider_refused_content", {
    error: {
      message: "The request was rejected because it was considered high risk",
      type: "content_filter",
    },
  }),
  compatible(404, "provider_address_unknown", { detail: "Not Found" }),
  compatible(402, "provider_no_credit", { error: { message: "Pay first" } }),
  ...REFUSED,
];

/** Errors that arrive in the middle of a response with HTTP 200. */
export const STREAMED_ERRORS: readonly {
  readonly provider: string;
  readonly event: unknown;
  readonly rule: string;
}[] = [
  {
    provider: "Anthropic",
    event: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    rule: "provider_overloaded",
  },
  {
    provider: "OpenAI",
    event: {
      type: "error",
      code: "rate_limit_exceeded",
      message: "Rate limit reached",
      param: null,
      sequence_number: 3,
    },
    rule: "provider_rate_limited",
  },
  {
    provider: "OpenAI",
    event: {
      type: "response.failed",
      response: { status: "failed", error: { code: "server_error", message: "It broke." } },
    },
    rule: "provider_failed_midway",
  },
  {
    provider: "OpenRouter",
    event: {
      id: "gen-1",
      error: { code: 402, message: "Insufficient credits" },
      choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
    },
    rule: "provider_no_credit",
  },
  {
    provider: "Google",
    event: { error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } },
    rule: "provider_overloaded",
  },
];
