/** Keys of another host: a route needs the user's confirmation, which is stored in the file. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openCloudflareGateway, type CloudflareGateway, type GatewayOptions } from "../gateway";
import type { ProviderView } from "../../shared/view";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "gw" };
const PREFIX = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const BLOCK = `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" }`;
const BRIDGE = "https://coder.example.com/api/v2/aibridge/openai/v1";

let home: string;
const opened: CloudflareGateway[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "foreign-host-"));
});

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await removeDirectory(home);
});

async function open(
  text: string,
  options: Pick<GatewayOptions, "env" | "mirror" | "settingsFile"> = {},
): Promise<CloudflareGateway> {
  await writeFile(join(home, "providers.jsonc"), text);
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home, env: {}, log, ...options });
  opened.push(gateway);
  return gateway;
}

const text = () => readFile(join(home, "providers.jsonc"), "utf8");

async function row(gateway: CloudflareGateway, id: string): Promise<ProviderView | undefined> {
  const view = await gateway.providers();
  return view.success ? view.data.providers.find((provider) => provider.id === id) : undefined;
}

describe("a key of another host", () => {
  test.each([
    ["the setting of the log", { storePrompts: false }],
    ["the gateway's name", { gatewayName: "other" }],
    ["the token", { token: "gateway-token-1111" }],
  ])("gets no mirror when %s of its gateway changes", async (_, change) => {
    const gateway = await open(
      `{ "openai": { "apiKey": "k", "baseUrl": "${BRIDGE}", ${BLOCK} } }\n`,
      {
        mirror: true,
      },
    );
    const changed = await gateway.updateGateway({ gateway: GATEWAY, change });
    expect(changed).toMatchObject({ success: true, data: { changed: ["openai"] } });
    expect(await text()).toContain(`"baseUrl": "${BRIDGE}"`);
    expect(await text()).not.toContain(`"mirror"`);
  });

  test.each([
    ["anthropic", "https://coder.example.com/api/v2/aibridge/anthropic", "coder.example.com"],
    ["openai", BRIDGE, "coder.example.com"],
    ["xai", "https://res.services.ai.azure.com/openai/v1", "res.services.ai.azure.com"],
    ["deepseek", "https://api.other.example/api/paas/v4", "api.other.example"],
  ])("prevents %s from being enabled when no segment is given", async (id, baseUrl, host) => {
    const before = JSON.stringify({ [id]: { apiKey: "key", baseUrl } });
    const gateway = await open(before);
    expect(await row(gateway, id)).toMatchObject({ foreignHost: host, route: "direct" });
    const refused = await gateway.enable(id, GATEWAY);
    expect(refused).toMatchObject({ success: false, error: { code: "foreign_host" } });
    expect(refused.success ? "" : refused.error.message).toContain(host);
    expect(await text()).toBe(before);
  });

  test("is detected when the base URL is in the environment", async () => {
    const gateway = await open(`{ "openai": { "apiKey": "key" } }`, {
      env: { OPENAI_BASE_URL: BRIDGE },
    });
    expect(await row(gateway, "openai")).toMatchObject({
      foreignHost: "coder.example.com",
      baseUrlFromEnvironment: true,
    });
    expect(await gateway.enable("openai", GATEWAY)).toMatchObject({
      error: { code: "foreign_host" },
    });
    const custom = await gateway.enable("openai", { ...GATEWAY, segment: "custom-bridge" });
    expect(custom.success).toBe(true);
    expect((await row(gateway, "openai"))?.baseUrl).toBe(
      `${PREFIX}/custom-bridge/api/v2/aibridge/openai/v1`,
    );
  });

  test.each([
    ["openai", `${PREFIX}/openai`],
    ["custom-bridge", `${PREFIX}/custom-bridge/api/v2/aibridge/openai/v1`],
  ])("is routed when the segment is %s", async (segment, url) => {
    const gateway = await open(`{ "openai": { "apiKey": "key", "baseUrl": "${BRIDGE}" } }`, {
      mirror: true,
    });
    expect((await gateway.enable("openai", { ...GATEWAY, segment })).success).toBe(true);
    expect(await text()).toContain(`"segment": "${segment}"`);
    expect(await row(gateway, "openai")).toMatchObject({ route: "gateway", baseUrl: url });
    expect((await gateway.disable("openai")).success).toBe(true);
    expect((await gateway.enable("openai", GATEWAY)).success).toBe(true);
    expect(await row(gateway, "openai")).toMatchObject({ baseUrl: url, notices: [] });
  });

  test("shows a warning when an old block routes it", async () => {
    const before = `{ "openai": { "apiKey": "key", "baseUrl": "${BRIDGE}", ${BLOCK} } }`;
    const gateway = await open(before);
    const shown = await row(gateway, "openai");
    expect(shown).toMatchObject({ route: "gateway", baseUrl: `${PREFIX}/openai` });
    expect(shown?.notices.map(({ code }) => code)).toEqual(["foreign_host"]);
    expect((await gateway.languageModel("openai:gpt-5.4-nano")).success).toBe(true);
    const moved = await gateway.enable("openai", { ...GATEWAY, gatewayName: "other" });
    expect(moved).toMatchObject({ error: { code: "foreign_host" } });
    expect(await text()).toBe(before);
    expect((await gateway.enable("openai", { ...GATEWAY, segment: "openai" })).success).toBe(true);
    expect((await row(gateway, "openai"))?.notices).toEqual([]);
  });

  test("keeps an old block without a mirror when all blocks are mirrored", async () => {
    const before = `{ "openai": { "apiKey": "key", "baseUrl": "${BRIDGE}", ${BLOCK} },
      "xai": { "apiKey": "key", ${BLOCK} } }`;
    const gateway = await open(before, { settingsFile: join(home, "settings.json") });
    expect((await gateway.setMirror(true)).success).toBe(true);
    expect(await text()).toContain(`"baseUrl": "${PREFIX}/grok/v1"`);
    expect(await text()).toContain(
      `"openai": { "apiKey": "key", "baseUrl": "${BRIDGE}", ${BLOCK} }`,
    );
    expect((await row(gateway, "openai"))?.notices.map(({ code }) => code)).toEqual([
      "foreign_host",
    ]);
    expect((await gateway.enable("openai", { ...GATEWAY, segment: "openai" })).success).toBe(true);
    expect(await text()).toContain(`"baseUrl": "${PREFIX}/openai"`);
  });

  test("needs its segment when a gateway base URL becomes a block", async () => {
    const gateway = await open(`{ "openai": { "apiKey": "key", "baseUrl": "${PREFIX}/openai" } }`, {
      env: { OPENAI_BASE_URL: BRIDGE },
    });
    expect(await row(gateway, "openai")).toMatchObject({ foreignHost: null });
    expect((await gateway.fix("openai", "adopt_gateway")).success).toBe(true);
    expect(await text()).toContain(`"segment": "openai"`);
    const notices = (await row(gateway, "openai"))?.notices.map(({ code }) => code);
    expect(notices).not.toContain("foreign_host");
  });

  test("is detected when a disabled block has leftover fields", async () => {
    const gateway = await open(`{ "openai": { "apiKey": "key", "baseUrl": "${PREFIX}/openai",
      "cloudflareGatewayDisabled": { "accountId": "${ACCOUNT}", "gatewayName": "gw",
        "mirror": ["baseUrl"], "directBaseUrl": "${BRIDGE}" } } }`);
    expect(await row(gateway, "openai")).toMatchObject({ foreignHost: "coder.example.com" });
    expect(await gateway.enable("openai", GATEWAY)).toMatchObject({
      error: { code: "foreign_host" },
    });
  });
});

describe("a custom provider under a built-in key", () => {
  const custom = (id: string, more = "") =>
    `{ "${id}": { "providerType": "openai-compatible", "displayName": "Ours",
      "baseUrl": "https://llm.example.com/v1"${more} } }`;

  test.each(["openai", "deepseek", "coder", "ollama", "bedrock", "openrouter"])(
    "uses its own name, key, URL and segment when its key is %s",
    async (id) => {
      const env = {
        OPENAI_API_KEY: "other",
        DEEPSEEK_API_KEY: "other",
        OPENROUTER_API_KEY: "other",
      };
      const gateway = await open(custom(id), { env });
      const view = await gateway.providers();
      const rows = view.success ? view.data.providers.filter((each) => each.id === id) : [];
      expect(rows).toMatchObject([
        {
          name: "Ours",
          kind: "custom",
          keySource: "none",
          unroutable: null,
          foreignHost: null,
          directBaseUrl: "https://llm.example.com/v1",
        },
      ]);
      expect(await gateway.enable(id, GATEWAY)).toMatchObject({
        error: { code: "segment_required" },
      });
      const routed = await gateway.enable(id, { ...GATEWAY, segment: "custom-ours" });
      expect(routed.success).toBe(true);
      expect((await row(gateway, id))?.baseUrl).toBe(`${PREFIX}/custom-ours/v1`);
    },
  );

  test("is called with its own key when it has a built-in key", async () => {
    const calls: { readonly url: string; readonly key: string | null }[] = [];
    await writeFile(join(home, "providers.jsonc"), custom("anthropic", `, "apiKey": "own"`));
    const gateway = openCloudflareGateway({
      home,
      env: { ANTHROPIC_API_KEY: "other", ANTHROPIC_BASE_URL: "https://elsewhere.example" },
      log: { info: () => undefined, warn: () => undefined },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        calls.push({ url: request.url, key: request.headers.get("authorization") });
        return new Response("{}", { status: 404 });
      },
    });
    opened.push(gateway);
    await gateway.test("anthropic", { model: "small" });
    expect(calls).toEqual([
      { url: "https://llm.example.com/v1/chat/completions", key: "Bearer own" },
    ]);
  });
});
