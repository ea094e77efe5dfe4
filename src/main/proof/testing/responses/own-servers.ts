/** For tests: responses of servers that people run themselves. */
import { openAi, type SenderFixtures } from "./response-fixture";

export const OWN_SERVERS: readonly SenderFixtures[] = [
  {
    sender: "Ollama",
    source: "docs.ollama.com/api/openai-compatibility; docs.ollama.com/api/errors",
    baseUrl: "http://localhost:11434/v1",
    rows: [
      [404, "provider_model_unknown", openAi("model 'qwen3:8b' not found", "api_error")],
      [
        404,
        "provider_model_not_loaded",
        { error: 'model "qwen3" not found, try pulling it first' },
      ],
      [
        400,
        "provider_request_refused",
        openAi("registry.ollama.ai/library/m does not support tools", "api_error"),
      ],
      [
        500,
        "provider_failed",
        openAi(
          "model requires more system memory (9.1 GiB) than is available (4.0 GiB)",
          "api_error",
        ),
      ],
      [
        503,
        "provider_overloaded",
        { error: "server busy, please try again. maximum pending requests exceeded" },
      ],
    ],
  },
  {
    sender: "LM Studio",
    source: "lmstudio.ai/docs/developer; github.com/lmstudio-ai/lms issue 107",
    baseUrl: "http://localhost:1234/v1",
    rows: [
      [
        404,
        "provider_model_not_loaded",
        openAi(
          "No models loaded. Please load a model in the developer page or use the `lms load` command.",
          "invalid_request_error",
          "model_not_found",
        ),
      ],
      [
        400,
        "provider_model_not_loaded",
        { error: 'Failed to load model "m". Error: Failed to load model.' },
      ],
      [
        200,
        "provider_address_unknown",
        { error: "Unexpected endpoint or method. (POST /responses)" },
      ],
    ],
  },
  {
    sender: "llama.cpp",
    source: "github.com/ggml-org/llama.cpp tools/server/README.md",
    baseUrl: "http://localhost:8080/v1",
    rows: [
      [
        503,
        "provider_model_loading",
        { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
      ],
      [
        401,
        "provider_key_refused",
        { error: { code: 401, message: "Invalid API Key", type: "authentication_error" } },
      ],
      [
        400,
        "provider_request_refused",
        { error: { code: 400, message: "Failed to parse grammar", type: "invalid_request_error" } },
      ],
      [
        404,
        "provider_address_unknown",
        { error: { code: 404, message: "File Not Found", type: "not_found_error" } },
      ],
    ],
  },
  {
    sender: "vLLM",
    source:
      "docs.vllm.ai, openai_compatible_server; github.com/vllm-project/vllm issues 3485, 5082",
    baseUrl: "http://10.0.0.5:8000/v1",
    rows: [
      [
        404,
        "provider_model_unknown",
        {
          object: "error",
          message: "The model `m` does not exist.",
          type: "NotFoundError",
          param: null,
          code: 404,
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            message: "The model `m` does not exist.",
            type: "NotFoundError",
            param: "model",
            code: 404,
          },
        },
      ],
      [401, "provider_key_refused", { error: "Unauthorized" }],
      [
        400,
        "provider_request_refused",
        {
          object: "error",
          message: "This model's maximum context length is 2048 tokens.",
          type: "BadRequestError",
          param: null,
          code: 400,
        },
      ],
      [404, "provider_address_unknown", { detail: "Not Found" }],
      [
        422,
        "provider_request_refused",
        { detail: [{ type: "missing", loc: ["body", "model"], msg: "Field required" }] },
      ],
    ],
  },
  {
    sender: "LiteLLM proxy",
    source: "docs.litellm.ai/docs/proxy/virtual_keys, users and exception_mapping",
    baseUrl: "https://llm.example.com/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi(
          "Authentication Error, Invalid proxy server token passed. Received API Key = sk-...0000",
          "auth_error",
          "401",
        ),
      ],
      [
        400,
        "provider_proxy_budget",
        openAi(
          "Budget has been exceeded! Current cost: 10.2, Max budget: 10.0",
          "budget_exceeded",
          "400",
        ),
      ],
      [
        400,
        "provider_proxy_budget",
        openAi("ExceededBudget: User=x over budget. Spend=12, Budget=10", "auth_error", "400"),
      ],
      [
        400,
        "provider_model_unknown",
        openAi(
          "{'error': '/chat/completions: Invalid model name passed in model=m. Call `/v1/models` to view available models for your key.'}",
          "None",
          "400",
        ),
      ],
      [
        401,
        "provider_model_blocked",
        openAi(
          "key not allowed to access model. This key can only access models=['a']. Tried to access m",
          "key_model_access_denied",
          "401",
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi("Crossed TPM / RPM / Max Parallel Request Limit", "None", "429"),
      ],
      [
        500,
        "provider_failed",
        openAi("litellm.InternalServerError: Connection error.", "None", "500"),
      ],
    ],
  },
  {
    sender: "Text Generation Inference",
    source: "huggingface.co/docs/text-generation-inference/messages_api",
    baseUrl: "http://localhost:3000/v1",
    rows: [
      [
        422,
        "provider_request_refused",
        {
          error: "Input validation error: inputs tokens + max_new_tokens must be <= 1024",
          error_type: "validation",
        },
      ],
      [429, "provider_overloaded", { error: "Model is overloaded", error_type: "overloaded" }],
    ],
  },
];
