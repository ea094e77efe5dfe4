/** The exact error responses of each provider. */

/** A provider's error response. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The errors of a provider; `noCredit`: an account without credit. */
export interface Refusals {
  readonly key: (key: string) => Refusal;
  readonly model: (model: string) => Refusal;
  readonly rate: () => Refusal;
  readonly noCredit: () => Refusal;
  readonly path: (path: string) => Refusal;
}

const refuse = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  body,
  headers,
});
const retryAfter = (seconds: number) => ({ "retry-after": String(seconds) });

/** A key as masked by OpenAI and others. */
function masked(key: string): string {
  return key.length < 12 ? "****" : `${key.slice(0, 7)}****${key.slice(-4)}`;
}

const anthropicError = (status: number, type: string, message: string, headers = {}) =>
  refuse(
    status,
    { type: "error", error: { type, message }, request_id: "req_011CDemo" },
    { "request-id": "req_011CDemo", ...headers },
  );

export const ANTHROPIC: Refusals = {
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

export const OPENAI: Refusals = {
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

export const GOOGLE: Refusals = {
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
      "You exceeded your current quota, please check your plan and billing details.\n" +
        "* Quota exceeded for metric: " +
        "generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 5\n" +
        "Please retry in 17.2s.",
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

export const XAI: Refusals = {
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
      error:
        "Your newly created team doesn't have any credits yet. " +
        "You can purchase credits on https://console.x.ai.",
    }),
  path: () => refuse(404, { code: "Not Found", error: "The requested resource was not found." }),
};

export const DEEPSEEK: Refusals = {
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

export const OPENROUTER: Refusals = {
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

export const MOONSHOT: Refusals = {
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

export const MISTRAL: Refusals = {
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

/** A careless self-hosted provider, which returns a rejected key in full. */
export const CARELESS: Refusals = {
  ...OPENAI,
  key: (key) =>
    openAiError(
      401,
      `Authentication Error, Invalid proxy server token passed. Received API Key = ${key}`,
      "auth_error",
      "401",
    ),
};

export const OLLAMA: Refusals = {
  ...OPENAI,
  model: (model) => refuse(404, { error: `model '${model}' not found` }),
  path: () => refuse(404, { error: "404 page not found" }),
};
