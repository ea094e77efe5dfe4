/** Where a released mux calls each spelling of each provider's base URL, worked out three times. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { streamText } from "ai";

import { snapshotOf } from "../config/snapshot";
import { stockCall, usesGrokResponses, type StockCall } from "../mux/stock-call";
import { URL_PROVIDERS, URL_ROWS, type UrlProvider } from "../mux/testing/expected-urls";
import { recordingLog } from "../proof/testing/provider";
import { createLanguageModel } from "./language-model";
import { callAsStockMux, SDK_BASE_URL_VARIABLES } from "./testing/stock-mux";

beforeEach(() => {
  for (const name of SDK_BASE_URL_VARIABLES) vi.stubEnv(name, undefined);
});

afterEach(() => vi.unstubAllEnvs());

type Members = Readonly<Record<string, unknown>>;

const fileOf = (id: string, members: Members) =>
  JSON.stringify({ [id]: { apiKey: "k", ...members } });

function configOf(id: string, members: Members) {
  const bytes = Buffer.from(fileOf(id, members));
  const found = snapshotOf({ success: true, data: bytes }, "providers.jsonc").providers.find(
    ({ config }) => config.id === id,
  );
  if (!found) throw new Error(`The file has no ${id}`);
  return found.config;
}

function predicted(id: string, members: Members, model = "m", env = {}): StockCall | null {
  const config = configOf(id, members);
  return stockCall({ config, values: config.values }, model, env);
}

/** The URL that mux's rules and the SDK packages call; null without a request. */
async function recorded(id: string, members: Members, model: string): Promise<string | null> {
  try {
    return (await callAsStockMux(fileOf(id, members), id, model)).url;
  } catch {
    return null;
  }
}

/** The URL that the model factory calls, or the code and reason with which it refuses. */
async function made(id: string, members: Members, model: string): Promise<string> {
  const urls: string[] = [];
  const created = await createLanguageModel({
    provider: configOf(id, members),
    modelId: model,
    route: "direct",
    env: {},
    log: recordingLog(),
    fetch: (input) => {
      urls.push(input instanceof Request ? input.url : new URL(input).href);
      return Promise.reject(new Error("recorded"));
    },
  });
  if (!created.success) return created.error.code;
  const onError = () => undefined;
  await streamText({
    model: created.data.model,
    prompt: "x",
    maxRetries: 0,
    onError,
  }).consumeStream({ onError });
  return urls[0] ?? "no request";
}

const cases = URL_PROVIDERS.flatMap((provider) =>
  ["baseUrl", "baseURL"].map((member) => ({ provider, member, name: nameOf(provider, member) })),
);

function nameOf({ id, values, model, rule }: UrlProvider, member: string): string {
  const kind = rule === "custom" ? "custom " : "";
  return [`${kind}${id}`, values["wireFormat"], model, member].filter(Boolean).join(", ");
}

describe("every spelling of a base URL", () => {
  test.each(cases)("is called where mux calls it: $name", async ({ provider, member }) => {
    const { id, values, model, endpoint, rule } = provider;
    for (const { written, called } of URL_ROWS) {
      const members = { ...values, [member]: written };
      const base = called[rule];
      const expected = base === null ? null : new URL(`${base}${endpoint}`).href;
      const found = {
        written,
        predicted: predicted(id, members, model)?.url,
        recorded: await recorded(id, members, model),
        made: await made(id, members, model),
      };
      const isRefused = base === null || written !== written.trim();
      expect(found).toEqual({
        written,
        predicted: expected,
        recorded: expected,
        made: isRefused ? "base_url_invalid" : expected,
      });
    }
  });

  test("has at least 250 rows", () => {
    expect(cases.length * URL_ROWS.length).toBeGreaterThanOrEqual(250);
  });
});

describe("a blank base URL", () => {
  test.each(["anthropic", "openai", "google", "deepseek", "openrouter"])(
    "leads to no request when it is the baseURL of %s",
    async (id) => {
      for (const blank of ["", "  "]) {
        expect(predicted(id, { baseURL: blank })).toMatchObject({ fault: "it is empty." });
        expect(await made(id, { baseURL: blank }, "m")).toBe("base_url_invalid");
      }
    },
  );

  test.each(["anthropic", "openai", "google", "deepseek", "openrouter"])(
    "counts as absent when it is the baseUrl of %s",
    async (id) => {
      const usual = predicted(id, {});
      expect(predicted(id, { baseUrl: " " })).toEqual(usual);
      expect(await recorded(id, {}, "m")).toBe(usual?.url);
    },
  );

  test("keeps a provider behind its gateway when the block says where to go", async () => {
    const cloudflareGateway = { accountId: "0".repeat(32), gatewayName: "gw" };
    const config = configOf("openai", { baseURL: "", cloudflareGateway });
    const created = await createLanguageModel({
      provider: config,
      modelId: "m",
      route: "saved",
      env: {},
      log: recordingLog(),
    });
    expect(created.success && created.data.expected).toBe("gateway");
  });
});

describe("the headers", () => {
  const STANDARD = /^(?:accept.*|content-.*|user-agent|anthropic-version|http-referer|x-title)$/;

  test.each(URL_PROVIDERS)("are named as mux sends them for $id, $endpoint", async (provider) => {
    const { id, values, model } = provider;
    const headers = { "X-Team": "t", "CF-AIG-Authorization": "Bearer t", n: 3 };
    const given = { ...values, baseUrl: "https://h.example/v1" };
    const strings = { "X-Team": "t", "CF-AIG-Authorization": "Bearer t" };
    const request = await callAsStockMux(fileOf(id, { ...given, headers: strings }), id, model);
    const sent = [...request.headers.keys()].filter((name) => !STANDARD.test(name));
    expect(predicted(id, { ...given, headers }, model)?.headers).toEqual(sent.sort());
  });

  test("name OpenAI's organization when the environment has one", () => {
    const call = predicted("openai", {}, "m", { OPENAI_ORG_ID: "org" });
    expect(call?.headers).toEqual(["authorization", "openai-organization"]);
  });
});

test.each([
  ["grok-4.5", true],
  ["grok-4.5-fast", true],
  ["grok-5", true],
  ["grok-10", true],
  ["grok-4.20-non-reasoning", false],
  ["grok-4.3", false],
  ["grok-4-0709", false],
  ["grok-code-fast-1", false],
])("knows whether mux calls /responses for %s", (model, expected) => {
  expect(usesGrokResponses(model)).toBe(expected);
});
