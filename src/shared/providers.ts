/** The provider catalogue: routes, hosts, environment variables and default models. */
import type { GatewayPath } from "./segments";

/** Why a provider can never go through the gateway. */
export type UnroutableReason =
  "local" | "signed" | "azure" | "own-login" | "own-gateway" | "no-base-url" | "bad-base-url";

export interface BuiltInProvider {
  readonly id: string;
  /** Its name in mux. */
  readonly name: string;
  /**
   * `path`: Cloudflare has a segment for it; `custom`: the user must create a custom provider first;
   * `unroutable`: it can never be routed.
   */
  readonly gateway:
    | { readonly kind: "path"; readonly path: GatewayPath }
    | { readonly kind: "custom" }
    | { readonly kind: "unroutable"; readonly reason: UnroutableReason };
  /** The SDK's default base URL, or null. */
  readonly baseUrl: string | null;
  /**
   * Hosts that accept the provider's own keys. Their subdomains count too, because only
   * the vendor can create them: `https://eu.api.openai.com`, `https://<region>.api.x.ai`,
   * `https://eu.openrouter.ai` (each vendor's page on regional endpoints).
   */
  readonly hosts: readonly string[];
  /** Environment variables from which mux takes a key; the first match wins. */
  readonly keyVariables: readonly string[];
  /** Environment variables from which mux takes a base URL; the first match wins. */
  readonly baseUrlVariables: readonly string[];
  /** A small, current model for tests when the file lists none. */
  readonly testModel: string | null;
}

const path = (segment: string, suffix: string) =>
  ({ kind: "path", path: { segment, suffix } }) as const;
const unroutable = (reason: UnroutableReason) => ({ kind: "unroutable", reason }) as const;

/** In mux's display order. Segments and suffixes: Cloudflare's documentation, usage/providers. */
export const BUILT_IN_PROVIDERS: readonly BuiltInProvider[] = [
  {
    id: "mux-gateway",
    name: "Xum Gateway",
    gateway: unroutable("own-gateway"),
    baseUrl: null,
    hosts: [],
    keyVariables: [],
    baseUrlVariables: [],
    testModel: null,
  },
  {
    id: "anthropic",
    name: "Anthropic",
    gateway: path("anthropic", "/v1"),
    baseUrl: "https://api.anthropic.com/v1",
    hosts: ["api.anthropic.com"],
    keyVariables: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"],
    baseUrlVariables: ["ANTHROPIC_BASE_URL"],
    testModel: "claude-haiku-4-5",
  },
  {
    id: "openai",
    name: "OpenAI",
    gateway: path("openai", ""),
    baseUrl: "https://api.openai.com/v1",
    hosts: ["api.openai.com"],
    keyVariables: ["OPENAI_API_KEY"],
    baseUrlVariables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
    testModel: "gpt-5.4-nano",
  },
  {
    id: "google",
    name: "Google",
    gateway: path("google-ai-studio", "/v1beta"),
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    hosts: ["generativelanguage.googleapis.com"],
    keyVariables: ["GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"],
    baseUrlVariables: ["GOOGLE_BASE_URL"],
    testModel: "gemini-flash-lite-latest",
  },
  {
    id: "xai",
    name: "xAI",
    gateway: path("grok", "/v1"),
    baseUrl: "https://api.x.ai/v1",
    hosts: ["api.x.ai"],
    keyVariables: ["XAI_API_KEY"],
    baseUrlVariables: ["XAI_BASE_URL"],
    testModel: "grok-4.20-non-reasoning",
  },
  {
    id: "deepseek",
    name: "DeepSeek",
    gateway: path("deepseek", ""),
    baseUrl: "https://api.deepseek.com",
    hosts: ["api.deepseek.com"],
    keyVariables: ["DEEPSEEK_API_KEY"],
    baseUrlVariables: [],
    testModel: "deepseek-flash",
  },
  {
    id: "moonshotai",
    name: "Moonshot AI",
    gateway: { kind: "custom" },
    baseUrl: "https://api.moonshot.ai/v1",
    hosts: ["api.moonshot.ai"],
    keyVariables: ["MOONSHOT_API_KEY"],
    baseUrlVariables: [],
    testModel: "kimi-k2-turbo-preview",
  },
  {
    id: "openrouter",
    name: "OpenRouter",
    gateway: path("openrouter", "/v1"),
    baseUrl: "https://openrouter.ai/api/v1",
    hosts: ["openrouter.ai"],
    keyVariables: ["OPENROUTER_API_KEY"],
    baseUrlVariables: [],
    testModel: "openai/gpt-5.4-nano",
  },
  {
    id: "github-copilot",
    name: "GitHub Copilot",
    gateway: unroutable("own-login"),
    baseUrl: null,
    hosts: [],
    keyVariables: [],
    baseUrlVariables: [],
    testModel: null,
  },
  {
    id: "coder",
    name: "Coder",
    gateway: unroutable("own-login"),
    baseUrl: null,
    hosts: [],
    keyVariables: [],
    baseUrlVariables: [],
    testModel: null,
  },
  {
    id: "bedrock",
    name: "Bedrock",
    gateway: unroutable("signed"),
    baseUrl: null,
    hosts: [],
    keyVariables: [],
    baseUrlVariables: [],
    testModel: null,
  },
  {
    id: "ollama",
    name: "Ollama",
    gateway: unroutable("local"),
    baseUrl: "http://localhost:11434/api",
    hosts: [],
    keyVariables: [],
    baseUrlVariables: [],
    testModel: null,
  },
];

const UNROUTABLE_SENTENCES: { readonly [Reason in UnroutableReason]: string } = {
  local: "it runs on this computer or network, which Cloudflare cannot reach.",
  signed: "its requests are signed for Amazon's own host.",
  azure: "mux's path for Azure is not the gateway's.",
  "own-login": "it signs in with its own account and cannot change hosts.",
  "own-gateway": "it is a gateway itself.",
  "no-base-url": "it has no base URL in the file.",
  "bad-base-url": "its base URL in the file is not an http or https address.",
};

/** The reason as the end of a sentence, for use after a colon. */
export function unroutableSentence(reason: UnroutableReason): string {
  return UNROUTABLE_SENTENCES[reason];
}

/** The built-in provider of that name, or undefined. Safe for names such as `__proto__`. */
export function builtInProvider(id: string): BuiltInProvider | undefined {
  return BUILT_IN_PROVIDERS.find((provider) => provider.id === id);
}

/** A provider's key in providers.jsonc, and the kind that mux treats it as. */
export interface NamedProvider {
  readonly id: string;
  readonly kind: "built-in" | "custom";
}

/**
 * The catalogue's entry of this provider; undefined for a custom one. A custom provider may have the
 * key of a built-in one, but shares nothing with it (mux, provider settings: `providerType`).
 */
export function catalogued({ id, kind }: NamedProvider): BuiltInProvider | undefined {
  return kind === "custom" ? undefined : builtInProvider(id);
}
