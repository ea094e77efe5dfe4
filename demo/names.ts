/** The demo's account, gateways, tokens and sample keys. */

/** Obviously invented, but valid: 32 lowercase hex characters. */
export const DEMO_ACCOUNT_ID = "de300000c0ffee00de300000c0ffee00";

/** Has no cache and no limit. Like every new gateway, it requires the account's token. */
export const DEMO_GATEWAY = "my-gateway";
/** Two more gateways of the same kind. */
export const DEMO_TEAM_GATEWAY = "team-gateway";
export const DEMO_LOCKED_GATEWAY = "locked-gateway";
/** Serves repeated requests from its cache. */
export const DEMO_CACHED_GATEWAY = "cached-gateway";
/** Its rate limit is exceeded, so it refuses every request. */
export const DEMO_BUSY_GATEWAY = "busy-gateway";
/** Created before gateways required a token: the account's only gateway that is open. */
export const DEMO_OPEN_GATEWAY = "open-gateway";

/** The account's token, which opens all of its gateways. */
export const DEMO_TOKEN = "demo-cf-token-Q7xW2mRk9TzN4vLp";

/**
 * A token for Cloudflare's API: it may do everything that the panel uses, but may not send requests
 * through a gateway.
 */
export const DEMO_API_TOKEN = "demo-cf-account-K4nW8sQe2XvB7mTzR6pL";
/** The account's name, which needs a permission of its own. */
export const DEMO_ACCOUNT_NAME = "Ada's Account";
/** Custom domains of `DEMO_TEAM_GATEWAY`: one in use, and one whose certificate is not ready. */
export const DEMO_DOMAIN = "ai.acme.example";
export const DEMO_PENDING_DOMAIN = "new.acme.example";

/** The values that a user enters to use `DEMO_GATEWAY`. */
export const DEMO_FIELDS = {
  accountId: DEMO_ACCOUNT_ID,
  gatewayName: DEMO_GATEWAY,
  token: DEMO_TOKEN,
} as const;

/** The variables that `npm start -- --demo` sets, so that a new user has a gateway to use. */
export const DEMO_ENVIRONMENT = {
  CLOUDFLARE_ACCOUNT_ID: DEMO_ACCOUNT_ID,
  CLOUDFLARE_GATEWAY_NAME: DEMO_GATEWAY,
  CLOUDFLARE_AI_GATEWAY_TOKEN: DEMO_TOKEN,
  CLOUDFLARE_API_TOKEN: DEMO_API_TOKEN,
} as const;

/** The segment of the custom provider that the demo's account has for Moonshot AI. */
export const DEMO_MOONSHOT_SEGMENT = "custom-moonshot";
/** The segment of the custom provider that the demo's account has for `DEMO_OWN_HOST`. */
export const DEMO_OWN_SEGMENT = "custom-acme";
/** The host of the sample home's own OpenAI-compatible provider. */
export const DEMO_OWN_HOST = "llm.acme.example";

/**
 * Every key in the sample home, by provider. Each is a unique canary: finding one in a log, a page or
 * a message proves a leak.
 */
export const DEMO_KEYS = {
  anthropic: "sk-ant-demo-5HqZ8cVtXo2LrWn7",
  openai: "sk-proj-demo-9RbTf3KyMw6JdQx1",
  google: "AIzaSyDemo-4PnGk7ZsVe2HcUa8",
  xai: "xai-demo-8LmXw5BqRt3NfYj6",
  /** Its provider rejects it. */
  deepseek: "sk-demo-rejected-2VgKp9ScDz7WhMe4",
  moonshotai: "sk-demo-moonshot-6TyNb1QfXk5RjLa3",
  openrouter: "sk-or-v1-demo-3ZcHv8WmPs6GtUe9",
  bedrock: "bedrock-demo-7DkQy4FnJx2VbRo5",
  mistral: "demo-mistral-1XeSw6MzCg9KpTh8",
  acme: "acme-demo-4UrLq7HvNb3YdFi2",
  groq: "gsk_demo_9JmPt5AxKw8EoZc6",
} as const satisfies Readonly<Record<string, string>>;
