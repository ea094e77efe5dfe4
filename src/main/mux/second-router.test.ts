/** Compares mux's routes with those that a second author worked out from the same files. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { snapshotOf } from "../config/snapshot";
import { success } from "../../shared/result";
import { filesWithoutKey } from "./key-file";
import { muxRoute, muxRouting } from "./mux-route";
import { DEFAULT_MUX_SETTINGS, readMuxSettings, type MuxSettings } from "./mux-settings";
import { secondRoute, type MuxHome } from "./testing/second-router";
import { removeDirectory } from "../text/testing/remove-directory";

const BUILT_IN = ["anthropic", "openai", "google", "xai", "deepseek", "moonshotai"] as const;
const MODEL = "some-model";
const KEY = { apiKey: "sk-key" };

/** Each: what providers.jsonc and the environment hold of mux's gateways. */
const GATEWAY_STATES: Readonly<
  Record<string, { file?: Record<string, unknown>; env?: Record<string, string> }>
> = {
  "no gateway": {},
  "OpenRouter with a key": { file: { openrouter: KEY } },
  "OpenRouter with a key in the environment": { env: { OPENROUTER_API_KEY: "sk-or" } },
  "OpenRouter with a key in 1Password": { file: { openrouter: { apiKey: "op://v/i/f" } } },
  "OpenRouter with keys in 1Password and the environment": {
    file: { openrouter: { apiKey: "op://v/i/f" } },
    env: { OPENROUTER_API_KEY: "sk-or" },
  },
  "OpenRouter with a blank key": { file: { openrouter: { apiKey: "  " } } },
  "OpenRouter with a key file that does not exist": {
    file: { openrouter: { apiKeyFile: "/no/such/file" } },
  },
  "OpenRouter off": { file: { openrouter: { ...KEY, enabled: false } } },
  "OpenRouter off in the older spelling": { file: { openrouter: { ...KEY, enabled: "false" } } },
  "OpenRouter explicitly on": { file: { openrouter: { ...KEY, enabled: true } } },
  "a custom provider called openrouter": {
    file: { openrouter: { ...KEY, providerType: "openai-compatible", baseUrl: "https://h/v1" } },
  },
  "mux's service with a coupon": { file: { "mux-gateway": { couponCode: "c" } } },
  "mux's service with a voucher": { file: { "mux-gateway": { voucher: "v" } } },
  "mux's service off": { file: { "mux-gateway": { couponCode: "c", enabled: false } } },
  "mux's service without a coupon": { file: { "mux-gateway": {} } },
  "Copilot with a token": { file: { "github-copilot": { apiKey: "gho" } } },
  "Copilot without a token": { file: { "github-copilot": { models: [MODEL] } } },
  "Copilot with this model": { file: { "github-copilot": { apiKey: "gho", models: [MODEL] } } },
  "Copilot with this model as an object": {
    file: { "github-copilot": { apiKey: "gho", models: [{ id: MODEL }] } },
  },
  "Copilot with other models": {
    file: { "github-copilot": { apiKey: "gho", models: ["other"] } },
  },
  "Copilot with a token in the environment": { env: { GITHUB_COPILOT_TOKEN: "gho" } },
  "Coder with a login": {
    file: { coder: { deploymentUrl: "https://coder.example", coderOauth: { accessToken: "t" } } },
  },
  "Coder with a login, but no URL": { file: { coder: { coderOauth: { accessToken: "t" } } } },
  "Coder with a URL alone": { file: { coder: { deploymentUrl: "https://coder.example" } } },
  "Bedrock with a region alone": { file: { bedrock: { region: "us-east-1" } } },
  "Bedrock with access keys": {
    file: { bedrock: { region: "us-east-1", accessKeyId: "AKIA", secretAccessKey: "s" } },
  },
  "Bedrock with a bearer token": { file: { bedrock: { region: "us-east-1", bearerToken: "b" } } },
  "Bedrock with a bearer token, but no region": { file: { bedrock: { bearerToken: "b" } } },
  "Bedrock off": {
    file: { bedrock: { region: "us-east-1", bearerToken: "b", enabled: false } },
  },
  "three gateways": {
    file: {
      openrouter: KEY,
      "mux-gateway": { couponCode: "c" },
      bedrock: { region: "us-east-1", accessKeyId: "AKIA", secretAccessKey: "s" },
    },
  },
};

/** Each: the members of config.json; a string for the text of a file, null for no file. */
const CONFIG_STATES: Readonly<Record<string, Record<string, unknown> | string | null>> = {
  "no file": null,
  "an empty file": {},
  "broken JSON": '{ "routePriority": ["openrouter"',
  "direct first": { routePriority: ["direct", "openrouter", "bedrock"] },
  "OpenRouter first": { routePriority: ["openrouter", "bedrock", "direct"] },
  "Bedrock first": { routePriority: ["bedrock", "openrouter", "direct"] },
  "every gateway": {
    routePriority: ["coder", "github-copilot", "mux-gateway", "bedrock", "openrouter", "direct"],
  },
  "direct alone": { routePriority: ["direct"] },
  "no entry": { routePriority: [] },
  "gateways alone": { routePriority: ["bedrock", "mux-gateway", "github-copilot", "openrouter"] },
  "an unknown gateway": { routePriority: ["somebody", "direct"] },
  "entries of other types": { routePriority: [1, null, "openrouter", "direct"] },
  "mux's service off without a list": { muxGatewayEnabled: false },
  "mux's service off beside a list": {
    muxGatewayEnabled: false,
    routePriority: ["mux-gateway", "openrouter", "direct"],
  },
  "direct for this model": { routeOverrides: overridesTo("direct") },
  "direct for this model before OpenRouter": {
    routePriority: ["openrouter", "direct"],
    routeOverrides: overridesTo("direct"),
  },
  "the provider itself for this model": {
    routePriority: ["openrouter", "bedrock", "direct"],
    routeOverrides: overridesTo(null),
  },
  "OpenRouter for this model": {
    routePriority: ["direct"],
    routeOverrides: overridesTo("openrouter"),
  },
  "Bedrock for this model": {
    routePriority: ["direct", "openrouter"],
    routeOverrides: overridesTo("bedrock"),
  },
  "mux's service for this model": {
    muxGatewayEnabled: false,
    routeOverrides: overridesTo("mux-gateway"),
  },
  "Copilot for this model": {
    routePriority: ["direct"],
    routeOverrides: overridesTo("github-copilot"),
  },
  "an unknown gateway for this model": {
    routePriority: ["openrouter", "direct"],
    routeOverrides: overridesTo("somebody"),
  },
  "another provider for this model": {
    routePriority: ["openrouter", "direct"],
    routeOverrides: overridesTo("openai"),
  },
  "a route for another model": {
    routePriority: ["openrouter", "direct"],
    routeOverrides: { "anthropic:other": "direct", "openai:other": "direct" },
  },
  "overrides that are a list": { routePriority: ["direct"], routeOverrides: ["openrouter"] },
};

const KEY_IN_ENVIRONMENT = {
  ANTHROPIC_AUTH_TOKEN: "t",
  OPENAI_API_KEY: "t",
  GOOGLE_API_KEY: "t",
  XAI_API_KEY: "t",
  DEEPSEEK_API_KEY: "t",
  MOONSHOT_API_KEY: "t",
};

/** Each: the members of the provider whose model is routed. */
const ORIGIN_STATES: Readonly<
  Record<string, { members: Record<string, unknown>; env?: Record<string, string> }>
> = {
  "a key": { members: KEY },
  "no key": { members: {} },
  "a key in the environment": { members: {}, env: KEY_IN_ENVIRONMENT },
  "a key in 1Password": { members: { apiKey: "op://v/i/f" } },
  "a key in a file": { members: { apiKeyFile: __filename } },
  "a directory as a key file": { members: { apiKeyFile: __dirname } },
  "a missing key file, and a key in the environment": {
    members: { apiKeyFile: "/no/such/file" },
    env: KEY_IN_ENVIRONMENT,
  },
  "a key, but off": { members: { ...KEY, enabled: false } },
  "a Cloudflare gateway": {
    members: {
      ...KEY,
      cloudflareGateway: { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "g" },
    },
  },
  "a custom provider's type": {
    members: { ...KEY, providerType: "openai-compatible", baseUrl: "https://h/v1" },
  },
};

let folder: string;
const settings = new Map<string, MuxSettings>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "second-router-"));
  const file = join(folder, "providers.jsonc");
  for (const [name, state] of Object.entries(CONFIG_STATES)) {
    const text = textOf(state);
    if (text !== null) await writeFile(join(folder, "config.json"), text);
    settings.set(name, await readMuxSettings(file));
    await rm(join(folder, "config.json"), { force: true });
  }
});

afterAll(() => removeDirectory(folder));

describe("the routes of mux", () => {
  const rows = [...BUILT_IN, "acme"].length * Object.keys(ORIGIN_STATES).length;
  const states = Object.keys(GATEWAY_STATES).length * Object.keys(CONFIG_STATES).length;

  test("are compared in more than 20,000 combinations", () => {
    expect(rows * states).toBeGreaterThan(20_000);
  });

  test.each(Object.keys(ORIGIN_STATES))(
    "are the same as the second author's when the provider has %s",
    async (state) => {
      const differences: string[] = [];
      const taken = new Set<string>();
      for (const origin of [...BUILT_IN, "acme"]) {
        for (const gateways of Object.keys(GATEWAY_STATES)) {
          const home = homeWith(origin, state, gateways);
          const { providers } = snapshotOf(
            success(Buffer.from(home.providers ?? "")),
            "providers.jsonc",
          );
          const configs = providers.map(({ config }) => config);
          const withoutKey = await filesWithoutKey(configs);
          const config = configs.find(({ id }) => id === origin);
          if (!config) continue;
          for (const [name, written] of Object.entries(CONFIG_STATES)) {
            const routing = muxRouting(configs, settings.get(name) ?? DEFAULT_MUX_SETTINGS, {
              env: home.env,
              withoutKey,
            });
            const first = muxRoute(config, MODEL, routing).to;
            const second = secondRoute({ ...home, config: textOf(written) }, origin, MODEL);
            taken.add(second);
            if (first === second) continue;
            differences.push(`${origin}, ${gateways}, ${name}: ${first}, but ${second}`);
          }
        }
      }
      expect(differences).toEqual([]);
      expect(taken.size).toBeGreaterThan(state === "a custom provider's type" ? 0 : 4);
    },
  );
});

function homeWith(origin: string, state: string, gateways: string): MuxHome {
  const { members, env = {} } = ORIGIN_STATES[state] ?? { members: {} };
  const others = GATEWAY_STATES[gateways] ?? {};
  // An ID that is not mux's own needs the type of a custom provider.
  const custom = { providerType: "openai-compatible", baseUrl: "https://h/v1" };
  const own = origin === "acme" ? { ...custom, ...members } : members;
  return {
    providers: JSON.stringify({ [origin]: own, ...others.file }),
    config: null,
    env: { ...env, ...others.env },
  };
}

function overridesTo(route: string | null): Record<string, string> {
  return Object.fromEntries(
    [...BUILT_IN, "acme"].map((origin) => [`${origin}:${MODEL}`, route ?? origin]),
  );
}

function textOf(state: Record<string, unknown> | string | null): string | null {
  return typeof state === "object" && state !== null ? JSON.stringify(state) : state;
}
