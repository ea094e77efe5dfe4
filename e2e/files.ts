/** The initial providers.jsonc texts of several end-to-end tests. */
import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_KEYS, DEMO_TOKEN } from "../demo/names";

/** Has comments in every place that an edit could damage, and one key per provider. */
export const COMMENTED = `// Keys of the whole team. Ask before you rotate one.
{
  // Anthropic comes first.
  "anthropic": {
    "apiKey": "${DEMO_KEYS.anthropic}", // rotated in March
    "models": ["claude-haiku-4-5"] /* the small one */
  },

  /* "mistral": { "apiKey": "not in use" }, */
  "openai": { "apiKey": "${DEMO_KEYS.openai}" },
  "google": {
    "apiKey": "${DEMO_KEYS.google}"
  },
  "xai": {
    "apiKey": "${DEMO_KEYS.xai}",
  },
  "deepseek": { "apiKey": "${DEMO_KEYS.deepseek}" }, // its provider refuses this one
}
// The end.
`;

/** The block from mux's documentation, with the indentation of a provider's members. */
export const BLOCK = `"cloudflareGateway": {
      "accountId": "${DEMO_ACCOUNT_ID}",
      "gatewayName": "${DEMO_GATEWAY}"
    }`;

/** The exact bytes of `COMMENTED` after Anthropic is turned on. */
export const COMMENTED_WITH_ANTHROPIC = COMMENTED.replace(
  `"models": ["claude-haiku-4-5"] /* the small one */`,
  `"models": ["claude-haiku-4-5"], /* the small one */\n    ${BLOCK}`,
);

/** The same with the gateway's token. */
export const COMMENTED_WITH_TOKEN = COMMENTED_WITH_ANTHROPIC.replace(
  `"gatewayName": "${DEMO_GATEWAY}"`,
  `"gatewayName": "${DEMO_GATEWAY}",\n      "token": "${DEMO_TOKEN}"`,
);

/** A custom OpenAI-compatible provider, with the key of a provider of the demo. */
export function customProvider(key: "groq" | "mistral", baseUrl: string, model: string) {
  return {
    providerType: "openai-compatible",
    baseUrl,
    apiKey: DEMO_KEYS[key],
    models: [model],
  };
}

const SEVEN_PROVIDERS = {
  anthropic: { apiKey: DEMO_KEYS.anthropic },
  openai: { apiKey: DEMO_KEYS.openai },
  google: { apiKey: DEMO_KEYS.google },
  xai: { apiKey: DEMO_KEYS.xai },
  openrouter: { apiKey: DEMO_KEYS.openrouter },
  mistral: customProvider("mistral", "https://api.mistral.ai/v1", "mistral-small-latest"),
  groq: customProvider("groq", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
};

/** Seven providers with a key, as mux writes them, and no gateway. */
export const KEYS_ONLY = `${JSON.stringify(SEVEN_PROVIDERS, null, 2)}\n`;
