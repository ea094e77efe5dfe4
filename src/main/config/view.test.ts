import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";

import { CERTIFICATES_UNCHECKED } from "../../shared/certificate-check";
import type { ProvidersView, ProviderView } from "../../shared/view";
import { DEFAULT_MUX_SETTINGS } from "../mux/mux-settings";
import { snapshotOf, type Snapshot } from "./snapshot";
import { viewOf } from "./view";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";
const G = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const BLOCK = `{ "accountId": "${ACCOUNT}", "gatewayName": "gw" }`;
const markKey = randomBytes(32);

function viewText(text: string, env: NodeJS.ProcessEnv = {}): ProvidersView {
  return viewSnapshot(snapshotOf({ success: true, data: Buffer.from(text) }, "file"), env);
}

function viewSnapshot(
  { document, providers }: Snapshot,
  env: NodeJS.ProcessEnv = {},
): ProvidersView {
  return viewOf({
    version: { store: "s", number: 1 },
    file: "file",
    shownFile: "/home/ana/.mux/providers.jsonc",
    canOpenFile: false,
    otherFile: null,
    exists: true,
    holdsApiToken: false,
    accountChanges: 0,
    problem: document.success ? null : document.error,
    providers,
    env,
    mux: DEFAULT_MUX_SETTINGS,
    withoutKey: new Set(),
    app: "mux",
    domains: [],
    mirror: { on: false, canChange: false },
    undoSteps: 0,
    made: 0,
    markKey,
  });
}

function row(
  text: string,
  id = "anthropic",
  env: NodeJS.ProcessEnv = {},
): ProviderView | undefined {
  return viewText(text, env).providers.find((provider) => provider.id === id);
}

const custom = (inside: string) => `{ "mine": { "providerType": "openai-compatible", ${inside} } }`;

describe("the list", () => {
  test("has mux's providers in mux's order, then the custom ones in the file's", () => {
    const { providers } = viewText(`{
      "zeta": { "providerType": "openai-compatible", "displayName": "Zeta" },
      "xai": {},
      "no-provider": { "apiKey": "k" },
      "openai-like": { "providerType": "something-else" },
      "__proto__": { "providerType": "openai-compatible" },
    }`);
    expect(providers.map(({ id }) => id).join(" ")).toBe(
      "mux-gateway anthropic openai google xai deepseek moonshotai openrouter github-copilot coder bedrock ollama zeta __proto__",
    );
    expect(providers.filter(({ inFile }) => inFile).map(({ name }) => name)).toEqual([
      "xAI",
      "Zeta",
      "__proto__",
    ]);
  });

  test("is complete when the file is empty or cannot be read", () => {
    expect(viewText("").providers).toHaveLength(12);
    expect(viewText("\0").providers).toHaveLength(12);
    expect(viewText("\0").problem?.code).toBe("file_not_utf8");
  });

  test("shows the recognizable providers and the place of the error when the file is broken", () => {
    const view = viewText(
      `{\n  "anthropic": { "cloudflareGateway": ${BLOCK}, "apiKey": "k" }\n  "xai": {}\n}`,
    );
    expect(view.problem).toMatchObject({ code: "file_invalid", line: 3, column: 3 });
    expect(view.providers.find(({ id }) => id === "anthropic")).toMatchObject({
      inFile: true,
      route: "gateway",
      keySource: "file",
    });
  });
});

describe("a row", () => {
  test("warns once when the environment turns off the check of certificates", () => {
    expect(viewText("{}").warnings).toEqual([]);
    expect(viewText("{}", { NODE_TLS_REJECT_UNAUTHORIZED: "1" }).warnings).toEqual([]);
    expect(viewText("{}", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }).warnings).toEqual([
      { code: "certificates_unchecked", message: CERTIFICATES_UNCHECKED },
    ]);
  });

  test("shows the URLs when requests use the gateway and when they do not", () => {
    expect(row(`{ "anthropic": { "cloudflareGateway": ${BLOCK} } }`)).toMatchObject({
      route: "gateway",
      gateway: { accountId: ACCOUNT, gatewayName: "gw", segment: null, hasToken: false },
      baseUrl: `${G}/anthropic/v1`,
      directBaseUrl: "https://api.anthropic.com/v1",
      notices: [],
    });
    expect(row(`{ "anthropic": { "cloudflareGatewayDisabled": ${BLOCK} } }`)).toMatchObject({
      route: "direct",
      gateway: { accountId: ACCOUNT, gatewayName: "gw" },
      baseUrl: "https://api.anthropic.com/v1",
    });
    expect(row("{}")).toMatchObject({ route: "direct", gateway: null, inFile: false });
  });

  test("shows base URLs without user, password, query and fragment", () => {
    const dirty = "https://user:secret@llm.example.com:8443/api?key=secret#secret";
    expect(row(custom(`"baseUrl": "${dirty}"`), "mine")?.baseUrl).toBe(
      "https://llm.example.com:8443/api",
    );
    expect(row(custom(`"baseUrl": "secret"`), "mine")).toMatchObject({
      baseUrl: null,
      directBaseUrl: null,
      unroutable: "bad-base-url",
    });
    expect(row(custom(`"baseUrl": "https://llm.example.com"`), "mine")?.baseUrl).toBe(
      "https://llm.example.com/v1",
    );
  });

  test("shows the source of the key when there is one", () => {
    expect(row(`{ "anthropic": { "apiKey": "k" } }`)?.keySource).toBe("file");
    expect(
      row(`{ "anthropic": { "apiKey": "op://vault/key", "apiKeyFile": "~/key" } }`)?.keySource,
    ).toBe("key-file");
    expect(row("{}", "anthropic", { ANTHROPIC_AUTH_TOKEN: "k" })?.keySource).toBe("environment");
    expect(row("{}")?.keySource).toBe("none");
  });

  test("shows the reason when a provider cannot be routed", () => {
    expect(row("{}", "ollama")?.unroutable).toBe("local");
    expect(row("{}", "bedrock")?.unroutable).toBe("signed");
    expect(row(custom(`"baseUrl": "http://192.168.1.2/v1"`), "mine")?.unroutable).toBe("local");
    expect(row("{}")?.unroutable).toBeNull();
  });

  test("knows mux's switch in both its spellings", () => {
    for (const off of [`false`, `"false"`]) {
      expect(row(`{ "anthropic": { "enabled": ${off} } }`)?.enabled).toBe(false);
    }
    expect(row(`{ "anthropic": { "enabled": 0 } }`)?.enabled).toBe(true);
  });

  test("lists the models, written either way", () => {
    const models = `["a", { "id": "b", "contextWindow": 1 }, 3, null, { "name": "c" }, ""]`;
    expect(row(`{ "anthropic": { "models": ${models} } }`)?.models).toEqual(["a", "b"]);
    expect(row(`{ "anthropic": { "models": "a" } }`)?.models).toEqual([]);
  });

  test("ignores members when their kind is unexpected", () => {
    const odd = `{ "anthropic": { "apiKey": 1, "baseUrl": [], "models": {}, "headers": null, "cloudflareGateway": { "accountId": 12, "token": {} } } }`;
    expect(row(odd)).toMatchObject({
      keySource: "none",
      route: "gateway",
      baseUrl: null,
      gateway: { accountId: "", gatewayName: "", hasToken: false },
      notices: [{ code: "block_incomplete" }],
    });
  });
});

describe("a notice", () => {
  const codes = (text: string, env?: NodeJS.ProcessEnv) =>
    row(text, "anthropic", env)?.notices.map(({ code, message }) => [code, message] as const) ?? [];

  test("lists the lines when a provider appears more than once", () => {
    const [[code, message] = []] = codes(
      `{\n"anthropic": {},\n"anthropic": {},\n"anthropic": {}\n}`,
    );
    expect(code).toBe("duplicate_provider");
    expect(message).toContain("3 times in the file (lines 2, 3, and 4)");
  });

  test("is shown when a provider is not an object", () => {
    expect(codes(`{\n"anthropic": "sk-secret" }`)).toEqual([
      ["provider_not_object", expect.stringContaining("line 2")],
    ]);
  });

  test("is shown with the last block when a block appears twice", () => {
    const twice = `{ "anthropic": {\n"cloudflareGateway": {},\n"cloudflareGateway": ${BLOCK} } }`;
    expect(codes(twice)).toEqual([["duplicate_block", expect.stringContaining("lines 2 and 3")]]);
    expect(row(twice)?.gateway?.accountId).toBe(ACCOUNT);
  });

  test("is shown without a route when a block is not an object", () => {
    const odd = `{ "anthropic": { "cloudflareGateway": "sk-secret" } }`;
    expect(codes(odd)).toEqual([["block_not_object", expect.not.stringContaining("secret")]]);
    expect(row(odd)).toMatchObject({ route: "direct", gateway: null });
  });

  test("is shown when a provider has an active and a disabled block", () => {
    const both = `{ "anthropic": { "cloudflareGatewayDisabled": {}, "cloudflareGateway": ${BLOCK} } }`;
    expect(codes(both).map(([code]) => code)).toEqual(["both_blocks"]);
    expect(row(both)).toMatchObject({ route: "gateway", gateway: { gatewayName: "gw" } });
  });

  test("describes the error when a block has no valid URL", () => {
    const [[code, message] = []] = codes(
      `{ "anthropic": { "cloudflareGateway": { "accountId": "abc" } } }`,
    );
    expect(code).toBe("block_incomplete");
    expect(message).toContain("3 characters instead of 32");
  });

  test("names the variable but not its value when the environment sets a base URL", () => {
    const [[code, message] = []] = codes("{}", {
      ANTHROPIC_BASE_URL: "https://secret.example.com",
    });
    expect(code).toBe("environment_base_url");
    expect(message).toContain("ANTHROPIC_BASE_URL");
    expect(message).not.toContain("secret");
  });
});

test("shows no secret when the file has one in any place", () => {
  const secrets = ["s3cret-a", "s3cret-b", "s3cret-c", "s3cret-d", "s3cret-e", "s3cret-f"];
  const text = `{
    // s3cret-a
    "anthropic": { "apiKey": "s3cret-b", "headers": { "x": "s3cret-c" }, "unknown": "s3cret-d",
      "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": "s3cret-e", "note": "s3cret-f" } },
    "mine": { "providerType": "openai-compatible", "apiKey": "s3cret-b", "baseUrl": "https://s3cret-a:s3cret-b@x.example/?k=s3cret-c" },
  }`;
  for (const shown of [text, text.replace("// s3cret-a", "s3cret-a")]) {
    const view = JSON.stringify(viewText(shown, { OPENAI_API_KEY: "s3cret-d" }));
    for (const secret of secrets) expect(view).not.toContain(secret);
    expect(view).toContain(ACCOUNT);
  }
});

describe("a mark", () => {
  const markOf = (inside: string) => row(`{ "anthropic": { ${inside} } }`)?.mark;
  const on = (inside: string) => markOf(`"cloudflareGateway": { "accountId": "a", ${inside} }`);

  test("changes when any part of the block changes, including its token", () => {
    const marks = [
      markOf(""),
      markOf(`"cloudflareGateway": {}`),
      markOf(`"cloudflareGatewayDisabled": {}`),
      on(`"token": "1"`),
      on(`"token": "2"`),
      on(`"segment": "1"`),
      on(`"unknown": "1"`),
    ];
    expect(new Set(marks).size).toBe(marks.length);
  });

  test("does not change when only other members or the layout of the block change", () => {
    expect(on(`"token": "1"`)).toBe(on(`\n /* c */ "token" : "\\u0031",`));
    expect(markOf(`"apiKey": "1", "cloudflareGateway": {}`)).toBe(
      markOf(`"cloudflareGateway": { }, "apiKey": "2"`),
    );
  });

  test("is another one under another key, so that a token cannot be guessed from it", () => {
    const { document, providers } = snapshotOf(
      { success: true, data: Buffer.from(`{ "anthropic": { "cloudflareGateway": {} } }`) },
      "file",
    );
    const under = (key: Buffer) =>
      viewOf({
        version: { store: "s", number: 1 },
        file: "f",
        shownFile: "~/.mux/providers.jsonc",
        canOpenFile: false,
        otherFile: null,
        exists: true,
        holdsApiToken: false,
        accountChanges: 0,
        problem: document.success ? null : document.error,
        providers,
        env: {},
        mux: DEFAULT_MUX_SETTINGS,
        withoutKey: new Set(),
        app: "mux",
        domains: [],
        mirror: { on: false, canChange: false },
        undoSteps: 0,
        made: 0,
        markKey: key,
      }).providers[1]?.mark;
    expect(under(randomBytes(32))).not.toBe(under(randomBytes(32)));
  });
});

test("the usual gateway is the one that most routed providers have", () => {
  const block = (account: string, name: string) =>
    `{ "cloudflareGateway": { "accountId": "${account}", "gatewayName": "${name}" } }`;
  expect(viewText("{}").usual).toBeNull();
  expect(
    viewText(`{
      "anthropic": ${block(OTHER, "one")},
      "openai": ${block(ACCOUNT, "two")},
      "google": ${block(ACCOUNT, "two")},
      "xai": { "cloudflareGatewayDisabled": { "accountId": "${OTHER}", "gatewayName": "one" } },
      "deepseek": { "cloudflareGatewayDisabled": { "accountId": "${OTHER}", "gatewayName": "one" } },
      "openrouter": { "cloudflareGateway": {} },
    }`).usual,
  ).toEqual({ accountId: ACCOUNT, gatewayName: "two" });
});

test("a base URL is shown without a key in its path, direct and behind a gateway", () => {
  const url = `"baseUrl": "https://llm.example.com/sk-canary-in-the-path/v1"`;
  expect(row(custom(url), "mine")).toMatchObject({
    baseUrl: "https://llm.example.com/redacted/v1",
    directBaseUrl: "https://llm.example.com/redacted/v1",
  });
  const block = `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "segment": "custom-mine" }`;
  const text = custom(`${url}, ${block}`);
  expect(row(text, "mine")?.baseUrl).toBe(`${G}/custom-mine/redacted/v1`);
  expect(JSON.stringify(viewText(text))).not.toContain("canary");
});

test("counts providers that are enabled, have a key and can be routed, and those of them with a block", () => {
  const text = `{
    "anthropic": { "apiKey": "k", "cloudflareGateway": ${BLOCK} },
    "openai": { "apiKey": "k" },
    "google": { "cloudflareGateway": ${BLOCK} },
    "xai": { "apiKey": "k", "enabled": false },
    "ollama": { "apiKey": "k" },
  }`;
  expect(viewText(text).counts).toMatchObject({ withKey: 2, routed: 1 });
  const env = { GOOGLE_GENERATIVE_AI_API_KEY: "k" };
  expect(viewText(text, env).counts).toMatchObject({ withKey: 3, routed: 2 });
});

test("reuses the view of a custom provider when only other providers and their tokens change", () => {
  const before = snapshotOf({ success: true, data: Buffer.from(fileWith("k", "")) }, "file");
  const after = snapshotOf(
    { success: true, data: Buffer.from(fileWith("", `, "token": "t"`)) },
    "file",
    undefined,
    before,
  );
  const [first, second] = [before, after].map((each) => viewSnapshot(each).providers.at(-1));
  expect(first?.id).toBe("mine");
  expect(second).toBe(first);
});

/** A change of the key of mux's gateway changes mux's routes. */
function fileWith(key: string, token: string): string {
  const block = BLOCK.replace(" }", `${token} }`);
  const mine = `"mine": { "providerType": "openai-compatible", "baseUrl": "https://llm.example.com" }`;
  return `{ "openrouter": { "apiKey": "${key}" }, "openai": { "apiKey": "k", "cloudflareGateway": ${block} }, ${mine} }`;
}
