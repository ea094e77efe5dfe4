/** Compares the URLs that mux calls with those that a second author worked out. */
import { describe, expect, test } from "vitest";

import { success } from "../../shared/result";
import { snapshotOf } from "../config/snapshot";
import { stockCall } from "./stock-call";
import { secondCall } from "./testing/second-call";

const SPELLINGS = [
  "https://h.example",
  "https://h.example/",
  "https://h.example//",
  "https://h.example/v1",
  "https://h.example/v1/",
  "https://h.example/v1//",
  "https://h.example/v1beta",
  "https://h.example/api",
  "https://h.example/api/",
  "https://h.example/api/v1",
  "https://h.example:8443",
  "https://h.example:8443/",
  "http://127.0.0.1:8080",
  "https://H.Example/V1",
  " https://h.example/v1",
  "https://h.example/v1 ",
  "https://h.example/v1\n",
  "",
  "  ",
  "h.example/v1",
] as const;

const PROVIDERS = [
  { id: "anthropic", model: "claude-haiku-4-5" },
  { id: "openai", model: "gpt-5" },
  { id: "openai", model: "gpt-5", more: { wireFormat: "chatCompletions" } },
  { id: "google", model: "gemini-3" },
  { id: "xai", model: "grok-4.5" },
  { id: "xai", model: "grok-4-fast" },
  { id: "deepseek", model: "deepseek-chat" },
  { id: "moonshotai", model: "kimi-k2" },
  { id: "openrouter", model: "openai/gpt-5" },
  { id: "acme", model: "m", more: { providerType: "openai-compatible" } },
  { id: "openai", model: "m", more: { providerType: "openai-compatible" } },
  { id: "deepseek", model: "m", more: { providerType: "openai-compatible" } },
] as const;

/** Each: the members and the environment that set a spelling. */
const PLACES: Readonly<
  Record<string, (spelling: string) => { members: object; env?: Record<string, string> }>
> = {
  baseUrl: (baseUrl) => ({ members: { baseUrl } }),
  baseURL: (baseURL) => ({ members: { baseURL } }),
  "baseUrl before baseURL": (baseUrl) => ({
    members: { baseURL: "https://other.example/v1", baseUrl },
  }),
  "baseURL after a baseUrl that is not a string": (baseURL) => ({
    members: { baseUrl: 1, baseURL },
  }),
  "baseURL before the environment": (baseURL) => ({
    members: { baseURL },
    env: environmentWith("https://other.example/v1"),
  }),
  environment: (spelling) => ({ members: {}, env: environmentWith(spelling) }),
};

describe("the URLs of mux", () => {
  test("are compared in more than 1,000 combinations", () => {
    const places = Object.keys(PLACES).length;
    expect(SPELLINGS.length * PROVIDERS.length * places).toBeGreaterThan(1000);
  });

  test.each(Object.keys(PLACES))("are the same as the second author's when set by %s", (place) => {
    const differences: string[] = [];
    for (const { id, model, ...rest } of PROVIDERS) {
      for (const spelling of SPELLINGS) {
        const { members, env = {} } = PLACES[place]?.(spelling) ?? { members: {} };
        const more = "more" in rest ? rest.more : {};
        const text = JSON.stringify({ [id]: { apiKey: "sk-key", ...more, ...members } });
        const second = secondCall(text, id, model, env);
        const first = firstCall(text, id, model, env);
        if (JSON.stringify(first) === JSON.stringify(second)) continue;
        const [one, two] = [JSON.stringify(first), JSON.stringify(second)];
        differences.push(`${id} ${model} "${spelling}": ${one}, but ${two}`);
      }
    }
    expect(differences).toEqual([]);
  });
});

function firstCall(text: string, id: string, model: string, env: Record<string, string>) {
  const { providers } = snapshotOf(success(Buffer.from(text)), "providers.jsonc");
  const provider = providers.find(({ config }) => config.id === id);
  if (!provider) throw new Error(`The snapshot has no ${id}`);
  const { config } = provider;
  const call = stockCall({ config, values: config.values }, model, env);
  if (!call) return null;
  return call.fault === null && call.url !== null
    ? { works: true, url: call.url }
    : { works: false };
}

function environmentWith(url: string): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: url,
    OPENAI_BASE_URL: url,
    GOOGLE_BASE_URL: url,
    XAI_BASE_URL: url,
  };
}
