/** Generates texts of providers.jsonc with comments, of any size. */

export const ACCOUNT = "0123456789abcdef0123456789abcdef";

/**
 * A providers.jsonc of about `bytes` bytes with comments, trailing commas, three built-in providers
 * and enough custom ones. `anthropic` has no block, `openai` has one.
 */
export function sampleText(bytes: number): string {
  const head = `// providers of mux; keys are not real
{
  "anthropic": {
    "apiKey": "sk-ant-not-a-key", // the private one
    "models": ["claude-haiku-4-5", { "id": "claude-sonnet-4-5", "contextWindowTokens": 200000 }],
  },
  /* through the gateway since March */
  "openai": {
    "apiKey": "sk-not-a-key",
    "cloudflareGateway": {
      "accountId": "${ACCOUNT}", // work
      "gatewayName": "g-0"
    },
  },
`;
  const tail = `  "deepseek": { "apiKey": "sk-not-a-key-either" }
}
`;
  const parts = [head];
  let size = head.length + tail.length;
  for (let n = 0; size < bytes; n++) {
    const part = customProvider(n);
    parts.push(part);
    size += part.length;
  }
  return [...parts, tail].join("");
}

/** The same with `count` custom providers, each with a key and `custom-<number>` as its name. */
export function sampleOfProviders(count: number): string {
  const providers = Array.from({ length: count }, (_, n) => customProvider(n));
  return `// providers of mux; keys are not real\n{\n${providers.join("")}}\n`;
}

function customProvider(n: number): string {
  return `  // team ${n}
  "custom-${n}": {
    "providerType": "openai-compatible",
    "displayName": "Custom “${n}”",
    "baseUrl": "https://llm-${n}.example.com/v1",
    "apiKey": "demo-key-${n}",
    "headers": { "x-team": "team-${n}", "x-trace": "on" },
    "models": ["small-${n}", "large-${n}"], "weight": 1.0
  },
`;
}
