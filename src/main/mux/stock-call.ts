/** The request of a released version of mux, which does not read gateway blocks. */
import type { OwnBaseUrl } from "./base-url";
import { baseUrlFault, ownBaseUrl } from "./base-url";
import { isObject } from "./gateway-header";
import { keyOrigin } from "./key-source";
import type { ProviderConfig } from "./provider-config";

export interface StockCall {
  /** The URL of the request; null if mux cannot make a request of it. May contain secrets. */
  readonly url: string | null;
  /** The base URL by mux's rules, and what sets it. */
  readonly base: OwnBaseUrl;
  /** Names of the headers for the key and those of the user, in lower case and sorted. */
  readonly headers: readonly string[];
  /** Why the base URL does not work, as the end of a sentence; null if it does. */
  readonly fault: string | null;
}

/**
 * The request that mux makes for a model when its router chooses the provider itself. `values` are
 * all members in the file, compatibility fields included. Null for providers whose requests depend
 * on a login or a signature, and without a base URL. Source: mux, provider settings.
 */
export function stockCall(
  {
    config,
    values,
  }: { readonly config: ProviderConfig; readonly values: ProviderConfig["values"] },
  modelId: string,
  env: NodeJS.ProcessEnv,
): StockCall | null {
  const written = { ...config, values, block: null };
  const base = ownBaseUrl(written, env);
  const endpoint = endpointOf(written, modelId);
  if (base === null || endpoint === null) return null;
  // The SDK packages remove one slash.
  const address = `${base.url.replace(/\/$/, "")}${endpoint}`;
  return {
    url: URL.canParse(address) ? new URL(address).href : null,
    base,
    headers: headerNames(written, env),
    fault: baseUrlFault(written),
  };
}

/**
 * Whether mux calls xAI's `/responses` for a model: `grok-4.5` and newer. Versions are decimals, so
 * 4.20 is older. Other models use `/chat/completions`. Source: mux, provider settings.
 */
export function usesGrokResponses(modelId: string): boolean {
  const version = /^grok-(\d+(?:\.\d+)?)/.exec(modelId)?.[1];
  return version !== undefined && Number(version) >= 4.5;
}

const CHAT = "/chat/completions";
const RESPONSES = "/responses";

function endpointOf({ id, kind, values }: ProviderConfig, modelId: string): string | null {
  if (kind === "custom") return CHAT;
  switch (id) {
    case "anthropic":
      return "/messages";
    case "openai":
      return values["wireFormat"] === "chatCompletions" ? CHAT : RESPONSES;
    case "google": {
      const model = modelId.includes("/") ? modelId : `models/${modelId}`;
      return `/${model}:streamGenerateContent?alt=sse`;
    }
    case "xai":
      return usesGrokResponses(modelId) ? RESPONSES : CHAT;
    case "deepseek":
    case "moonshotai":
    case "openrouter":
      return CHAT;
    case "ollama":
      return "/chat";
    default:
      return null;
  }
}

const KEY_HEADERS: ReadonlyMap<string, string> = new Map([
  ["anthropic", "x-api-key"],
  ["google", "x-goog-api-key"],
]);

function headerNames(provider: ProviderConfig, env: NodeJS.ProcessEnv): readonly string[] {
  const { id, kind, values } = provider;
  const { headers } = values;
  const own = isObject(headers)
    ? Object.keys(headers).filter((name) => typeof headers[name] === "string")
    : [];
  const hasKey = keyOrigin(provider, env).source !== "none";
  const key = (kind === "built-in" ? KEY_HEADERS.get(id) : undefined) ?? "authorization";
  const isOpenAI = kind === "built-in" && id === "openai";
  const names = [
    ...own.map((name) => name.toLowerCase()),
    ...(hasKey ? [key] : []),
    ...(isOpenAI && env["OPENAI_ORG_ID"]?.trim() ? ["openai-organization"] : []),
  ];
  return [...new Set(names)].sort();
}
