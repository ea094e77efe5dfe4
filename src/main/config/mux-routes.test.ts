/** Where mux sends the next request of a provider, and whether its row warns of it. */
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { failure } from "../../shared/errors";
import type { MuxAppName } from "../../shared/mux-route";
import type { ProvidersView, ProviderView } from "../../shared/view";
import type { MirrorSetting } from "../mirror/mirror-setting";
import {
  CONFIG_ROWS,
  expectedRoute,
  GATEWAY_ROWS,
  ORIGIN_ROWS,
} from "../mux/testing/expected-routes";
import { openProvidersStore, type ProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const BLOCK = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "gw" };
const ROUTED = { anthropic: { apiKey: "k", cloudflareGateway: BLOCK } };
const OPENROUTER = { openrouter: { apiKey: "sk-or" } };

let directory: string;
const opened: ProvidersStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mux-routes-"));
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await removeDirectory(directory);
});

interface Home {
  readonly file: object;
  /** The text of config.json; null for none. */
  readonly config?: string | null;
  readonly env?: NodeJS.ProcessEnv;
  readonly app?: MuxAppName;
  readonly mirror?: MirrorSetting;
}

async function write({ file, config = null }: Home): Promise<void> {
  await writeFile(join(directory, "providers.jsonc"), JSON.stringify(file));
  if (config === null) await rm(join(directory, "config.json"), { force: true });
  else await writeFile(join(directory, "config.json"), config);
}

/** In one step, like mux. */
async function replaceConfig(text: string | null): Promise<void> {
  const file = join(directory, "config.json");
  if (text === null) return rm(file);
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function open(home: Home): Promise<ProvidersStore> {
  await write(home);
  const store = openProvidersStore({
    file: join(directory, "providers.jsonc"),
    env: home.env ?? {},
    app: home.app ?? "mux",
    ...(home.mirror === undefined ? {} : { mirror: home.mirror }),
    log: { info: () => undefined, warn: () => undefined },
  });
  opened.push(store);
  return store;
}

async function viewOf(home: Home): Promise<ProvidersView> {
  return (await (await open(home)).read()).view;
}

function row({ providers }: ProvidersView, id = "anthropic"): ProviderView {
  const found = providers.find((provider) => provider.id === id);
  if (!found) throw new Error(`The view has no ${id}`);
  return found;
}

const isWarned = ({ notices }: ProviderView) => notices.some(({ code }) => code === "aggregator");

const direct = `{ "routePriority": ["direct", "openrouter"] }`;

describe("every combination of gateways and config.json", () => {
  const origins = ORIGIN_ROWS.filter(({ values, usable }) => usable && values !== null).filter(
    ({ id, isCustom }) => id !== "ollama" && !isCustom,
  );

  /** One config.json in which each provider has the override of the row. */
  function configFor(text: string | null): string | null {
    if (text === null) return null;
    return text.replace(/"ORIGIN:[^}]*/, (override) =>
      origins
        .map(({ id, model }) => override.replaceAll("ORIGIN", id).replaceAll("MODEL", model))
        .join(", "),
    );
  }

  test.each(CONFIG_ROWS)("is warned of exactly when mux goes elsewhere: $name", async (config) => {
    const wrong: string[] = [];
    for (const gateways of GATEWAY_ROWS) {
      const own = new Map<string, object>(
        origins.map(({ id, model, values }) => [
          id,
          { ...values, models: [model], cloudflareGateway: BLOCK },
        ]),
      );
      const home = {
        file: { ...gateways.file, ...Object.fromEntries(own) },
        config: configFor(config.text),
        env: gateways.env ?? {},
      };
      const store = await open(home);
      const { view } = await store.read();
      for (const origin of origins) {
        const expected = expectedRoute(gateways, config, origin);
        const found = row(view, origin.id);
        const { muxRoute } = found;
        const taken = muxRoute.kind === "gateway" ? muxRoute.gateway : "direct";
        if (taken !== expected || isWarned(found) !== (expected !== "direct")) {
          wrong.push(`${origin.name}, ${gateways.name}: ${taken}, not ${expected}`);
        }
      }
      const bypassed = origins.filter((each) => expectedRoute(gateways, config, each) !== "direct");
      expect(view.counts.elsewhere).toBe(bypassed.length);
      await store.close();
    }
    expect(wrong).toEqual([]);
  });
});

describe("the sentence about mux's route", () => {
  test.each<[name: string, home: Home, id: string, message: string]>([
    [
      "says how to put Direct first when the priority decides",
      { file: { ...ROUTED, ...OPENROUTER }, config: `{ "routePriority": ["openrouter"] }` },
      "anthropic",
      "mux sends these models through OpenRouter instead of this gateway. In mux, open Settings → Providers → Route priority and drag “Direct” to the top.",
    ],
    [
      "speaks of the next start when mux has not saved a priority yet",
      { file: { ...ROUTED, ...OPENROUTER }, app: "Xum" },
      "anthropic",
      "After its next start, Xum sends these models through OpenRouter instead of this gateway. In Xum, open Settings → Providers → Route priority and drag “Direct” to the top.",
    ],
    [
      "names the model and Settings → Models when an override decides",
      {
        file: { ...ROUTED, ...OPENROUTER },
        config: `{ "routePriority": ["direct"], "routeOverrides": { "anthropic:claude-haiku-4-5": "openrouter" } }`,
      },
      "anthropic",
      "mux sends claude-haiku-4-5 through OpenRouter, because that route is chosen for this model. Change it in mux under Settings → Models.",
    ],
    [
      "asks for a key when the provider has none",
      {
        file: { anthropic: { cloudflareGateway: BLOCK }, ...OPENROUTER },
        config: direct,
      },
      "anthropic",
      "mux sends these models through OpenRouter, because the provider itself has no API key.",
    ],
    [
      "says that the provider is disabled when it is",
      { file: { anthropic: { apiKey: "k", enabled: false }, ...OPENROUTER }, config: direct },
      "anthropic",
      "mux sends these models through OpenRouter, because the provider itself is disabled.",
    ],
    [
      "does not mention a gateway when the provider is direct",
      {
        file: { xai: { apiKey: "k" }, ...OPENROUTER },
        config: `{ "routePriority": ["openrouter"] }`,
      },
      "xai",
      "mux sends these models through OpenRouter. In mux, open Settings → Providers → Route priority and drag “Direct” to the top.",
    ],
  ])("%s", async (_name, home, id, message) => {
    const { muxRoute } = row(await viewOf(home), id);
    expect(muxRoute).toMatchObject({
      kind: "gateway",
      name: "OpenRouter",
      testable: true,
      message,
    });
  });
});

describe("mux's route", () => {
  test("is not testable here when it needs a login that only mux has", async () => {
    const file = { ...ROUTED, "mux-gateway": { couponCode: "c" } };
    expect(row(await viewOf({ file })).muxRoute).toMatchObject({
      gateway: "mux-gateway",
      testable: false,
    });
    const openai = { apiKey: "k", codexOauth: { access: "a" }, cloudflareGateway: BLOCK };
    expect(row(await viewOf({ file: { openai } }), "openai").muxRoute).toMatchObject({
      kind: "login",
    });
  });

  test("is missing when no provider can be called", async () => {
    const file = { xai: { enabled: false, apiKey: "k" } };
    const view = await viewOf({ file });
    expect(row(view, "xai").muxRoute).toEqual({ kind: "none", why: "disabled" });
    expect(row(view, "google").muxRoute).toEqual({ kind: "none", why: "key_missing" });
    expect(isWarned(row(view, "xai"))).toBe(false);
  });

  test("is told for each model when an override or Copilot's list sets it apart", async () => {
    const file = {
      ...OPENROUTER,
      anthropic: { ...ROUTED.anthropic, models: ["a", { id: "b" }, "c"] },
      openai: { apiKey: "k", models: ["gpt-1", "gpt-2"] },
      "github-copilot": { apiKey: "t", models: ["gpt-2"] },
    };
    const routeOverrides = {
      "anthropic:b": "openrouter",
      "anthropic:unlisted\u0007": "openrouter",
      "xai:grok": "openrouter",
    };
    const config = JSON.stringify({ routePriority: ["github-copilot", "direct"], routeOverrides });
    const view = await viewOf({ file, config });
    const models = (id: string) =>
      row(view, id).modelRoutes.map(({ model, route }) => [
        model,
        route.kind === "gateway" ? route.gateway : route.kind,
      ]);
    expect(row(view).muxRoute).toEqual({ kind: "saved" });
    expect(models("anthropic")).toEqual([
      ["b", "openrouter"],
      ["unlisted␇", "openrouter"],
    ]);
    expect(models("openai")).toEqual([["gpt-2", "github-copilot"]]);
    expect(view.counts.elsewhere).toBe(0);
  });

  test("is pushed within a second when config.json changes or is removed", async () => {
    const home = { file: { ...ROUTED, ...OPENROUTER } };
    const store = await open({ ...home, config: direct });
    const kinds: string[] = [];
    let pushed = (): void => undefined;
    store.onChange((view) => {
      kinds.push(row(view).muxRoute.kind);
      pushed();
    });
    // The store reads the first state before these changes.
    await store.read();
    for (const config of [`{ "routePriority": ["openrouter", "direct"] }`, direct, null]) {
      const started = performance.now();
      const seen = new Promise<void>((resolve) => {
        pushed = resolve;
      });
      await replaceConfig(config);
      await seen;
      expect(performance.now() - started).toBeLessThan(1000);
    }
    expect(kinds).toEqual(["gateway", "saved", "gateway"]);
  });
});

describe("a key file", () => {
  const routed = (apiKeyFile: string) => ({
    ...ROUTED,
    openrouter: { apiKeyFile, models: ["m"] },
  });

  test("makes OpenRouter usable only when it has a key", async () => {
    const path = (name: string) => join(directory, name);
    await writeFile(path("key"), "sk-or\n");
    await writeFile(path("blank"), " \n");
    await writeFile(path("large"), "k".repeat(64 * 1024 + 1));
    const kindWith = async (name: string) => {
      const found = row(await viewOf({ file: routed(path(name)) }));
      expect(isWarned(found)).toBe(found.muxRoute.kind === "gateway");
      return found.muxRoute.kind;
    };
    expect(await kindWith("key")).toBe("gateway");
    for (const name of ["blank", "large", "none", "."]) {
      expect(await kindWith(name)).toBe("saved");
    }
  });

  test("is replaced by the environment when it has no key", async () => {
    const file = { anthropic: { ...ROUTED.anthropic, apiKey: "", apiKeyFile: "/no/such/file" } };
    const without = await viewOf({ file });
    expect(row(without)).toMatchObject({
      keySource: "none",
      muxRoute: { kind: "none", why: "key_missing" },
    });
    expect(without.counts.withKey).toBe(0);
    const env = { ANTHROPIC_API_KEY: "k" };
    expect(row(await viewOf({ file, env })).muxRoute).toEqual({ kind: "saved" });
  });

  test("is read again with the file", async () => {
    const store = await open({ file: routed(join(directory, "late")) });
    expect(row((await store.read()).view).muxRoute.kind).toBe("saved");
    await writeFile(join(directory, "late"), "sk-or");
    expect(row((await store.read()).view).muxRoute.kind).toBe("gateway");
  });
});

describe("the URL that mux calls", () => {
  const ACCOUNT_URL = `https://gateway.ai.cloudflare.com/v1/${BLOCK.accountId}`;
  const MIRRORED: MirrorSetting = {
    canChange: true,
    isOn: () => Promise.resolve(true),
    change: () => Promise.resolve(failure("mirror_fixed")),
  };
  const routeWith = async (openai: object, block: object = BLOCK) => {
    const file = { openai: { apiKey: "k", ...openai, cloudflareGateway: block } };
    return row(await viewOf({ file, mirror: MIRRORED }), "openai").muxRoute;
  };

  test.each<[name: string, baseUrl: string, differs: string | null]>([
    ["the gateway's", `${ACCOUNT_URL}/gw/openai`, null],
    ["with one slash, which the SDK removes", `${ACCOUNT_URL}/gw/openai/`, null],
    ["with two slashes", `${ACCOUNT_URL}/gw/openai//`, "path"],
    ["with a space", `${ACCOUNT_URL}/gw/openai `, "path"],
    ["another gateway's", `${ACCOUNT_URL}/other/openai`, "path"],
    ["another host's", "https://h.example/v1", "host"],
  ])("is compared with the settings when it is %s", async (_name, baseUrl, differs) => {
    expect(await routeWith({ baseUrl })).toMatchObject(
      differs === null ? { kind: "saved" } : { kind: "address", differs },
    );
  });

  test("says so when it is another one on the gateway's host", async () => {
    expect(await routeWith({ baseUrl: `${ACCOUNT_URL}/other/openai` })).toMatchObject({
      message:
        'mux calls another URL on gateway.ai.cloudflare.com, because "baseUrl" points there.',
    });
  });

  test("is told when the settings are invalid, so that mux goes direct", async () => {
    expect(await routeWith({}, { ...BLOCK, accountId: "x" })).toMatchObject({
      kind: "address",
      differs: "host",
      url: "https://api.openai.com/v1/responses",
    });
  });
});
