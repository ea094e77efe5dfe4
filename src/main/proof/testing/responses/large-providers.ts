/** For tests: responses of the providers that mux has built in. */
import { anthropic, google, openAi, type SenderFixtures } from "./response-fixture";

export const LARGE_PROVIDERS: readonly SenderFixtures[] = [
  {
    sender: "Anthropic",
    source:
      "platform.claude.com/docs/en/api/errors; github.com/anthropics/claude-code issues 45021, 45247",
    baseUrl: "https://api.anthropic.com/v1",
    rows: [
      [401, "provider_key_refused", anthropic("authentication_error", "invalid x-api-key")],
      [401, "provider_key_refused", anthropic("authentication_error", "Invalid bearer token")],
      [
        401,
        "provider_login_token",
        anthropic("authentication_error", "OAuth authentication is currently not supported."),
      ],
      [
        400,
        "provider_login_token",
        anthropic(
          "invalid_request_error",
          "This credential is only authorized for use with Claude Code and cannot be used for other API requests.",
        ),
      ],
      [
        400,
        "provider_extra_usage",
        anthropic(
          "invalid_request_error",
          "Third-party apps now draw from your extra usage, not your plan limits. Add more in the settings and keep going.",
        ),
      ],
      [
        429,
        "provider_extra_usage",
        anthropic("rate_limit_error", "Extra usage is required for long context requests."),
      ],
      [
        400,
        "provider_no_credit",
        anthropic(
          "invalid_request_error",
          "Your credit balance is too low to access the Anthropic API.",
        ),
      ],
      [
        402,
        "provider_no_credit",
        anthropic("billing_error", "There is an issue with your payment."),
      ],
      [
        400,
        "provider_spend_limit",
        anthropic(
          "invalid_request_error",
          "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
        ),
      ],
      [
        400,
        "provider_account_disabled",
        anthropic("invalid_request_error", "This organization has been disabled."),
      ],
      [
        403,
        "provider_permission",
        anthropic(
          "permission_error",
          "Your API key does not have permission to use the specified resource.",
        ),
      ],
      [404, "provider_model_unknown", anthropic("not_found_error", "model: claude-nothing")],
      [
        413,
        "provider_too_large",
        anthropic("request_too_large", "Request exceeds the maximum allowed number of bytes."),
      ],
      [
        429,
        "provider_rate_limited",
        anthropic(
          "rate_limit_error",
          "This request would exceed your organization's rate limit of 50 requests per minute.",
        ),
      ],
      [500, "provider_failed", anthropic("api_error", "Internal server error")],
      [529, "provider_overloaded", anthropic("overloaded_error", "Overloaded")],
    ],
  },
  {
    sender: "OpenAI",
    source:
      "platform.openai.com/docs/guides/error-codes; github.com/continuedev/continue issues 8209, 11774",
    baseUrl: "https://api.openai.com/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi(
          "Incorrect API key provided: sk-test****0000.",
          "invalid_request_error",
          "invalid_api_key",
        ),
      ],
      [
        401,
        "provider_key_refused",
        openAi("You didn't provide an API key.", "invalid_request_error"),
      ],
      [
        403,
        "provider_region",
        openAi(
          "Country, region, or territory not supported",
          "request_forbidden",
          "unsupported_country_region_territory",
        ),
      ],
      [
        401,
        "provider_key_restricted",
        openAi(
          "Your IP address is not authorized for this project.",
          "invalid_request_error",
          "ip_not_authorized",
        ),
      ],
      [
        429,
        "provider_no_credit",
        openAi(
          "You exceeded your current quota, please check your plan and billing details.",
          "insufficient_quota",
          "insufficient_quota",
        ),
      ],
      [
        429,
        "provider_spend_limit",
        openAi(
          "Billing hard limit has been reached",
          "insufficient_quota",
          "billing_hard_limit_reached",
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi(
          "Rate limit reached for gpt-x on requests per min (RPM): Limit 3, Used 3. Add a payment method at https://platform.openai.com/account/billing.",
          "requests",
          "rate_limit_exceeded",
        ),
      ],
      [
        404,
        "provider_model_unknown",
        openAi(
          "The model `gpt-x` does not exist or you do not have access to it.",
          "invalid_request_error",
          "model_not_found",
        ),
      ],
      [
        400,
        "provider_unverified",
        openAi(
          "Your organization must be verified to stream this model.",
          "invalid_request_error",
          "unsupported_value",
        ),
      ],
      [
        401,
        "provider_account_disabled",
        openAi(
          "The OpenAI account associated with this API key has been deactivated.",
          "invalid_request_error",
          "account_deactivated",
        ),
      ],
      [
        403,
        "provider_permission",
        openAi(
          "You have insufficient permissions for this operation. Missing scopes: model.request.",
          "invalid_request_error",
        ),
      ],
      [
        400,
        "provider_request_refused",
        openAi(
          "Unsupported parameter: 'max_tokens' is not supported with this model.",
          "invalid_request_error",
          "unsupported_parameter",
        ),
      ],
      [
        400,
        "provider_refused_content",
        openAi(
          "Your request was rejected by the safety system.",
          "invalid_request_error",
          "content_policy_violation",
        ),
      ],
      [
        500,
        "provider_failed",
        openAi("The server had an error while processing your request.", "server_error"),
      ],
      [
        503,
        "provider_overloaded",
        openAi("The engine is currently overloaded, please try again later", "server_error"),
      ],
    ],
  },
  {
    sender: "Google",
    source: "ai.google.dev/gemini-api/docs/troubleshooting; cloud.google.com/apis/design/errors",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    rows: [
      [
        400,
        "provider_key_refused",
        [
          google(
            400,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
            "API_KEY_INVALID",
          ),
        ],
      ],
      [
        400,
        "provider_key_refused",
        [
          google(
            400,
            "INVALID_ARGUMENT",
            "API key expired. Please renew the API key.",
            "API_KEY_INVALID",
          ),
        ],
      ],
      [
        403,
        "provider_key_refused",
        google(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers."),
      ],
      [
        403,
        "provider_key_leaked",
        google(
          403,
          "PERMISSION_DENIED",
          "Your API key was reported as leaked. Please use another API key.",
        ),
      ],
      [
        403,
        "provider_key_restricted",
        google(
          403,
          "PERMISSION_DENIED",
          "Requests from referer <empty> are blocked.",
          "API_KEY_HTTP_REFERRER_BLOCKED",
        ),
      ],
      [
        403,
        "provider_key_restricted",
        google(
          403,
          "PERMISSION_DENIED",
          "Requests to this API method are blocked.",
          "API_KEY_SERVICE_BLOCKED",
        ),
      ],
      [
        403,
        "provider_api_disabled",
        google(
          403,
          "PERMISSION_DENIED",
          "Generative Language API has not been used in project 1 before or it is disabled.",
          "SERVICE_DISABLED",
        ),
      ],
      [
        403,
        "provider_account_disabled",
        google(
          403,
          "PERMISSION_DENIED",
          "Permission denied: Consumer 'project:1' has been suspended.",
          "CONSUMER_SUSPENDED",
        ),
      ],
      [
        400,
        "provider_region",
        google(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
      ],
      [
        400,
        "provider_no_credit",
        google(
          400,
          "FAILED_PRECONDITION",
          "The free tier is not available in your country. Please enable billing on your project.",
        ),
      ],
      [
        404,
        "provider_model_unknown",
        google(404, "NOT_FOUND", "models/gemini-x is not found for API version v1beta."),
      ],
      [
        429,
        "provider_rate_limited",
        google(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
      ],
      [
        429,
        "provider_rate_limited",
        google(
          429,
          "RESOURCE_EXHAUSTED",
          "You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: free_tier_requests, limit: 5",
        ),
      ],
      [
        429,
        "provider_no_credit",
        google(
          429,
          "RESOURCE_EXHAUSTED",
          "You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: free_tier_requests, limit: 0",
        ),
      ],
      [
        503,
        "provider_overloaded",
        google(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
      ],
      [500, "provider_failed", google(500, "INTERNAL", "An internal error has occurred.")],
      [
        400,
        "provider_key_refused",
        [google(400, "INVALID_ARGUMENT", "Please pass a valid API key", "API_KEY_INVALID")],
      ],
    ],
  },
  {
    sender: "xAI",
    source: "docs.x.ai/docs/key-information/debugging",
    baseUrl: "https://api.x.ai/v1",
    rows: [
      [
        400,
        "provider_key_refused",
        {
          code: "Client specified an invalid argument",
          error: "Incorrect API key provided: xa***01.",
        },
      ],
      [
        403,
        "provider_no_credit",
        {
          code: "The caller does not have permission to execute the specified operation",
          error:
            "Your newly created team doesn't have any credits yet. You can purchase credits on https://console.x.ai.",
        },
      ],
      [
        429,
        "provider_spend_limit",
        {
          code: "Some resource has been exhausted",
          error:
            "Your team 1 has either used all available credits or reached its monthly spending limit.",
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          code: "Some requested entity was not found",
          error: "The model grok-x does not exist or your team does not have access to it.",
        },
      ],
      [
        403,
        "provider_refused_content",
        {
          code: "The caller does not have permission to execute the specified operation",
          error: "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO",
        },
      ],
      [
        403,
        "provider_account_disabled",
        { code: "Forbidden", error: "Your API key's team has been blocked." },
      ],
      [
        429,
        "provider_rate_limited",
        {
          code: "Some resource has been exhausted",
          error: "Too many requests. Your team has reached its rate limit.",
        },
      ],
      [
        503,
        "provider_overloaded",
        {
          code: "The service is currently unavailable",
          error: "The model is at capacity and currently cannot serve this request.",
        },
      ],
    ],
  },
  {
    sender: "DeepSeek",
    source: "api-docs.deepseek.com/quick_start/error_codes",
    baseUrl: "https://api.deepseek.com",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi(
          "Authentication Fails, Your api key: ****0000 is invalid",
          "authentication_error",
          "invalid_request_error",
        ),
      ],
      [
        402,
        "provider_no_credit",
        openAi("Insufficient Balance", "unknown_error", "invalid_request_error"),
      ],
      [
        400,
        "provider_model_unknown",
        openAi("Model Not Exist", "invalid_request_error", "invalid_request_error"),
      ],
      [
        400,
        "provider_refused_content",
        openAi("Content Exists Risk", "invalid_request_error", "invalid_request_error"),
      ],
      [
        429,
        "provider_rate_limited",
        openAi(
          "Rate limit reached. Please pace your requests reasonably.",
          "rate_limit_reached_error",
        ),
      ],
      [503, "provider_overloaded", openAi("The server is busy. Try again later.", "server_error")],
      [
        422,
        "provider_request_refused",
        "Failed to deserialize the JSON body into the target type",
        { "x-ds-trace-id": "1" },
      ],
    ],
  },
  {
    sender: "OpenRouter",
    source: "openrouter.ai/docs/api-reference/errors; github.com/anomalyco/opencode issue 12219",
    baseUrl: "https://openrouter.ai/api/v1",
    rows: [
      [401, "provider_key_refused", { error: { message: "No auth credentials found", code: 401 } }],
      [401, "provider_key_refused", { error: { message: "User not found.", code: 401 } }],
      [
        402,
        "provider_no_credit",
        {
          error: {
            message: "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
            code: 402,
          },
        },
      ],
      [
        402,
        "provider_no_credit",
        {
          error: {
            message:
              "This request requires more credits, or fewer max_tokens. You can only afford 12.",
            code: 402,
          },
        },
      ],
      [
        403,
        "provider_key_limit",
        { error: { message: "Key limit exceeded (total limit).", code: 403 } },
      ],
      [
        403,
        "provider_key_limit",
        {
          error: {
            message:
              "Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys",
            code: 403,
          },
        },
      ],
      [
        403,
        "provider_refused_content",
        { error: { message: "Your input was flagged", code: 403, metadata: { reasons: ["x"] } } },
      ],
      [
        404,
        "provider_privacy",
        {
          error: {
            message:
              "No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy",
            code: 404,
          },
        },
      ],
      [
        404,
        "provider_model_unknown",
        { error: { message: "No endpoints found for nothing/at-all.", code: 404 } },
      ],
      [
        400,
        "provider_model_unknown",
        { error: { message: "nothing/x is not a valid model ID", code: 400 } },
      ],
      [
        429,
        "provider_rate_limited",
        { error: { message: "Rate limit exceeded: free-models-per-day", code: 429 } },
      ],
      [
        429,
        "provider_rate_limited",
        {
          error: {
            message: "Provider returned error",
            code: 429,
            metadata: { raw: "m is temporarily rate-limited upstream." },
          },
        },
      ],
      [502, "provider_failed", { error: { message: "Provider returned error", code: 502 } }],
    ],
  },
  {
    sender: "Moonshot AI",
    source: "platform.moonshot.ai/docs/api/chat",
    baseUrl: "https://api.moonshot.ai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        { error: { message: "Invalid Authentication", type: "invalid_authentication_error" } },
      ],
      [
        401,
        "provider_key_refused",
        { error: { message: "Incorrect API key provided", type: "incorrect_api_key_error" } },
      ],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            message: "Not found the model m or Permission denied",
            type: "resource_not_found_error",
          },
        },
      ],
      [
        429,
        "provider_no_credit",
        {
          error: {
            message: "Your account is suspended, please check your plan and billing details",
            type: "exceeded_current_quota_error",
          },
        },
      ],
      [
        429,
        "provider_rate_limited",
        {
          error: {
            message: "Your account reached its max RPM: 3, please try again after 1 seconds",
            type: "rate_limit_reached_error",
          },
        },
      ],
      [
        429,
        "provider_overloaded",
        {
          error: {
            message: "The engine is currently overloaded, please try again later",
            type: "engine_overloaded_error",
          },
        },
      ],
      [
        400,
        "provider_refused_content",
        {
          error: {
            message: "The request was rejected because it was considered high risk",
            type: "content_filter",
          },
        },
      ],
    ],
  },
];
