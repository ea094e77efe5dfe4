/** For tests: responses of OpenAI-compatible services. */
import { google, openAi, type SenderFixtures } from "./response-fixture";

const NGINX_401 =
  "<html>\n<head><title>401 Authorization Required</title></head>\n<body>\n<center><h1>401 Authorization Required</h1></center>\n<hr><center>openresty/1.27.4</center>\n<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';</script></body>\n</html>";

export const HOSTED_PROVIDERS: readonly SenderFixtures[] = [
  {
    sender: "Mistral",
    source: "docs.mistral.ai/api; github.com/mistralai/client-python error models",
    baseUrl: "https://api.mistral.ai/v1",
    rows: [
      [401, "provider_key_refused", { detail: "Unauthorized" }],
      [401, "provider_key_refused", { message: "Unauthorized", request_id: "1" }],
      [
        400,
        "provider_model_unknown",
        {
          object: "error",
          message: "Invalid model: m",
          type: "invalid_model",
          param: null,
          code: "1500",
        },
      ],
      [
        422,
        "provider_request_refused",
        {
          object: "error",
          message: {
            detail: [
              {
                type: "extra_forbidden",
                loc: ["body", "x"],
                msg: "Extra inputs are not permitted",
              },
            ],
          },
          type: "invalid_request_error",
          param: null,
          code: null,
        },
      ],
      [
        422,
        "provider_request_refused",
        {
          object: "Error",
          message: [{ type: "missing", loc: ["body"], msg: "Field required" }],
          type: "invalid_request_error",
          code: 3001,
        },
      ],
      [
        429,
        "provider_overloaded",
        {
          object: "error",
          message: "Service tier capacity exceeded for this model.",
          type: "service_tier_capacity_exceeded",
          param: null,
          code: "3505",
        },
      ],
      [429, "provider_rate_limited", { message: "Requests rate limit exceeded" }],
      [402, "provider_no_credit", { detail: "You have no active subscription." }],
    ],
  },
  {
    sender: "Groq",
    source:
      "console.groq.com/docs/errors; github.com/crewAIInc/crewAI issue 783; orbi-build/orbi issue 561",
    baseUrl: "https://api.groq.com/openai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi("Invalid API Key", "invalid_request_error", "invalid_api_key"),
      ],
      [
        400,
        "provider_account_disabled",
        openAi(
          "Organization has been restricted. Please reach out to support if you believe this was in error.",
          "invalid_request_error",
          "organization_restricted",
        ),
      ],
      [
        400,
        "provider_terms",
        openAi(
          "The model `m` requires terms acceptance. Please have the org admin accept the terms.",
          "invalid_request_error",
          "model_terms_required",
        ),
      ],
      [
        403,
        "provider_model_blocked",
        openAi(
          "The model `m` is blocked at the organization level. Please have the org admin enable this model.",
          "permissions_error",
          "model_permission_blocked_org",
        ),
      ],
      [
        404,
        "provider_model_unknown",
        openAi(
          "The model `m` does not exist or you do not have access to it.",
          "invalid_request_error",
          "model_not_found",
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi(
          "Rate limit reached for model `m` in organization `org_x` on tokens per day (TPD): Limit 100000. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing",
          "tokens",
          "rate_limit_exceeded",
        ),
      ],
      [
        413,
        "provider_rate_limited",
        openAi(
          "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 12328",
          "tokens",
          "rate_limit_exceeded",
        ),
      ],
      [503, "provider_overloaded", openAi("Service Unavailable", "internal_server_error")],
    ],
  },
  {
    sender: "Cerebras",
    source: "inference-docs.cerebras.ai/support/error",
    baseUrl: "https://api.cerebras.ai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        {
          message: "Wrong API Key",
          type: "invalid_request_error",
          param: "api_key",
          code: "wrong_api_key",
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          message: "Model m does not exist or you do not have access to it.",
          type: "not_found_error",
          param: "model",
          code: "model_not_found",
        },
      ],
      [
        429,
        "provider_rate_limited",
        {
          message: "Requests per minute limit exceeded - too many requests sent.",
          type: "too_many_requests_error",
          param: "quota",
          code: "request_quota_exceeded",
        },
      ],
      [
        402,
        "provider_no_credit",
        {
          message: "Payment required to access this resource.",
          type: "payment_required_error",
          param: "quota",
          code: "payment_required",
        },
      ],
      [
        503,
        "provider_overloaded",
        {
          message: "We are experiencing high traffic. Please try again later.",
          type: "too_many_requests_error",
          param: "queue",
          code: "queue_exceeded",
        },
      ],
    ],
  },
  {
    sender: "Together AI",
    source: "docs.together.ai/docs/error-codes; github.com/HeyPuter/puter issue 3168",
    baseUrl: "https://api.together.xyz/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi(
          "Invalid API key provided. You can find your API key in the settings.",
          "invalid_request_error",
          "invalid_api_key",
        ),
      ],
      [
        400,
        "provider_model_unknown",
        openAi(
          "Unable to access non-serverless model m. Please create and start a new dedicated endpoint for the model.",
          "invalid_request_error",
          "model_not_available",
        ),
      ],
      [
        400,
        "provider_model_not_loaded",
        openAi(
          "The dedicated endpoint for m is not running. Please start the endpoint.",
          "invalid_request_error",
          "dedicated_endpoint_not_running",
        ),
      ],
      [
        402,
        "provider_no_credit",
        openAi(
          "Credit limit exceeded, please navigate to the billing page.",
          "credit_limit",
          "credit_limit",
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi(
          "You have been rate limited. Your rate limit is 60 queries per minute.",
          "credit_limit",
          "rate_limit",
        ),
      ],
    ],
  },
  {
    sender: "Fireworks",
    source:
      "docs.fireworks.ai/guides/inference-error-codes; github.com/warpdotdev/warp issue 15107",
    baseUrl: "https://api.fireworks.ai/inference/v1",
    rows: [
      [
        404,
        "provider_model_unknown",
        {
          message: "Model not found, inaccessible, and/or not deployed",
          param: "model",
          code: "NOT_FOUND",
          type: "error",
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            message: "Model not found, inaccessible, and/or not deployed",
            object: "error",
            code: "NOT_FOUND",
          },
        },
      ],
      [
        401,
        "provider_key_refused",
        {
          error: {
            object: "error",
            type: "invalid_request_error",
            message: "The API key you provided is invalid.",
          },
        },
      ],
      [
        412,
        "provider_account_disabled",
        {
          error: {
            object: "error",
            type: "error",
            code: "PRECONDITION_FAILED",
            message: "Account x is suspended, possibly due to reaching the monthly spending cap",
          },
        },
      ],
      [
        429,
        "provider_rate_limited",
        { error: { object: "error", type: "error", message: "You've hit the rate limit." } },
      ],
    ],
  },
  {
    sender: "Perplexity",
    source:
      "docs.perplexity.ai/guides/api-error-handling; github.com/perplexityai/api-discussion issue 281",
    baseUrl: "https://api.perplexity.ai",
    rows: [
      [
        401,
        "provider_key_refused",
        NGINX_401,
        { "content-type": "text/html", server: "cloudflare", "cf-ray": "930dc0abc8f136da-AMS" },
      ],
      [
        401,
        "provider_key_refused",
        openAi(
          "Invalid API key provided. You can find your API key in the settings.",
          "invalid_api_key",
          401,
        ),
      ],
      [
        400,
        "provider_model_unknown",
        openAi(
          "Invalid model 'm'. Permitted models can be found in the documentation.",
          "invalid_model",
          400,
        ),
      ],
      [
        401,
        "provider_no_credit",
        openAi(
          "You exceeded your current quota, please check your plan and billing details.",
          "insufficient_quota",
          401,
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi("Request rate limit exceeded, please try again later.", "rate_limit_error", 429),
      ],
    ],
  },
  {
    sender: "Cohere",
    source: "docs.cohere.com/reference/errors",
    baseUrl: "https://api.cohere.ai/compatibility/v1",
    rows: [
      [401, "provider_key_refused", { id: "1", message: "invalid api token" }],
      [401, "provider_key_refused", { message: "no api key supplied" }],
      [
        404,
        "provider_model_unknown",
        {
          id: "1",
          message:
            "model 'm' not found, make sure the correct model ID was used and that you have access to the model.",
        },
      ],
      [
        429,
        "provider_rate_limited",
        {
          message:
            "You are using a Trial key, which is limited to 20 API calls / minute. You can continue with a Production key.",
        },
      ],
      [
        402,
        "provider_no_credit",
        { message: "Please add or update your payment method to continue." },
      ],
      [
        422,
        "provider_request_refused",
        { id: "1", message: "unknown field: parameter 'x' is not a valid field" },
      ],
    ],
  },
  {
    sender: "Workers AI",
    source:
      "developers.cloudflare.com/workers-ai/platform/errors; github.com/anomalyco/opencode issue 32051",
    baseUrl: "https://api.cloudflare.com/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        {
          result: null,
          success: false,
          errors: [{ code: 10000, message: "Authentication error" }],
          messages: [],
        },
      ],
      [
        403,
        "provider_key_refused",
        {
          result: null,
          success: false,
          errors: [{ code: 9109, message: "Unauthorized to access requested resource" }],
          messages: [],
        },
      ],
      [
        429,
        "provider_free_allocation",
        {
          errors: [
            {
              message: "AiError: you have used up your daily free allocation of 10,000 neurons",
              code: 4006,
            },
          ],
          success: false,
          result: {},
          messages: [],
        },
      ],
      [
        400,
        "provider_model_unknown",
        {
          errors: [{ message: "No such model @cf/nothing or task", code: 5007 }],
          success: false,
          result: {},
          messages: [],
        },
      ],
      [
        400,
        "provider_request_refused",
        {
          errors: [
            {
              message: "AiError: Bad input: required properties at '/' are 'messages'",
              code: 5006,
            },
          ],
          success: false,
          result: {},
          messages: [],
        },
      ],
      [
        429,
        "provider_overloaded",
        {
          errors: [
            { message: "AiError: Capacity temporarily exceeded, please try again.", code: 3040 },
          ],
          success: false,
          result: {},
          messages: [],
        },
      ],
    ],
  },
  {
    sender: "Azure OpenAI",
    source: "learn.microsoft.com/azure/ai-services/openai, error reference",
    baseUrl: "https://example.openai.azure.com/openai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        {
          error: {
            code: "401",
            message: "Access denied due to invalid subscription key or wrong API endpoint.",
          },
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            code: "DeploymentNotFound",
            message: "The API deployment for this resource does not exist.",
          },
        },
      ],
      [404, "provider_address_unknown", { error: { code: "404", message: "Resource not found" } }],
      [
        429,
        "provider_rate_limited",
        {
          error: {
            code: "429",
            message: "Requests have exceeded call rate limit of your current pricing tier.",
          },
        },
      ],
      [
        400,
        "provider_refused_content",
        {
          error: {
            code: "content_filter",
            message:
              "The response was filtered due to the prompt triggering Azure's content management policy.",
            param: "prompt",
            type: null,
            status: 400,
          },
        },
      ],
      [
        403,
        "provider_permission",
        { error: { code: "403", message: "Access denied due to Virtual Network/Firewall rules." } },
      ],
    ],
  },
  {
    sender: "z.ai",
    source:
      "docs.z.ai/api-reference/api-code; github.com/zai-org/GLM-5 issue 148; zhayujie/CowAgent issue 2910",
    baseUrl: "https://api.z.ai/api/paas/v4",
    rows: [
      [
        401,
        "provider_key_refused",
        { error: { code: "401", message: "token expired or incorrect" } },
      ],
      [
        429,
        "provider_no_credit",
        {
          error: {
            code: "1113",
            message: "Insufficient balance or no resource package. Please recharge.",
          },
        },
      ],
      [
        429,
        "provider_no_credit",
        { error: { code: "1113", message: "余额不足或无可用资源包,请充值。" } },
      ],
      [
        400,
        "provider_model_unknown",
        { error: { code: "1211", message: "Unknown Model, please check the model code." } },
      ],
      [
        429,
        "provider_rate_limited",
        {
          error: {
            code: "1302",
            message: "High concurrency usage of this API, please reduce concurrency.",
          },
        },
      ],
      [
        200,
        "provider_key_refused",
        { code: 401, msg: "token expired or incorrect", success: false },
      ],
    ],
  },
  {
    sender: "Hugging Face",
    source:
      "huggingface.co/docs/inference-providers; github.com/huggingface/agents-course issue 386",
    baseUrl: "https://router.huggingface.co/v1",
    rows: [
      [401, "provider_key_refused", { error: "Invalid username or password." }],
      [
        400,
        "provider_key_refused",
        { error: "Authorization header is correct, but the token seems invalid" },
      ],
      [
        402,
        "provider_free_allocation",
        {
          error:
            "You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.",
        },
      ],
      [
        400,
        "provider_model_unknown",
        openAi(
          "The requested model 'm' does not exist",
          "invalid_request_error",
          "model_not_found",
        ),
      ],
      [
        403,
        "provider_permission",
        {
          error:
            "This authentication method does not have sufficient permissions to call Inference Providers.",
        },
      ],
    ],
  },
  {
    sender: "NVIDIA NIM",
    source: "docs.api.nvidia.com/nim; github.com/Alishahryar1/free-claude-code issues 1021, 1242",
    baseUrl: "https://integrate.api.nvidia.com/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        { status: 401, title: "Unauthorized", detail: "Authentication failed" },
      ],
      [
        403,
        "provider_key_refused",
        { status: 403, title: "Forbidden", detail: "Authorization failed" },
      ],
      [
        404,
        "provider_model_unknown",
        { status: 404, title: "Not Found", detail: "Function '1': Not found for account '2'" },
      ],
      [
        402,
        "provider_no_credit",
        {
          status: 402,
          title: "Payment Required",
          detail: "Account '2': Cloud credits expired - Please contact NVIDIA representatives",
        },
      ],
      [429, "provider_rate_limited", { status: 429, title: "Too Many Requests" }],
    ],
  },
  {
    sender: "SiliconFlow",
    source: "docs.siliconflow.com/en/faqs/error-code; github.com/chatboxai/chatbox issue 2573",
    baseUrl: "https://api.siliconflow.com/v1",
    rows: [
      [401, "provider_key_refused", '"Invalid token"'],
      [401, "provider_key_refused", '"Api key is invalid"'],
      [
        400,
        "provider_model_unknown",
        { code: 20012, message: "Model does not exist. Please check it carefully.", data: null },
      ],
      [
        403,
        "provider_no_credit",
        { code: 30001, message: "Sorry, your account balance is insufficient", data: null },
      ],
      [
        429,
        "provider_rate_limited",
        {
          message: "Request was rejected due to rate limiting. Details: TPM limit reached.",
          data: null,
        },
      ],
    ],
  },
  {
    sender: "Novita",
    source: "novita.ai/docs/api-reference/basic-error-code",
    baseUrl: "https://api.novita.ai/openai/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        { code: 401, reason: "INVALID_API_KEY", message: "invalid api key", metadata: {} },
      ],
      [
        404,
        "provider_model_unknown",
        { code: 404, reason: "MODEL_NOT_FOUND", message: "model: m not found", metadata: {} },
      ],
      [
        403,
        "provider_no_credit",
        { code: 403, reason: "NOT_ENOUGH_BALANCE", message: "not enough balance", metadata: {} },
      ],
      [
        429,
        "provider_rate_limited",
        { code: 429, reason: "RATE_LIMIT_EXCEEDED", message: "rate limit exceeded", metadata: {} },
      ],
    ],
  },
  {
    sender: "DeepInfra",
    source: "deepinfra.com/docs/openai_api",
    baseUrl: "https://api.deepinfra.com/v1/openai",
    rows: [
      [401, "provider_key_refused", { detail: { error: "User is not authenticated" } }],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            message: "The model `m` does not exist",
            type: null,
            param: null,
            code: "model_not_found",
          },
        },
      ],
      [
        402,
        "provider_no_credit",
        { detail: { error: "You need to add a payment method or balance to your account" } },
      ],
      [429, "provider_overloaded", { detail: { error: "Model busy, retry later" } }],
    ],
  },
  {
    sender: "SambaNova",
    source:
      "docs.sambanova.ai/cloud, API errors; github.com/musistudio/claude-code-router issue 965",
    baseUrl: "https://api.sambanova.ai/v1",
    rows: [
      [401, "provider_key_refused", openAi("Invalid API key", "invalid_request_error")],
      [
        404,
        "provider_model_unknown",
        openAi("Model not found", "invalid_request_error", "model_not_found"),
      ],
      [
        400,
        "provider_request_refused",
        openAi("Unable to tokenize message: Invalid 'content' type.", "invalid_request_error"),
      ],
      [429, "provider_rate_limited", "Rate limit exceeded", { "x-ratelimit-limit-requests": "10" }],
    ],
  },
  {
    sender: "GitHub Models",
    source: "docs.github.com/en/github-models",
    baseUrl: "https://models.github.ai/inference",
    rows: [
      [
        401,
        "provider_key_refused",
        { error: { code: "unauthorized", message: "Bad credentials", details: "Bad credentials" } },
      ],
      [
        403,
        "provider_model_blocked",
        {
          error: {
            code: "no_access",
            message: "No access to model: m",
            details: "No access to model: m",
          },
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          error: {
            code: "unknown_model",
            message: "Unknown model: m",
            details: "Unknown model: m",
          },
        },
      ],
      [
        429,
        "provider_rate_limited",
        {
          error: {
            code: "RateLimitReached",
            message: "Rate limit of 50 per 86400s exceeded for UserByModelByDay.",
            details: "x",
          },
        },
      ],
    ],
  },
  {
    sender: "Alibaba Model Studio",
    source: "alibabacloud.com/help/en/model-studio/error-code",
    baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        openAi("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
      ],
      [
        403,
        "provider_free_allocation",
        openAi(
          "The free tier of the model has been exhausted.",
          "AllocationQuota.FreeTierOnly",
          "AllocationQuota.FreeTierOnly",
        ),
      ],
      [
        400,
        "provider_no_credit",
        openAi(
          "Access denied, please make sure your account is in good standing.",
          "Arrearage",
          "Arrearage",
        ),
      ],
      [
        404,
        "provider_model_unknown",
        openAi(
          "The model `m` does not exist or you do not have access to it.",
          "invalid_request_error",
          "model_not_found",
        ),
      ],
      [
        400,
        "provider_refused_content",
        openAi(
          "Input data may contain inappropriate content.",
          "data_inspection_failed",
          "data_inspection_failed",
        ),
      ],
      [
        429,
        "provider_rate_limited",
        openAi(
          "Requests rate limit exceeded, please try again later.",
          "limit_requests",
          "limit_requests",
        ),
      ],
    ],
  },
  {
    sender: "MiniMax",
    source: "platform.minimax.io/docs/api-reference/errorcode",
    baseUrl: "https://api.minimax.io/v1",
    rows: [
      [
        200,
        "provider_key_refused",
        {
          base_resp: {
            status_code: 1004,
            status_msg: "login fail: Please carry the API secret key",
          },
        },
      ],
      [
        200,
        "provider_no_credit",
        { base_resp: { status_code: 1008, status_msg: "insufficient balance" } },
      ],
      [
        200,
        "provider_rate_limited",
        { base_resp: { status_code: 1002, status_msg: "rate limit" } },
      ],
      [
        401,
        "provider_key_refused",
        {
          type: "error",
          error: {
            type: "authorized_error",
            message: "login fail: Please carry the API secret key",
            http_code: "401",
          },
        },
      ],
    ],
  },
  {
    sender: "Vertex AI",
    source: "cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors",
    baseUrl: "https://aiplatform.googleapis.com/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        [google(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")],
      ],
      [
        403,
        "provider_permission",
        [
          google(
            403,
            "PERMISSION_DENIED",
            "Permission 'aiplatform.endpoints.predict' denied on resource.",
          ),
        ],
      ],
      [
        404,
        "provider_model_unknown",
        [
          google(
            404,
            "NOT_FOUND",
            "Publisher Model `m` was not found or your project does not have access to it.",
          ),
        ],
      ],
    ],
  },
  {
    sender: "watsonx",
    source: "cloud.ibm.com/apidocs/watsonx-ai",
    baseUrl: "https://us-south.ml.cloud.ibm.com/ml/v1",
    rows: [
      [
        401,
        "provider_key_refused",
        {
          errors: [
            {
              code: "authentication_token_not_valid",
              message: "Failed to authenticate the request due to invalid token",
            },
          ],
          trace: "1",
          status_code: 401,
        },
      ],
      [
        404,
        "provider_model_unknown",
        {
          errors: [
            {
              code: "model_not_supported",
              message: "Model 'm' is not supported for this environment.",
            },
          ],
          trace: "1",
          status_code: 404,
        },
      ],
      [
        403,
        "provider_free_allocation",
        {
          errors: [
            {
              code: "token_quota_reached",
              message: "This API request cannot be processed: the free quota is used up.",
            },
          ],
          status_code: 403,
        },
      ],
    ],
  },
  {
    sender: "Vercel AI Gateway",
    source: "vercel.com/docs/ai-gateway; github.com/vercel/ai issue 9290",
    baseUrl: "https://ai-gateway.vercel.sh/v1",
    rows: [
      [401, "provider_key_refused", openAi("Invalid API key", "authentication_error")],
      [
        402,
        "provider_no_credit",
        openAi("Insufficient funds. Please add credits to your account.", "insufficient_funds"),
      ],
      [404, "provider_model_unknown", openAi("Model 'x/y' not found", "model_not_found")],
    ],
  },
];
