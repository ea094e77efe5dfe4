/** When OpenAI's row says that voice input fails at its gateway. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { MuxAppName } from "../../shared/mux-route";
import { success } from "../../shared/result";
import type { Notice } from "../../shared/view";
import type { MirrorSetting } from "../mirror/mirror-setting";
import { openProvidersStore, type ProvidersStore } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const DOMAIN = "ai.example.com";
const NAMES = { accountId: ACCOUNT, gatewayName: "gw" };
const WITH_TOKEN = { cloudflareGateway: { ...NAMES, token: "secret-token-1" } };
const OPEN = { cloudflareGateway: { ...NAMES, token: null } };
const HEADERS = { headers: { "cf-aig-authorization": "Bearer secret-token-1" } };
const OTHER = { cloudflareGateway: { ...NAMES, gatewayName: "other", token: "secret-token-2" } };
const AT_GATEWAY = { apiKey: "k", baseUrl: `${GATEWAY}/openai` };

let directory: string;
const opened: ProvidersStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "voice-"));
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await removeDirectory(directory);
});

interface Home {
  readonly env?: NodeJS.ProcessEnv;
  readonly app?: MuxAppName;
  readonly mirror?: MirrorSetting;
}

async function open(home: object, { env = {}, ...options }: Home = {}): Promise<ProvidersStore> {
  const file = join(directory, "providers.jsonc");
  await writeFile(file, JSON.stringify(home));
  const log = { info: () => undefined, warn: () => undefined };
  const store = openProvidersStore({ file, env, log, ...options });
  opened.push(store);
  return store;
}

function switchable(initial: boolean): MirrorSetting {
  let isOn = initial;
  return {
    canChange: true,
    isOn: () => Promise.resolve(isOn),
    change: (on) => {
      isOn = on;
      return Promise.resolve(success(null));
    },
  };
}

async function voiceNotices(store: ProvidersStore, id = "openai"): Promise<readonly Notice[]> {
  const { view } = await store.read();
  return (view.providers.find((provider) => provider.id === id)?.notices ?? []).filter(
    ({ code }) => code === "voice_input",
  );
}

describe("the warning about voice input", () => {
  test.each<[name: string, home: object, env?: NodeJS.ProcessEnv]>([
    ["its own header has the token", { openai: { ...AT_GATEWAY, ...HEADERS } }],
    ["another provider's block has it", { openai: AT_GATEWAY, anthropic: WITH_TOKEN }],
    [
      "a disabled block has it",
      {
        openai: AT_GATEWAY,
        anthropic: { cloudflareGatewayDisabled: { ...NAMES, token: "secret-token-1" } },
      },
    ],
    [
      "another provider sends it to this gateway",
      {
        openai: AT_GATEWAY,
        xai: { apiKey: "k", baseUrl: `${GATEWAY}/grok/v1`, ...HEADERS },
      },
    ],
    [
      "the environment sets the base URL",
      { openai: { apiKey: "k" }, anthropic: WITH_TOKEN },
      { OPENAI_BASE_URL: `${GATEWAY}/openai` },
    ],
    [
      "the key is in the environment",
      { openai: { ...AT_GATEWAY, apiKey: "" }, anthropic: WITH_TOKEN },
      { OPENAI_API_KEY: "k" },
    ],
    [
      "the same gateway has a custom domain too",
      {
        openai: AT_GATEWAY,
        xai: { cloudflareGateway: { ...NAMES, host: DOMAIN, token: "secret-token-1" } },
      },
    ],
    [
      "the base URL is the domain of its block, which is not confirmed",
      {
        openai: {
          apiKey: "k",
          baseUrl: `https://${DOMAIN}/openai`,
          cloudflareGateway: { ...NAMES, host: DOMAIN, token: "secret-token-1" },
        },
      },
    ],
    [
      "mux prefers OpenRouter for chats",
      { openai: AT_GATEWAY, anthropic: WITH_TOKEN, openrouter: { apiKey: "k" } },
    ],
  ])("is shown when %s", async (_name, home, env = {}) => {
    expect(await voiceNotices(await open(home, { env }))).toHaveLength(1);
  });

  test.each<[name: string, home: object]>([
    ["no token of the gateway is known", { openai: AT_GATEWAY }],
    ["the gateway is open", { openai: { ...AT_GATEWAY, ...OPEN }, anthropic: OPEN }],
    ["only another gateway has a token", { openai: AT_GATEWAY, anthropic: OTHER }],
    ["mux calls OpenAI itself", { openai: { apiKey: "k", ...WITH_TOKEN } }],
    ["it has no key", { openai: { ...AT_GATEWAY, apiKey: "op://v/i" }, anthropic: WITH_TOKEN }],
    ["it is disabled", { openai: { ...AT_GATEWAY, enabled: false }, anthropic: WITH_TOKEN }],
    [
      "it is a custom provider",
      {
        openai: { ...AT_GATEWAY, providerType: "openai-compatible" },
        anthropic: WITH_TOKEN,
      },
    ],
    [
      "another provider sends the token elsewhere",
      { openai: AT_GATEWAY, xai: { apiKey: "k", ...HEADERS } },
    ],
  ])("is not shown when %s", async (_name, home) => {
    expect(await voiceNotices(await open(home))).toEqual([]);
  });

  test("is not shown for other providers", async () => {
    const store = await open({
      anthropic: { ...WITH_TOKEN, apiKey: "k", baseUrl: `${GATEWAY}/anthropic/v1` },
    });
    expect(await voiceNotices(store, "anthropic")).toEqual([]);
  });

  test("follows the compatibility fields, and names the app", async () => {
    const store = await open({ openai: { apiKey: "k" } }, { app: "Xum", mirror: switchable(true) });
    const enabled = await store.enable("openai", { ...NAMES, token: "secret-token-1" });
    expect(enabled.success).toBe(true);
    expect(await voiceNotices(store)).toEqual([
      {
        code: "voice_input",
        message:
          "Xum sends voice input to this gateway without its token, so voice input fails if the gateway requires one.",
      },
    ]);
    expect((await store.setMirror(false)).success).toBe(true);
    expect(await voiceNotices(store)).toEqual([]);
  });
});
