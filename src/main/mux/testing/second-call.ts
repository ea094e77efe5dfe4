/**
 * For tests: the URL that mux calls for a provider with its own key, from the text of
 * providers.jsonc. Written from a description of mux by another author than `stock-call.ts`, which
 * it does not use, so that the two cannot share a mistake.
 */

/** `works`: false if the base URL breaks the request, whatever is then called. */
export type SecondCall = { readonly works: true; readonly url: string } | { readonly works: false };

interface Rule {
  readonly default: string | null;
  readonly variables: readonly string[];
  readonly path: (model: string, members: Members) => string;
  /** mux's own change of the base URL, before the SDK removes one trailing slash. */
  readonly version: "always" | "origin" | "origin without a slash" | "never";
}

interface Members {
  readonly [member: string]: unknown;
}

const chat = () => "/chat/completions";

const RULES: Readonly<Record<string, Rule>> = {
  anthropic: {
    default: "https://api.anthropic.com/v1",
    variables: ["ANTHROPIC_BASE_URL"],
    path: () => "/messages",
    version: "always",
  },
  openai: {
    default: "https://api.openai.com/v1",
    variables: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
    path: (_, { wireFormat }) => (wireFormat === "chatCompletions" ? chat() : "/responses"),
    version: "origin",
  },
  google: {
    default: "https://generativelanguage.googleapis.com/v1beta",
    variables: ["GOOGLE_BASE_URL"],
    path: (model) => `/models/${model}:streamGenerateContent?alt=sse`,
    version: "never",
  },
  xai: {
    default: "https://api.x.ai/v1",
    variables: ["XAI_BASE_URL"],
    path: (model) => (/^grok-(4\.[5-9]|[5-9])/.test(model) ? "/responses" : chat()),
    version: "never",
  },
  deepseek: {
    default: "https://api.deepseek.com",
    variables: [],
    path: chat,
    version: "never",
  },
  moonshotai: {
    default: "https://api.moonshot.ai/v1",
    variables: [],
    path: chat,
    version: "never",
  },
  openrouter: {
    default: "https://openrouter.ai/api/v1",
    variables: [],
    path: chat,
    version: "never",
  },
};
const CUSTOM: Rule = {
  default: null,
  variables: [],
  path: chat,
  version: "origin without a slash",
};

/** Null if mux has no base URL for the provider, so that it calls nothing. */
export function secondCall(
  text: string,
  id: string,
  model: string,
  env: Readonly<Record<string, string | undefined>>,
): SecondCall | null {
  const members = membersOf(membersOf(JSON.parse(text))[id]);
  const rule = members["providerType"] === "openai-compatible" ? CUSTOM : (RULES[id] ?? CUSTOM);
  const base = baseOf(members, rule, env);
  if (base === null) return null;
  const isUsable = base === base.trim() && URL.canParse(base);
  if (!isUsable) return { works: false };
  const bare = withVersion(base, rule).replace(/\/$/, "");
  return { works: true, url: new URL(bare + rule.path(model, members)).href };
}

/**
 * `baseUrl` unless blank, then `baseURL` as it is, then the environment, then the SDK's default. mux
 * trims what it reads from the environment.
 */
function baseOf(
  { baseUrl, baseURL }: Members,
  rule: Rule,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (typeof baseUrl === "string" && baseUrl.trim() !== "") return baseUrl;
  if (typeof baseURL === "string") return baseURL;
  for (const name of rule.variables) {
    const value = env[name]?.trim();
    if (value) return value;
  }
  return rule.default;
}

function withVersion(base: string, { version }: Rule): string {
  const bare = base.replace(/\/+$/, "");
  const isOrigin = new URL(base).pathname === "/";
  switch (version) {
    case "always":
      return bare.endsWith("/v1") ? bare : `${bare}/v1`;
    case "origin":
      return isOrigin ? `${bare}/v1` : base;
    case "origin without a slash":
      return isOrigin && bare === base ? `${bare}/v1` : base;
    case "never":
      return base;
    default:
      return version satisfies never;
  }
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
