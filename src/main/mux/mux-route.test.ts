/** mux's routing, for every combination of gateways, config.json and provider. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { snapshotOf } from "../config/snapshot";
import { muxRoute, muxRouting, type MuxModelRoute } from "./mux-route";
import { readMuxSettings } from "./mux-settings";
import type { ProviderConfig } from "./provider-config";
import { CONFIG_ROWS, expectedRoute, GATEWAY_ROWS, ORIGIN_ROWS } from "./testing/expected-routes";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "routes-"));
});

afterAll(() => removeDirectory(directory));

const providersFile = () => join(directory, "providers.jsonc");

async function settingsOf(text: string | null) {
  const file = join(directory, "config.json");
  if (text === null) await rm(file, { force: true });
  else await writeFile(file, text);
  return readMuxSettings(providersFile());
}

function providersOf(values: object): readonly ProviderConfig[] {
  const bytes = Buffer.from(JSON.stringify(values));
  return snapshotOf({ success: true, data: bytes }, providersFile()).providers.map(
    ({ config }) => config,
  );
}

interface Case {
  readonly file?: object;
  readonly config?: string | null;
  readonly env?: NodeJS.ProcessEnv;
  readonly model?: string;
}

/** The route of a model, "anthropic:claude" by default, which has a key. */
async function routeOf({ file = {}, config = null, env = {}, model = "anthropic:claude" }: Case) {
  const providers = providersOf({ anthropic: { apiKey: "k" }, ...file });
  const [id = "", ...rest] = model.split(":");
  const provider = providers.find((each) => each.id === id);
  if (!provider) throw new Error(`The file has no ${id}`);
  const routing = muxRouting(providers, await settingsOf(config), { env, withoutKey: new Set() });
  return muxRoute(provider, rest.join(":"), routing);
}

describe("every combination of gateways, config.json and provider", () => {
  test.each(CONFIG_ROWS)("takes the expected route with $name", async (config) => {
    const wrong: string[] = [];
    let count = 0;
    for (const origin of ORIGIN_ROWS) {
      const text =
        config.text?.replaceAll("ORIGIN", origin.id).replaceAll("MODEL", origin.model) ?? null;
      const settings = await settingsOf(text);
      for (const gateways of GATEWAY_ROWS) {
        const own = origin.values === null ? {} : { [origin.id]: origin.values };
        const providers = providersOf({ ...gateways.file, ...own });
        const provider = providers.find(({ id }) => id === origin.id);
        const env = { ...gateways.env, ...origin.env };
        const route =
          provider &&
          muxRoute(
            provider,
            origin.model,
            muxRouting(providers, settings, { env, withoutKey: new Set() }),
          );
        const expected = expectedRoute(gateways, config, origin);
        count += 1;
        if (route?.to !== expected) {
          wrong.push(`${origin.name}, ${gateways.name}: ${route?.to}, not ${expected}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(ORIGIN_ROWS.length * GATEWAY_ROWS.length);
  });

  test("has more than 5,000 rows, and every gateway is the right one for some", () => {
    const routes = CONFIG_ROWS.flatMap((config) =>
      GATEWAY_ROWS.flatMap((gateways) =>
        ORIGIN_ROWS.map((origin) => expectedRoute(gateways, config, origin)),
      ),
    );
    expect(routes.length).toBeGreaterThan(5000);
    expect([...new Set(routes)].sort()).toEqual([
      "bedrock",
      "coder",
      "direct",
      "github-copilot",
      "mux-gateway",
      "openrouter",
    ]);
  });
});

const OPENROUTER = { openrouter: { apiKey: "sk-or" } };

describe("the reason of a route", () => {
  test.each<[name: string, given: Case, route: MuxModelRoute]>([
    ["seeded without a config.json", { file: OPENROUTER }, { to: "openrouter", because: "seeded" }],
    ["seeded without a gateway", {}, { to: "direct", because: "seeded" }],
    [
      "the priority",
      { file: OPENROUTER, config: `{ "routePriority": ["direct", "openrouter"] }` },
      { to: "direct", because: "priority" },
    ],
    [
      "an override",
      {
        file: OPENROUTER,
        config: `{ "routePriority": ["direct"], "routeOverrides": { "anthropic:claude": "openrouter" } }`,
      },
      { to: "openrouter", because: "override" },
    ],
    [
      "no usable route",
      { model: "xai:grok", config: `{ "routePriority": ["direct"] }` },
      { to: "direct", because: "fallback" },
    ],
    [
      "a custom provider",
      {
        file: { ...OPENROUTER, mine: { providerType: "openai-compatible" } },
        model: "mine:m",
      },
      { to: "direct", because: "own" },
    ],
  ])("is %s", async (_name, given, route) => {
    expect(await routeOf(given)).toEqual(route);
  });
});

describe("odd settings of mux", () => {
  test.each([
    ["a list as overrides", `{ "routePriority": ["direct"], "routeOverrides": ["openrouter"] }`],
    [
      "a number as an override",
      `{ "routePriority": ["direct"], "routeOverrides": { "anthropic:claude": 1 } }`,
    ],
    ["null as overrides", `{ "routePriority": ["direct"], "routeOverrides": null }`],
    [
      "an override of a name of every object",
      `{ "routePriority": ["direct"], "routeOverrides": { "__proto__": "openrouter" } }`,
    ],
  ])("do not change the route when there is %s", async (_name, config) => {
    expect(await routeOf({ file: OPENROUTER, config })).toEqual({
      to: "direct",
      because: "priority",
    });
  });

  test("are seeded again when config.json has no object", async () => {
    for (const config of ["null", "[]", "3", `"direct"`, ""]) {
      expect(await routeOf({ file: OPENROUTER, config })).toMatchObject({ because: "seeded" });
    }
  });
});

describe("the models of a gateway", () => {
  const coder = (values: object) => ({
    coder: { deploymentUrl: "https://c.example", coderOauth: { access: "a" }, ...values },
  });
  test.each<[name: string, given: Case, to: string]>([
    [
      "Copilot, which spells the version with a dot",
      {
        file: { "github-copilot": { apiKey: "t", models: ["claude-haiku-4.5"] } },
        model: "anthropic:claude-haiku-4-5",
      },
      "github-copilot",
    ],
    [
      "Copilot without the model",
      { file: { "github-copilot": { apiKey: "t", models: [{ id: "gpt-5" }] } } },
      "direct",
    ],
    ["Coder, whose models are not known yet", { file: coder({}) }, "coder"],
    ["Coder with the model", { file: coder({ discoveredModels: ["anthropic/claude"] }) }, "coder"],
    ["Coder with an empty catalogue", { file: coder({ discoveredModels: [] }) }, "direct"],
    [
      "Coder with a model that was added",
      { file: coder({ discoveredModels: [], models: ["anthropic/claude"] }) },
      "coder",
    ],
    [
      "Coder with a model that was removed",
      { file: coder({ removedModels: ["anthropic/claude"] }) },
      "direct",
    ],
    [
      "Coder with another instance",
      {
        file: coder({ discoveredModels: ["mine/claude"], canonicalRoutes: { anthropic: "mine" } }),
      },
      "coder",
    ],
    ["Coder without a login", { file: coder({ coderOauth: {} }) }, "direct"],
  ])("are found for %s", async (_name, given, to) => {
    expect(await routeOf(given)).toMatchObject({ to });
  });
});

describe("credentials in the environment", () => {
  test.each<[name: string, env: NodeJS.ProcessEnv, to: string]>([
    [
      "AWS keys and a region",
      { AWS_REGION: "r", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" },
      "bedrock",
    ],
    ["AWS keys without a region", { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" }, "direct"],
    ["half of the AWS keys", { AWS_REGION: "r", AWS_ACCESS_KEY_ID: "a" }, "direct"],
    ["an AWS profile", { AWS_DEFAULT_REGION: "r", AWS_PROFILE: "p" }, "bedrock"],
    ["Copilot's token", { GITHUB_COPILOT_TOKEN: "t" }, "github-copilot"],
    ["a blank OpenRouter key", { OPENROUTER_API_KEY: " " }, "direct"],
  ])("make a gateway usable: %s", async (_name, env, to) => {
    expect(await routeOf({ env })).toMatchObject({ to });
  });
});

test("treats OpenAI as usable when it has a login but no key", async () => {
  const config = `{ "routePriority": ["direct", "openrouter"] }`;
  const openai = (values: object) => ({ ...OPENROUTER, openai: values });
  const login = openai({ codexOauth: { access: "a" } });
  expect(await routeOf({ file: login, config, model: "openai:gpt-5" })).toMatchObject({
    to: "direct",
  });
  expect(await routeOf({ file: openai({}), config, model: "openai:gpt-5" })).toMatchObject({
    to: "openrouter",
  });
});
