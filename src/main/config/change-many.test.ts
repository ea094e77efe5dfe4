/** Calls for many providers: one write and one step for Undo, whoever is left out. */
import { mkdir, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "jsonc-parser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { RouteInput } from "../../shared/gateways";
import type { Changed } from "../../shared/view";
import type { Result } from "../../shared/result";
import { fixedMirror } from "../mirror/mirror-setting";
import type { Log } from "../text/log";
import { openProvidersStore, type ProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const OTHER_ACCOUNT = "fedcba9876543210fedcba9876543210";
const TOKEN = "gateway-token-1111";
const gateway = { accountId: ACCOUNT, gatewayName: "new" };
const withToken = { ...gateway, token: TOKEN };
const silent: Log = { info: () => undefined, warn: () => undefined };
const block = (name: string, more = "", account = ACCOUNT) =>
  `{ "accountId": "${account}", "gatewayName": "${name}"${more} }`;

/** One provider of every kind that a bulk change can meet. */
const MIXED = `// mine
{
  "anthropic": { "apiKey": "k" }, // direct
  "openai": { "apiKey": "k", "cloudflareGateway": ${block("old", `, "mine": 1, "token": "old-token"`, OTHER_ACCOUNT)} },
  "google": { "apiKey": "k", "cloudflareGatewayDisabled": ${block("old", `, "segment": "custom-g"`)} },
  "xai": { "models": ["grok-4"] },
  "deepseek": { "apiKey": "k", "baseUrl": "https://bridge.example.com/v1" },
  "openrouter": { "apiKey": "k" },
  "moonshotai": { "apiKey": "k" },
  "ollama": { "apiKey": "k" },
  "mine": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://llm.example.com/v1" },
  "local": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "http://localhost:1/v1" },
  "off": { "providerType": "openai-compatible", "apiKey": "k", "enabled": false, "baseUrl": "https://api.groq.com/openai/v1" },
  "twice": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://api.groq.com/openai/v1", "cloudflareGateway": ${block("a")}, "cloudflareGateway": ${block("b")} },
  "text": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://api.groq.com/openai/v1", "cloudflareGateway": "on" },
}
`;

let directory: string;
let file: string;
const opened: ProvidersStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "many-"));
  file = join(directory, "providers.jsonc");
  await mkdir(directory, { recursive: true });
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await removeDirectory(directory);
});

async function open(
  text: string,
  { mirror = false, env = {} }: { mirror?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<ProvidersStore> {
  await writeFile(file, text);
  const store = openProvidersStore({ file, env, log: silent, mirror: fixedMirror(mirror) });
  opened.push(store);
  return store;
}

const text = () => readFile(file, "utf8");
const data = async () => parse(await text(), [], { allowTrailingComma: true });
const named = (...providers: readonly string[]) => providers.map((provider) => ({ provider }));

function ok(result: Result<Changed>): Changed {
  if (!result.success) throw new Error(result.error.code);
  return result.data;
}

function codes({ leftOut }: Changed): Record<string, string> {
  return Object.fromEntries(leftOut.map(({ provider, error }) => [provider, error.code]));
}

const LEFT_OUT = {
  xai: "key_missing",
  deepseek: "foreign_host",
  moonshotai: "segment_required",
  ollama: "provider_not_routable",
  mine: "segment_required",
  local: "provider_not_routable",
  off: "provider_disabled",
  twice: "block_duplicate",
  text: "block_not_object",
  nobody: "provider_unknown",
};

const everyone = named("anthropic", "openai", "google", "openrouter", ...Object.keys(LEFT_OUT));

describe("route", () => {
  test("writes all possible providers and reports why others are left out, when the mirror is on", async () => {
    const store = await open(MIXED, { mirror: true });
    const changed = ok(await store.route({ gateway: withToken, providers: everyone }));
    expect(changed.changed).toEqual(["anthropic", "openai", "google", "openrouter"]);
    expect(codes(changed)).toEqual(LEFT_OUT);
    expect(changed).toMatchObject({ steps: 1, view: { undoSteps: 1 } });
    const { anthropic, openai, google, openrouter } = await data();
    expect(anthropic.cloudflareGateway).toMatchObject(withToken);
    expect(openai.cloudflareGateway).toMatchObject({ ...withToken, mine: 1 });
    expect(google.cloudflareGateway).toMatchObject({ ...withToken, segment: "custom-g" });
    expect(google).not.toHaveProperty("cloudflareGatewayDisabled");
    expect(openrouter.cloudflareGateway).not.toHaveProperty("token");
    expect(openrouter.headers).toEqual({ "cf-aig-authorization": `Bearer ${TOKEN}` });
  });

  /** Providers that a bulk change meets with every state of their block. */
  const STATES = `{
  "anthropic": { "apiKey": "k" },
  "openai": { "apiKey": "k", "cloudflareGateway": ${block("old", `, "token": "old-token"`, OTHER_ACCOUNT)} },
  "google": { "apiKey": "k", "cloudflareGatewayDisabled": ${block("new", `, "token": "${TOKEN}"`)} },
  "xai": { "apiKey": "k", "cloudflareGateway": ${block("open", `, "token": null`)} },
  "openrouter": { "apiKey": "k" },
  "mine": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://llm.example.com/v1", "cloudflareGateway": ${block("old", `, "segment": "custom-mine"`)} }
}
`;
  const states = named("anthropic", "openai", "google", "xai", "openrouter", "mine");
  const tokens = async () => {
    const now = await data();
    return states.map(({ provider: id }) => {
      const { cloudflareGateway, headers } = now[id];
      return id === "openrouter"
        ? headers?.["cf-aig-authorization"]?.replace("Bearer ", "")
        : cloudflareGateway?.token;
    });
  };

  test.each<
    readonly [string, RouteInput["gateway"], boolean, readonly (string | null | undefined)[]]
  >([
    ["the given token", { ...gateway, token: "t" }, true, ["t", "t", "t", "t", "t", "t"]],
    ["the stored token of the gateway", gateway, true, [TOKEN, TOKEN, TOKEN, TOKEN, TOKEN, TOKEN]],
    [
      "the stored token without the mirror",
      gateway,
      false,
      [TOKEN, TOKEN, TOKEN, TOKEN, undefined, TOKEN],
    ],
    [
      "no token at a gateway that was confirmed as open",
      { ...gateway, gatewayName: "open" },
      true,
      [null, null, null, null, undefined, null],
    ],
    [
      "no token when the gateway is said to be open",
      { ...gateway, token: null },
      false,
      [null, null, null, null, undefined, null],
    ],
  ])(
    "leads from every state of a block to %s when all change in one write",
    async (_what, to, mirror, expected) => {
      const store = await open(STATES, { mirror });
      const { ino } = await stat(file);
      const changed = ok(await store.route({ gateway: to, providers: states }));
      const isLeftOut = !mirror && to.token !== null;
      expect(codes(changed)).toEqual(isLeftOut ? { openrouter: "openrouter_needs_mirror" } : {});
      expect(await tokens()).toEqual(expected);
      const { accountId, gatewayName } = to;
      for (const id of changed.changed) {
        expect((await data())[id].cloudflareGateway).toMatchObject({ accountId, gatewayName });
      }
      expect((await stat(file)).ino).not.toBe(ino);
      expect(changed).toMatchObject({ steps: 1, view: { undoSteps: 1 } });
      await store.undo();
      expect(await text()).toBe(STATES);
    },
  );

  test.each([
    ["a new gateway", "", undefined, [undefined, false]],
    ["a gateway that stores prompts", block("new"), undefined, [undefined, false]],
    ["a gateway that does not", block("new", `, "storePrompts": false`), undefined, [false, false]],
    ["a gateway that is asked not to", block("new"), false, [false, false]],
    ["a gateway that may store them again", block("new"), true, [undefined, undefined]],
  ])(
    "never stores prompts without being asked at %s",
    async (_kind, used, storePrompts, expected) => {
      const mine = block("old", `, "storePrompts": false`);
      const store = await open(`{ "anthropic": { "apiKey": "k" },
      "openai": { "apiKey": "k", "cloudflareGateway": ${mine} },
      "xai": { "apiKey": "k"${used === "" ? "" : `, "cloudflareGateway": ${used}`} } }`);
      const asked = storePrompts === undefined ? withToken : { ...withToken, storePrompts };
      ok(await store.route({ gateway: asked, providers: named("anthropic", "openai") }));
      const { anthropic, openai } = await data();
      expect([anthropic, openai].map((each) => each.cloudflareGateway.storePrompts)).toEqual(
        expected,
      );
    },
  );

  test("leaves OpenRouter out when it needs a token and the mirror is off", async () => {
    const store = await open(MIXED);
    const changed = ok(await store.route({ gateway: withToken, providers: everyone }));
    expect(changed.changed).toEqual(["anthropic", "openai", "google"]);
    expect(codes(changed)).toEqual({ ...LEFT_OUT, openrouter: "openrouter_needs_mirror" });
    expect((await data()).openrouter).toEqual({ apiKey: "k" });
  });

  test("routes OpenRouter without the mirror when the gateway is open", async () => {
    const store = await open(MIXED);
    const openGateway = { ...gateway, token: null };
    const changed = ok(
      await store.route({ gateway: openGateway, providers: named("anthropic", "openrouter") }),
    );
    expect(changed.changed).toEqual(["anthropic", "openrouter"]);
    const { anthropic, openrouter } = await data();
    expect(anthropic.cloudflareGateway).toStrictEqual({ ...gateway, token: null });
    expect(openrouter.cloudflareGateway).toStrictEqual(gateway);
  });

  test("uses an explicit segment when the host is foreign or the provider is custom", async () => {
    const store = await open(MIXED);
    const providers = [
      { provider: "deepseek", segment: "deepseek" },
      { provider: "mine", segment: "custom-mine" },
    ];
    const changed = ok(await store.route({ gateway: withToken, providers }));
    expect(changed.changed).toEqual(["deepseek", "mine"]);
  });

  test("is undone in one write that names the change", async () => {
    const store = await open(MIXED, { mirror: true });
    const { ino } = await stat(file);
    const inodes = new Set([ino]);
    const views: number[] = [];
    store.onChange(({ undoSteps }) => views.push(undoSteps));
    await store.read();
    ok(await store.route({ gateway: withToken, providers: everyone }));
    inodes.add((await stat(file)).ino);
    expect(inodes.size).toBe(2);
    expect(views).toEqual([1]);
    expect(await store.undo()).toMatchObject({
      success: true,
      data: {
        undoSteps: 0,
        undone: { action: "route", providers: ["anthropic", "openai", "google", "openrouter"] },
      },
    });
    expect(await text()).toBe(MIXED);
    expect((await store.read()).view.undone).toBeNull();
  });

  test("includes a custom provider without a key, which mux calls without one", async () => {
    const own = `"providerType": "openai-compatible", "baseUrl": "https://api.groq.com/openai/v1"`;
    const store = await open(`{ "own": { ${own} } }`);
    const changed = ok(await store.route({ gateway: withToken, providers: named("own") }));
    expect(changed).toMatchObject({ changed: ["own"], leftOut: [] });
  });

  test("writes nothing when no provider can be included", async () => {
    const store = await open(MIXED);
    const providers = named("anthropic", "openai");
    ok(await store.route({ gateway: withToken, providers }));
    const { ino, mtimeMs } = await stat(file);
    const again = ok(
      await store.route({ gateway: withToken, providers: [...providers, ...named("xai")] }),
    );
    expect(again).toMatchObject({ steps: 0, changed: [], view: { undoSteps: 1 } });
    expect(codes(again)).toEqual({ xai: "key_missing" });
    expect(await stat(file)).toMatchObject({ ino, mtimeMs });
  });

  test("leaves out a block that has changed since it was seen, and asks about it", async () => {
    const store = await open(MIXED);
    const { view } = await store.read();
    const providers = view.providers
      .filter(({ id }) => ["anthropic", "openai"].includes(id))
      .map(({ id, mark }) => ({ provider: id, seen: mark }));
    await writeFile(file, MIXED.replace("old-token", "their-token"));
    const changed = ok(await store.route({ gateway: withToken, providers }));
    expect(changed.changed).toEqual(["anthropic"]);
    expect(changed.leftOut).toMatchObject([
      {
        provider: "openai",
        error: {
          code: "conflict",
          conflict: {
            yours: { ...gateway, hasToken: true },
            file: { accountId: OTHER_ACCOUNT, gatewayName: "old", hasToken: true },
          },
        },
      },
    ]);
    expect(await text()).toContain("their-token");
  });

  test.each([
    [{ ...withToken, accountId: "short" }, "account_id_invalid"],
    [{ ...withToken, gatewayName: "A B" }, "gateway_name_invalid"],
    [{ ...gateway, token: "two words" }, "token_invalid"],
    [{ ...gateway, token: "" }, "token_invalid"],
  ])("fails as a whole for %j before it reads the file", async (invalid, code) => {
    const store = await open("{ broken");
    const refused = await store.route({ gateway: invalid, providers: named("anthropic") });
    expect(refused).toMatchObject({ success: false, error: { code } });
  });

  test("counts a provider that is named twice once", async () => {
    const store = await open(MIXED);
    const providers = named("anthropic", "anthropic");
    expect(ok(await store.route({ gateway: withToken, providers })).changed).toEqual(["anthropic"]);
  });
});

describe("direct and remove", () => {
  const ROUTED = `{
  "anthropic": { "apiKey": "k", "cloudflareGateway": ${block("gw", `, "token": "${TOKEN}"`)} },
  "openai": { "apiKey": "k", "cloudflareGateway": ${block("gw")} },
  "google": { "apiKey": "k", "cloudflareGatewayDisabled": ${block("gw")} },
  "xai": { "apiKey": "k" },
}
`;
  const four = named("anthropic", "openai", "google", "xai");

  test.each([true, false])("send all direct in one write when the mirror is %s", async (mirror) => {
    const store = await open(ROUTED, { mirror });
    const changed = ok(await store.direct({ providers: four }));
    expect(changed).toMatchObject({ steps: 1, changed: ["anthropic", "openai"] });
    expect(codes(changed)).toEqual({ xai: "block_missing" });
    expect(await text()).toBe(
      ROUTED.replaceAll(`"cloudflareGateway"`, `"cloudflareGatewayDisabled"`),
    );
    expect(await store.undo()).toMatchObject({ data: { undone: { action: "direct" } } });
    expect(await text()).toBe(ROUTED);
  });

  test("remove blocks, tokens and mirror, on and off", async () => {
    const store = await open(ROUTED, { mirror: true });
    ok(await store.route({ gateway: withToken, providers: named("anthropic", "openai") }));
    const changed = ok(await store.remove({ providers: four }));
    expect(changed).toMatchObject({ steps: 1, changed: ["anthropic", "openai", "google"] });
    expect(await data()).toEqual({
      anthropic: { apiKey: "k" },
      openai: { apiKey: "k" },
      google: { apiKey: "k" },
      xai: { apiKey: "k" },
    });
    expect(changed.view.gateways).toEqual([]);
  });
});

describe("updateGateway", () => {
  const USED = `{
  "anthropic": { "apiKey": "k", "cloudflareGateway": ${block("gw", `, "token": "one", "mine": true`)} },
  "openai": { "apiKey": "k", "cloudflareGatewayDisabled": ${block("gw", `, "token": "two"`)} },
  "google": { "apiKey": "k", "cloudflareGateway": ${block("gw", `, "token": null`)} },
  "openrouter": { "apiKey": "k", "cloudflareGateway": ${block("gw")} },
  "xai": { "apiKey": "k", "cloudflareGateway": ${block("other", `, "token": "three"`)} },
}
`;
  const key = { accountId: ACCOUNT, gatewayName: "gw" };
  const users = ["anthropic", "openai", "google", "openrouter"];

  test("replaces the token of all its users in one write, on and off", async () => {
    const store = await open(USED, { mirror: true });
    const changed = ok(await store.updateGateway({ gateway: key, change: { token: TOKEN } }));
    expect(new Set(changed.changed)).toEqual(new Set(users));
    const { anthropic, openai, google, openrouter, xai } = await data();
    expect(anthropic.cloudflareGateway).toMatchObject({ token: TOKEN, mine: true });
    expect(anthropic.headers).toEqual({ "cf-aig-authorization": `Bearer ${TOKEN}` });
    expect(openai.cloudflareGatewayDisabled.token).toBe(TOKEN);
    expect(openai).not.toHaveProperty("headers");
    expect(google.cloudflareGateway.token).toBe(TOKEN);
    expect(openrouter.cloudflareGateway).not.toHaveProperty("token");
    expect(openrouter.headers).toEqual({ "cf-aig-authorization": `Bearer ${TOKEN}` });
    expect(xai.cloudflareGateway.token).toBe("three");
    expect(changed.view.gateways.find(({ gatewayName }) => gatewayName === "gw")).toMatchObject({
      token: "all",
    });
    await store.undo();
    expect(await text()).toBe(USED);
  });

  test("keeps prompts out of the log for active and disabled users, and allows them again", async () => {
    const store = await open(USED, { mirror: true });
    const hide = { gateway: key, change: { storePrompts: false } };
    const changed = ok(await store.updateGateway(hide));
    expect(new Set(changed.changed)).toEqual(new Set(users));
    expect(changed.view.gateways).toMatchObject([
      { gatewayName: "gw", storePrompts: false },
      { storePrompts: true },
    ]);
    const { anthropic, openai, openrouter, xai } = await data();
    expect(anthropic.cloudflareGateway).toMatchObject({ token: "one", storePrompts: false });
    expect(anthropic.headers).toMatchObject({ "cf-aig-collect-log-payload": "false" });
    expect(openai.cloudflareGatewayDisabled).toMatchObject({ storePrompts: false });
    expect(openai).not.toHaveProperty("headers");
    expect(openrouter.headers).toMatchObject({ "cf-aig-collect-log-payload": "false" });
    expect(xai.cloudflareGateway).not.toHaveProperty("storePrompts");
    expect(ok(await store.updateGateway(hide)).steps).toBe(0);
    ok(await store.updateGateway({ gateway: key, change: { storePrompts: true } }));
    expect(await text()).not.toMatch(/storePrompts|collect-log/);
    await store.undo();
    await store.undo();
    expect(await text()).toBe(USED);
  });

  test("keeps the tokens for another name of the same account, but not that it is open", async () => {
    const store = await open(USED);
    ok(await store.updateGateway({ gateway: key, change: { gatewayName: "gw2" } }));
    const { anthropic, openai, google, openrouter } = await data();
    expect(anthropic.cloudflareGateway).toMatchObject({ gatewayName: "gw2", token: "one" });
    expect(openai.cloudflareGatewayDisabled).toMatchObject({ gatewayName: "gw2", token: "two" });
    expect(google.cloudflareGateway).toStrictEqual({ ...key, gatewayName: "gw2" });
    expect(openrouter.cloudflareGateway).toStrictEqual({ ...key, gatewayName: "gw2" });
  });

  test("stores no token for another account when none is given", async () => {
    const store = await open(USED, { mirror: true });
    ok(await store.updateGateway({ gateway: key, change: { accountId: OTHER_ACCOUNT } }));
    const now = await data();
    for (const id of users) {
      const { cloudflareGateway, cloudflareGatewayDisabled, headers } = now[id];
      expect(cloudflareGateway ?? cloudflareGatewayDisabled).not.toHaveProperty("token");
      expect(headers).toBeUndefined();
    }
  });

  test("makes blocks agree on the token of the chosen provider", async () => {
    const store = await open(USED);
    const token = { from: "provider", provider: "openai" } as const;
    const changed = ok(await store.updateGateway({ gateway: key, change: { token } }));
    expect(codes(changed)).toEqual({ openrouter: "openrouter_needs_mirror" });
    const { anthropic, openai, google } = await data();
    expect(anthropic.cloudflareGateway.token).toBe("two");
    expect(openai.cloudflareGatewayDisabled.token).toBe("two");
    expect(google.cloudflareGateway.token).toBe("two");
  });

  test("corrects the account ID when the one in the file is not valid", async () => {
    const store = await open(USED.replaceAll(ACCOUNT, "oops"));
    const gone = { accountId: "oops", gatewayName: "gw" };
    const changed = ok(
      await store.updateGateway({ gateway: gone, change: { accountId: ACCOUNT, token: TOKEN } }),
    );
    expect(changed.steps).toBe(1);
    expect((await data()).anthropic.cloudflareGateway).toMatchObject({ ...key, token: TOKEN });
  });

  test("refuses names and tokens that are not valid", async () => {
    const store = await open(USED);
    for (const [change, code] of [
      [{ accountId: "short" }, "account_id_invalid"],
      [{ gatewayName: "A B" }, "gateway_name_invalid"],
      [{ token: "a b" }, "token_invalid"],
    ] as const) {
      expect(await store.updateGateway({ gateway: key, change })).toMatchObject({
        error: { code },
      });
    }
    expect(await text()).toBe(USED);
  });

  test("changes nothing when no provider uses the gateway", async () => {
    const store = await open(USED);
    const change = { token: TOKEN };
    const changed = await store.updateGateway({ gateway: { ...key, gatewayName: "none" }, change });
    expect(changed).toMatchObject({ success: true, data: { steps: 0, changed: [], leftOut: [] } });
  });
});

test("a single switch without a token still removes it, and does not confirm an open gateway", async () => {
  const store = await open(
    `{ "xai": { "apiKey": "k", "cloudflareGateway": ${block("gw", `, "token": "t"`)} } }`,
  );
  await store.enable("xai", { accountId: ACCOUNT, gatewayName: "gw", token: null });
  expect((await data()).xai.cloudflareGateway).toStrictEqual({
    accountId: ACCOUNT,
    gatewayName: "gw",
  });
});

test("a block of an open gateway stays so through off and on, and not for another gateway", async () => {
  const store = await open(`{ "xai": { "apiKey": "k" } }`);
  ok(await store.route({ gateway: { ...gateway, token: null }, providers: named("xai") }));
  await store.disable("xai");
  await store.enable("xai", gateway);
  expect((await data()).xai.cloudflareGateway.token).toBeNull();
  await store.enable("xai", { ...gateway, gatewayName: "another" });
  expect((await data()).xai.cloudflareGateway).not.toHaveProperty("token");
});

test("names the undone change when it was a single one", async () => {
  const store = await open(`{ "xai": { "apiKey": "k" } }`);
  await store.enable("xai", gateway);
  await store.disable("xai");
  for (const action of ["disable", "enable"]) {
    const undone = await store.undo();
    expect(undone).toMatchObject({ data: { undone: { action, providers: ["xai"] } } });
  }
});
