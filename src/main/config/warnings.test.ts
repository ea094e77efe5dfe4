/** Warnings about a file and its surroundings, and the text that each fix writes. */
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { MuxAppName } from "../../shared/mux-route";
import type { FixCode, Notice, ProviderView } from "../../shared/view";
import { openProvidersStore, type ProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const BLOCK = `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" }`;

let directory: string;
let file: string;
const opened: ProvidersStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "warnings-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await removeDirectory(directory);
});

async function open(
  text: string,
  env: NodeJS.ProcessEnv = {},
  app: MuxAppName = "mux",
): Promise<ProvidersStore> {
  await mkdir(directory, { recursive: true });
  await writeFile(file, text);
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env, app, log });
  opened.push(store);
  return store;
}

async function row(store: ProvidersStore, id: string): Promise<ProviderView | undefined> {
  return (await store.read()).view.providers.find((provider) => provider.id === id);
}

async function notices(text: string, id = "openai", env: NodeJS.ProcessEnv = {}) {
  const found: readonly Notice[] = (await row(await open(text, env), id))?.notices ?? [];
  return found.map(({ code, fix }) => (fix === undefined ? code : `${code} → ${fix}`));
}

/** The text after the fix, or the error code. */
async function fixed(text: string, provider: string, fix: FixCode): Promise<string> {
  const result = await (await open(text)).fix(provider, fix);
  return result.success ? readFile(file, "utf8") : result.error.code;
}

const openai = (inside: string, block = BLOCK) => `{ "openai": { ${inside}, ${block} } }`;
const login = `"codexOauth": { "access": "secret" }`;

describe("a Codex login", () => {
  test.each([
    ["with a key", openai(`"apiKey": "k", ${login}`), ["codex_login → use_api_key_auth"]],
    ["without a key", openai(login), ["codex_login"]],
    [
      "that is preferred",
      openai(`"apiKey": "k", ${login}, "codexOauthDefaultAuth": "oauth"`),
      ["codex_login → use_api_key_auth"],
    ],
    ["that is not used", openai(`${login}, "codexOauthDefaultAuth": "apiKey"`), []],
    ["among several", openai(`"codexOauthAccounts": [{}]`), ["codex_login"]],
    ["that is null", openai(`"codexOauth": null`), []],
    ["while direct", `{ "openai": { "apiKey": "k", ${login} } }`, []],
    [
      "while routed by hand",
      `{ "openai": { "apiKey": "k", "baseUrl": "${GATEWAY}/openai", ${login} } }`,
      ["gateway_base_url → adopt_gateway", "codex_login → use_api_key_auth"],
    ],
  ])("has the expected warnings %s", async (_which, text, expected) => {
    expect(await notices(text)).toEqual(expected);
  });

  test("is no longer preferred when the fix is applied", async () => {
    const text = `{
  "openai": {
    "apiKey": "k", // mine
    "codexOauthDefaultAuth": "oauth", // from mux
    ${login},
    ${BLOCK}
  }
}
`;
    expect(await fixed(text, "openai", "use_api_key_auth")).toBe(
      text.replace(`"oauth", // from`, `"apiKey", // from`),
    );
  });
});

describe("a misspelled base URL on the gateway's host", () => {
  const spellings = [
    GATEWAY.replace("https:", "http:"),
    GATEWAY.replace(".com/", ".com./"),
    GATEWAY.replace(".com/", ".com:8443/"),
  ];
  const written = (url: string) => `{ "openai": { "apiKey": "k", "baseUrl": "${url}/openai" } }`;

  test.each(spellings)("has a warning with a fix when it is %s", async (url) => {
    expect(await notices(written(url))).toEqual(["gateway_address_wrong → adopt_gateway"]);
    expect(await row(await open(written(url)), "openai")).toMatchObject({
      gatewayByHand: { accountId: ACCOUNT, gatewayName: "gw" },
    });
  });

  test("has a warning without a fix when its path is incomplete", async () => {
    for (const rest of [
      "",
      "/v1",
      `/v1/${ACCOUNT}`,
      `/v1/${ACCOUNT}/gw`,
      `/v1/${ACCOUNT}/GW/openai`,
    ]) {
      const text = `{ "openai": { "apiKey": "k", "baseUrl": "https://gateway.ai.cloudflare.com${rest}" } }`;
      const found = await notices(text);
      expect(found).toEqual(["gateway_address_wrong"]);
    }
  });

  test.each(spellings)("becomes a block when its fix is applied to %s", async (url) => {
    const text = await fixed(written(url), "openai", "adopt_gateway");
    expect(JSON.parse(text)).toEqual({
      openai: { apiKey: "k", cloudflareGateway: { accountId: ACCOUNT, gatewayName: "gw" } },
    });
  });

  test("is reported with its variable when it is in the environment", async () => {
    const env = { OPENAI_BASE_URL: `${spellings[0]}/openai` };
    expect(await notices(`{ "openai": { "apiKey": "k" } }`, "openai", env)).toEqual([
      "environment_base_url",
      "gateway_address_wrong",
    ]);
  });
});

describe("a WebSocket", () => {
  const socket = `"webSocketTransportEnabled": true /* fast */`;
  const byHand = (path: string) =>
    `{ "openai": { "apiKey": "k", "baseUrl": "${GATEWAY}/${path}", ${socket} } }`;

  test("has a warning and a fix when mux opens it at the gateway", async () => {
    const warnings = ["gateway_base_url", "websocket_transport → disable_websocket"];
    const text = byHand("openai/v1");
    expect(await notices(text)).toEqual(warnings);
    expect(await fixed(text, "openai", "disable_websocket")).toBe(text.replace("true", "false"));
  });

  test.each([
    ["at the address that the mirror writes", byHand("openai"), "openai"],
    ["while the block decides", openai(socket), "openai"],
    ["turned off", byHand("openai/v1").replace("true", "false"), "openai"],
    [
      "not used for chat completions",
      byHand("openai/v1").replace("}", `, "wireFormat": "chatCompletions" }`),
      "openai",
    ],
    ["of another provider", `{ "anthropic": { ${socket}, ${BLOCK} } }`, "anthropic"],
  ])("has no warning when it is %s", async (_name, text, id) => {
    expect(await notices(text, id)).not.toContainEqual(expect.stringContaining("websocket"));
  });
});

test("warns about the request body and its token when OpenRouter is routed", async () => {
  const withToken = BLOCK.replace(" }", `, "token": "t-1" }`);
  const messages = async (inside: string) =>
    (await row(await open(`{ "openrouter": { ${inside} } }`), "openrouter"))?.notices.map(
      ({ message }) => message.includes("token"),
    );
  expect(await messages(BLOCK)).toEqual([false]);
  expect(await messages(withToken)).toEqual([true]);
  expect(await messages(withToken.replace("Gateway", "GatewayDisabled"))).toEqual([true]);
  expect(await messages(BLOCK.replace("Gateway", "GatewayDisabled"))).toEqual([false]);
});

test("offers to remove OpenRouter's disabled settings, which mux sends", async () => {
  const off = BLOCK.replace("Gateway", "GatewayDisabled");
  const text = `{ "openrouter": { "apiKey": "k", ${off} } }`;
  expect(await notices(text, "openrouter")).toEqual(["openrouter_body → remove_disabled_block"]);
  expect(await fixed(text, "openrouter", "remove_disabled_block")).toBe(
    `{ "openrouter": { "apiKey": "k" } }`,
  );
  const on = `{ "openrouter": { "apiKey": "k", ${BLOCK} } }`;
  expect(await fixed(on, "openrouter", "remove_disabled_block")).toBe("fix_unavailable");
  const other = `{ "anthropic": { "apiKey": "k", ${off} } }`;
  expect(await fixed(other, "anthropic", "remove_disabled_block")).toBe("fix_unavailable");
});

describe("an aggregator", () => {
  const routed = `{ "anthropic": { ${BLOCK} }, `;
  test.each([
    ["OpenRouter with a key", `${routed}"openrouter": { "apiKey": "k" } }`, {}, true],
    ["OpenRouter without a key", `${routed}"openrouter": { "models": [] } }`, {}, false],
    [
      "OpenRouter, disabled",
      `${routed}"openrouter": { "apiKey": "k", "enabled": false } }`,
      {},
      false,
    ],
    ["OpenRouter's key elsewhere", `${routed} }`, { OPENROUTER_API_KEY: "k" }, true],
    ["Bedrock", `${routed}"bedrock": { "region": "eu-west-1", "bearerToken": "t" } }`, {}, true],
    ["Bedrock without credentials", `${routed}"bedrock": { "region": "eu-west-1" } }`, {}, false],
    [
      "models of a direct provider",
      `{ "anthropic": {}, "openrouter": { "apiKey": "k" } }`,
      {},
      false,
    ],
  ])("is reported only when it is usable: %s", async (_which, text, env, expected) => {
    expect(await notices(text, "anthropic", env)).toEqual(expected ? ["aggregator"] : []);
  });

  test.each([
    [`{ "routePriority": ["direct"] }`, []],
    [`{ "routePriority": ["openrouter", "direct"] }`, ["aggregator"]],
    [`{ "routePriority": "direct" }`, ["aggregator"]],
    [`{ "routePriority": [`, ["aggregator"]],
    [`null`, ["aggregator"]],
  ])("is reported unless routePriority is direct: %s", async (config, expected) => {
    await writeFile(join(directory, "config.json"), config);
    const text = `${routed}"openrouter": { "apiKey": "k" } }`;
    expect(await notices(text, "anthropic")).toEqual(expected);
    expect(await readFile(join(directory, "config.json"), "utf8")).toBe(config);
  });

  test("is no longer reported when mux's settings change", async () => {
    const store = await open(`${routed}"openrouter": { "apiKey": "k" } }`);
    expect((await row(store, "anthropic"))?.notices).toHaveLength(1);
    const noticeCount = new Promise<number | undefined>((resolve) => {
      store.onChange(({ providers }) =>
        resolve(providers.find(({ id }) => id === "anthropic")?.notices.length),
      );
    });
    // The store reads the first state before this change.
    await store.read();
    await writeFile(join(directory, "config.json"), `{ "routePriority": ["direct"] }`);
    expect(await noticeCount).toBe(0);
  });
});

describe("a base URL that already points to a gateway", () => {
  test("is shown as that gateway when it is in the file or the environment", async () => {
    const hand = `{ "openai": { "baseURL": "${GATEWAY}/openai" } }`;
    expect(await row(await open(hand), "openai")).toMatchObject({
      route: "direct",
      gateway: null,
      gatewayByHand: { accountId: ACCOUNT, gatewayName: "gw" },
      baseUrl: `${GATEWAY}/openai`,
    });
    const store = await open("{}", { OPENAI_BASE_URL: `${GATEWAY}/openai` });
    expect(await row(store, "openai")).toMatchObject({
      gatewayByHand: { gatewayName: "gw" },
      notices: [{ code: "environment_base_url" }],
    });
    expect(await row(await open(openai(`"baseUrl": "${GATEWAY}/openai"`)), "openai")).toMatchObject(
      { route: "gateway", gatewayByHand: null },
    );
  });

  test("becomes a block with the same URL when its fix is applied", async () => {
    const text = `{
  "openai": {
    "baseUrl": "${GATEWAY}/openai/", // by hand
    "apiKey": "k",
    "headers": {
      "X-Mine": "1", // kept
      "CF-AIG-Authorization": "Bearer token-1"
    }
  }
}
`;
    expect(await notices(text)).toEqual(["gateway_base_url → adopt_gateway", "voice_input"]);
    const after = await fixed(text, "openai", "adopt_gateway");
    expect(after).toBe(`{
  "openai": {
    // by hand
    "apiKey": "k",
    "headers": {
      "X-Mine": "1" // kept
    },
    "cloudflareGateway": {
      "accountId": "${ACCOUNT}",
      "gatewayName": "gw",
      "token": "token-1"
    }
  }
}
`);
    expect(await row(await open(after), "openai")).toMatchObject({
      route: "gateway",
      baseUrl: `${GATEWAY}/openai`,
      notices: [],
    });
    const undone = await open(text);
    await undone.fix("openai", "adopt_gateway");
    expect((await undone.undo()).success).toBe(true);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  test("replaces the disabled block when there is one", async () => {
    const off = `"cloudflareGatewayDisabled": { "accountId": "x", "gatewayName": "y", "segment": "custom-z", "note": 1 }`;
    expect(
      await fixed(
        `{ "anthropic": { "baseUrl": "${GATEWAY}/anthropic", ${off} } }`,
        "anthropic",
        "adopt_gateway",
      ),
    ).toBe(
      `{ "anthropic": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "note": 1 } } }`,
    );
    expect(
      await fixed(
        `{ "moonshotai": { "baseUrl": "${GATEWAY}/custom-moon/v1" } }`,
        "moonshotai",
        "adopt_gateway",
      ),
    ).toContain(`"segment": "custom-moon"`);
  });

  test.each([
    ["another path", "google", `"baseUrl": "${GATEWAY}/google-ai-studio"`],
    ["a query", "openai", `"baseUrl": "${GATEWAY}/openai?a=b"`],
    ["another segment's path", "anthropic", `"baseUrl": "${GATEWAY}/anthropic/v2"`],
    [
      "a header that is not a token",
      "openai",
      `"baseUrl": "${GATEWAY}/openai", "headers": { "cf-aig-authorization": "Basic x" }`,
    ],
    [
      "two such headers",
      "openai",
      `"baseUrl": "${GATEWAY}/openai", "headers": { "cf-aig-authorization": "Bearer x", "Cf-Aig-Authorization": "Bearer y" }`,
    ],
    [
      "a token that OpenRouter would be sent",
      "openrouter",
      `"baseUrl": "${GATEWAY}/openrouter/v1", "headers": { "cf-aig-authorization": "Bearer x" }`,
    ],
  ])("has no fix when it has %s", async (_what, provider, inside) => {
    const text = `{ "${provider}": { ${inside} } }`;
    expect(await notices(text, provider)).toEqual(["gateway_base_url"]);
    expect(await fixed(text, provider, "adopt_gateway")).toBe("fix_unavailable");
    expect(await readFile(file, "utf8")).toBe(text);
  });

  test("restores the base URL of a custom provider on a known segment when it is adopted", async () => {
    const text = `{ "groq": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "${GATEWAY}/groq" } }`;
    expect(await notices(text, "groq")).toEqual(["gateway_base_url → adopt_gateway"]);
    const after = await fixed(text, "groq", "adopt_gateway");
    expect(after).toBe(
      `{ "groq": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://api.groq.com/openai/v1", "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" } } }`,
    );
    expect(await row(await open(after), "groq")).toMatchObject({
      route: "gateway",
      baseUrl: `${GATEWAY}/groq`,
      directBaseUrl: "https://api.groq.com/openai/v1",
    });
  });

  test("has no fix when it hides the host of a custom provider", async () => {
    const text = `{ "mine": { "providerType": "openai-compatible", "baseUrl": "${GATEWAY}/custom-mine/v1" } }`;
    expect(await notices(text, "mine")).toEqual(["gateway_base_url"]);
  });
});

test("refuses a fix when the setting has changed or does not exist", async () => {
  const text = openai(`"webSocketTransportEnabled": true`);
  const store = await open(text);
  const seen = (await row(store, "openai"))?.mark ?? "";
  await writeFile(file, text.replace(`"gw"`, `"gw2"`));
  const answer = await store.fix("openai", "disable_websocket", { seen });
  expect(answer).toMatchObject({
    error: { code: "conflict", conflict: { file: { gatewayName: "gw2" } } },
  });
  expect(await fixed("{}", "openai", "disable_websocket")).toBe("fix_unavailable");
});

test("warns about a base URL that mux cannot use when the provider is direct", async () => {
  const written = (baseUrl: string) => `{ "openai": { "apiKey": "k", ${baseUrl} } }`;
  for (const faulty of [`"baseUrl": " https://h.example/v1"`, `"baseURL": ""`]) {
    expect(await notices(written(faulty))).toEqual(["base_url_faulty"]);
    expect(await notices(openai(`"apiKey": "k", ${faulty}`))).not.toContain("base_url_faulty");
  }
  expect(await notices(written(`"baseUrl": ""`))).toEqual([]);
});

test("names the app of the home in use in every warning that names one", async () => {
  const text = JSON.stringify({
    openai: {
      apiKey: "k",
      baseUrl: `${GATEWAY}/openai/v1`,
      headers: { "cf-aig-authorization": "Bearer secret-token-1" },
      webSocketTransportEnabled: true,
      codexOauth: { access: "secret" },
    },
    openrouter: { apiKey: "k", cloudflareGateway: { accountId: ACCOUNT, gatewayName: "gw" } },
    xai: { apiKey: "k", baseUrl: " https://h.example/v1" },
    deepseek: 1,
  });
  const store = await open(text.replace(/}$/, `, "google": {}, "google": {} }`), {}, "Xum");
  const all = (await store.read()).view.providers.flatMap(({ notices: found }) => found);
  expect([...new Set(all.map(({ code }) => code))].sort()).toEqual([
    "aggregator",
    "base_url_faulty",
    "codex_login",
    "duplicate_provider",
    "gateway_base_url",
    "openrouter_body",
    "provider_not_object",
    "voice_input",
    "websocket_transport",
  ]);
  expect(all.filter(({ message }) => /\bmux\b/.test(message))).toEqual([]);
  expect(all.filter(({ message }) => /\bXum\b/.test(message)).length).toBeGreaterThan(5);
});
