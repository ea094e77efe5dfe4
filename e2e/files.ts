/** The providers.jsonc texts that several end-to-end tests start from. */
import { DEMO_ACCOUNT_ID, DEMO_GATEWAY, DEMO_KEYS } from "../demo/names";

/** Comments in every place that an edit could harm, and one key each. */
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

/** The block as mux's documentation gives it, at the indentation of a provider's members. */
export const BLOCK = `"cloudflareGateway": {
      "accountId": "${DEMO_ACCOUNT_ID}",
      "gatewayName": "${DEMO_GATEWAY}"
    }`;

/** What switching Anthropic on makes of `COMMENTED`, to the byte. */
export const COMMENTED_WITH_ANTHROPIC = COMMENTED.replace(
  `"models": ["claude-haiku-4-5"] /* the small one */`,
  `"models": ["claude-haiku-4-5"], /* the small one */\n    ${BLOCK}`,
);
