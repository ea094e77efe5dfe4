/** Custom domains: nothing goes to a host that the user has not confirmed for the gateway. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateText } from "ai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { ProvidersView, ProviderView } from "../../shared/view";
import { openCloudflareGateway, type CloudflareGateway, type GatewayOptions } from "../gateway";
import { openInterceptingProxy, type InterceptingProxy } from "./testing/intercepting-proxy";
import { recordingLog } from "./testing/provider";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";
const HOST = "ai.example.com";
const TOKEN = "gateway-token-1111";
const KEY = "sk-canary-1111";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "gw" };
const DOMAIN = { ...GATEWAY, host: HOST };
const BLOCK = { ...DOMAIN, token: TOKEN };
const FORGED = { "cf-aig-log-id": "01FORGED", "cf-aig-step": "0", "cf-aig-cache-status": "MISS" };
const HEADERS = { "cf-aig-authorization": `Bearer ${TOKEN}` };
const MIRROR = { baseUrl: `https://${HOST}/openai`, headers: HEADERS };

let proxy: InterceptingProxy;
let home: string;
const opened: CloudflareGateway[] = [];

beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterAll(() => proxy.close());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "custom-domain-"));
  proxy.respondWith(({ host }) => (host === HOST ? { headers: FORGED } : {}));
});
afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  proxy.reset();
  await removeDirectory(home);
});

const file = () => join(home, "providers.jsonc");
const text = () => readFile(file(), "utf8");
const write = (providers: object) => writeFile(file(), JSON.stringify(providers, null, 2));

function reopen(options: GatewayOptions = {}): CloudflareGateway {
  const gateway = openCloudflareGateway({
    home,
    env: proxy.env,
    log: recordingLog(),
    mirror: true,
    settingsFile: join(home, "settings.json"),
    ...options,
  });
  opened.push(gateway);
  return gateway;
}

async function open(openai: object, options: GatewayOptions = {}): Promise<CloudflareGateway> {
  await write({ openai: { apiKey: KEY, models: ["gpt-5-mini"], ...openai } });
  return reopen(options);
}

async function view(gateway: CloudflareGateway): Promise<ProvidersView> {
  const result = await gateway.providers();
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

async function row(gateway: CloudflareGateway, id = "openai"): Promise<ProviderView> {
  const found = (await view(gateway)).providers.find((provider) => provider.id === id);
  if (!found) throw new Error(`${id} is missing`);
  return found;
}

async function fileValues(): Promise<Record<string, Record<string, unknown>>> {
  return JSON.parse(await text());
}

const code = (result: { readonly success: boolean; readonly error?: { readonly code: string } }) =>
  result.success ? "success" : result.error?.code;

/** Everything by which the panel could call a provider. */
async function callEveryWay(gateway: CloudflareGateway): Promise<readonly unknown[]> {
  const model = await gateway.languageModel("openai:gpt-5-mini");
  if (model.success) {
    await generateText({ model: model.data, prompt: "x", maxRetries: 0 }).catch(() => undefined);
  }
  return [
    code(model),
    code(await gateway.test("openai")),
    code(await gateway.test("openai", { route: "mux" })),
  ];
}

const calls = () => proxy.requests().filter(({ host }) => host.startsWith(HOST));

describe("a domain that is not confirmed", () => {
  it("receives nothing and has no mirror when its block is enabled", async () => {
    const gateway = await open({});
    expect(code(await gateway.enable("openai", BLOCK))).toBe("success");
    expect(await callEveryWay(gateway)).toEqual([
      "domain_unconfirmed",
      "domain_unconfirmed",
      "success",
    ]);
    expect(calls()).toEqual([]);
    expect((await fileValues())["openai"]).toEqual({
      apiKey: KEY,
      models: ["gpt-5-mini"],
      cloudflareGateway: BLOCK,
    });
    expect(JSON.stringify(proxy.requests())).not.toContain(TOKEN);
  });

  it.each([
    ["a block alone", { cloudflareGateway: BLOCK }],
    [
      "a block with its mirror",
      { ...MIRROR, cloudflareGateway: { ...BLOCK, mirror: ["baseUrl", "headers"] } },
    ],
    [
      "a mirror in the old spelling",
      { ...MIRROR, cloudflareGateway: { ...BLOCK, directBaseUrl: "https://x.example" } },
    ],
    [
      "a base URL in upper case",
      { ...MIRROR, baseUrl: `https://${HOST.toUpperCase()}/openai`, cloudflareGateway: BLOCK },
    ],
    [
      "a base URL with a trailing dot",
      { ...MIRROR, baseUrl: `https://${HOST}./openai`, cloudflareGateway: BLOCK },
    ],
    [
      "a base URL with a port",
      { ...MIRROR, baseUrl: `https://${HOST}:8443/openai`, cloudflareGateway: BLOCK },
    ],
    [
      "a base URL with a user",
      { ...MIRROR, baseUrl: `https://u:p@${HOST}/openai`, cloudflareGateway: BLOCK },
    ],
    ["a disabled block beside its mirror", { ...MIRROR, cloudflareGatewayDisabled: BLOCK }],
    [
      "a block with a host in upper case",
      { cloudflareGateway: { ...BLOCK, host: "AI.Example.com" } },
    ],
    ["a block with a trailing dot", { cloudflareGateway: { ...BLOCK, host: `${HOST}.` } }],
    ["a block with a port", { cloudflareGateway: { ...BLOCK, host: `${HOST}:443` } }],
    ["a block with a user", { cloudflareGateway: { ...BLOCK, host: `x@${HOST}` } }],
    ["a block with an IP address", { cloudflareGateway: { ...BLOCK, host: "127.0.0.1" } }],
    ["a block with a number", { cloudflareGateway: { ...BLOCK, host: 5 } }],
    ["a block with a list", { cloudflareGateway: { ...BLOCK, host: [HOST] } }],
    [
      "an active block beside a disabled one",
      { cloudflareGateway: BLOCK, cloudflareGatewayDisabled: GATEWAY },
    ],
  ])("receives nothing from a file with %s", async (_name, openai) => {
    const gateway = await open(openai);
    const before = await text();
    const outcomes = await callEveryWay(gateway);
    expect(outcomes.slice(0, 2)).not.toContain("success");
    expect(calls()).toEqual([]);
    expect(JSON.stringify(proxy.requests())).not.toContain(TOKEN);
    expect(await text()).toBe(before);
  });

  it.each([
    ["another scheme", `http://${HOST}/openai`],
    ["no scheme", `${HOST}/openai`],
    ["three slashes", `https:///${HOST}/openai`],
    ["no slashes", `https:${HOST}/openai`],
    ["backslashes", `https:\\\\${HOST}\\openai`],
    ["spaces", `  https://${HOST}/openai  `],
    ["a tab", "https://ai.exam\tple.com/openai"],
    ["a line break", "https://ai.exam\nple.com/openai"],
    ["an encoded dot", "https://ai%2Eexample.com/openai"],
    ["an encoded letter", "https://%61i.example.com/openai"],
    ["ideographic dots", "https://ai。example。com/openai"],
    ["full-width letters", "https://ａｉ.example.com/openai"],
    ["a soft hyphen", "https://ai.exam\u00adple.com/openai"],
    ["a zero-width space", "https://ai.exam\u200bple.com/openai"],
    ["mixed case and a trailing dot", "https://Ai.Example.Com./openai"],
    ["a default port", `https://${HOST}:443/openai`],
    ["an empty port", `https://${HOST}:/openai`],
    ["a path that leaves the segment", `https://${HOST}/openai/../evil`],
    ["a query", `https://${HOST}/openai?x=1`],
    ["a fragment", `https://${HOST}/openai#x`],
    ["an at sign", `https://api.openai.com@${HOST}/openai`],
  ])("receives nothing through a base URL with %s and an unknown token", async (_name, baseUrl) => {
    const headers = { "cf-aig-authorization": "Bearer unknown-token-9999" };
    for (const block of [
      { cloudflareGateway: DOMAIN },
      { cloudflareGatewayDisabled: DOMAIN },
      { cloudflareGateway: { ...DOMAIN, mirror: ["baseUrl", "headers"] } },
    ]) {
      for (const member of ["baseUrl", "baseURL"]) {
        const gateway = await open({ [member]: baseUrl, headers, ...block });
        await callEveryWay(gateway);
        await gateway.test("openai", { route: "direct" });
      }
    }
    expect(calls()).toEqual([]);
    expect(JSON.stringify(proxy.requests())).not.toContain("unknown-token");
  });

  it("receives nothing through a base URL in the environment", async () => {
    const env = { ...proxy.env, OPENAI_BASE_URL: `https://${HOST}/openai` };
    const headers = { "cf-aig-authorization": "Bearer unknown-token-9999" };
    for (const block of [{ cloudflareGateway: BLOCK }, { cloudflareGatewayDisabled: BLOCK }]) {
      const gateway = await open({ headers, ...block }, { env });
      await callEveryWay(gateway);
    }
    expect(calls()).toEqual([]);
    expect(JSON.stringify(proxy.requests())).not.toMatch(/unknown-token|gateway-token/);
  });

  it("does not keep a provider from its own host when a block names that as a domain", async () => {
    const gateway = await open({ cloudflareGateway: { ...BLOCK, host: "api.openai.com" } });
    expect(code(await gateway.test("openai", { route: "direct" }))).toBe("success");
    expect(code(await gateway.test("openai"))).toBe("host_invalid");
  });

  it("receives nothing when only another gateway of the host is confirmed", async () => {
    const gateway = await open({ cloudflareGateway: { ...BLOCK, gatewayName: "other" } });
    expect(code(await gateway.confirmDomain(DOMAIN))).toBe("success");
    expect((await callEveryWay(gateway)).slice(0, 2)).not.toContain("success");
    expect(calls()).toEqual([]);
  });

  it("gets no copied token", async () => {
    const gateway = await open({});
    await write({
      openai: { apiKey: KEY },
      anthropic: { apiKey: KEY, cloudflareGateway: { ...BLOCK, token: TOKEN } },
      google: { apiKey: KEY, cloudflareGateway: { ...GATEWAY, token: "other-host-2222" } },
    });
    const providers = [{ provider: "openai" }];
    const before = await text();
    for (const token of [undefined, { from: "provider", provider: "anthropic" }] as const) {
      const input = { gateway: { ...DOMAIN, ...(token ? { token } : {}) }, providers };
      expect(code(await gateway.route(input))).toBe("domain_unconfirmed");
    }
    const fromOtherHost = { from: "provider", provider: "google" } as const;
    expect(
      code(await gateway.route({ gateway: { ...DOMAIN, token: fromOtherHost }, providers })),
    ).toBe("token_other_account");
    expect(await text()).toBe(before);
  });

  it("gets no token from the environment", async () => {
    const gateway = await open(
      { cloudflareGateway: DOMAIN },
      { env: { ...proxy.env, CLOUDFLARE_ACCOUNT_ID: ACCOUNT, CLOUDFLARE_AI_GATEWAY_TOKEN: TOKEN } },
    );
    const change = { token: { from: "environment" } } as const;
    const before = await text();
    expect(code(await gateway.updateGateway({ gateway: DOMAIN, change }))).toBe(
      "domain_unconfirmed",
    );
    expect(await text()).toBe(before);
    await gateway.confirmDomain(DOMAIN);
    expect(code(await gateway.updateGateway({ gateway: DOMAIN, change }))).toBe("success");
  });

  it("loses the mirror of another host when a gateway moves to it", async () => {
    const gateway = await open({});
    await gateway.enable("openai", { ...GATEWAY, token: TOKEN });
    expect(await text()).toContain("gateway.ai.cloudflare.com");
    const moved = await gateway.updateGateway({ gateway: GATEWAY, change: { host: HOST } });
    expect(code(moved)).toBe("success");
    expect((await fileValues())["openai"]).toEqual({
      apiKey: KEY,
      models: ["gpt-5-mini"],
      cloudflareGateway: DOMAIN,
    });
    await gateway.undo();
    expect(await text()).toContain(TOKEN);
  });
});

describe("a mirror at a domain that is not confirmed", () => {
  const mirrored = { ...MIRROR, cloudflareGateway: { ...BLOCK, mirror: ["baseUrl", "headers"] } };

  it("is a warning with a fix that removes the header, and no leak", async () => {
    const gateway = await open(mirrored);
    const shown = await row(gateway);
    expect(shown.leak).toBeNull();
    const codes = shown.notices.map((each) => [each.code, each.fix]);
    expect(codes).toContainEqual(["domain_unconfirmed", "remove_token_header"]);
    expect(codes.map(([each]) => each)).not.toContain("mirror_out_of_step");
    expect(code(await gateway.fix("openai", "restore_gateway_url"))).toBe("fix_unavailable");
    expect(code(await gateway.fix("openai", "remove_token_header"))).toBe("success");
    expect((await fileValues())["openai"]).toEqual({
      apiKey: KEY,
      models: ["gpt-5-mini"],
      cloudflareGateway: BLOCK,
    });
    expect((await row(gateway)).notices).toContainEqual(
      expect.objectContaining({ code: "domain_unconfirmed" }),
    );
  });

  it("stays and is used when the domain is confirmed", async () => {
    const gateway = await open(mirrored);
    const before = await text();
    expect(code(await gateway.confirmDomain(DOMAIN))).toBe("success");
    expect(await text()).toBe(before);
    expect((await row(gateway)).notices).toMatchObject([{ code: "voice_input" }]);
    expect((await gateway.test("openai", { route: "mux" })).success).toBe(true);
    expect(calls().map(({ headers }) => headers["cf-aig-authorization"])).toEqual([
      `Bearer ${TOKEN}`,
    ]);
  });

  it("is a leak when the block names another host than its base URL", async () => {
    const gateway = await open({
      ...MIRROR,
      baseUrl: "https://evil.example.net/openai",
      cloudflareGateway: { ...BLOCK, mirror: ["baseUrl", "headers"] },
      cloudflareGatewayDisabled: { ...DOMAIN, host: "evil.example.net" },
    });
    expect((await row(gateway)).leak).toEqual({
      host: "evil.example.net",
      fix: "remove_token_header",
    });
  });

  it("is a leak when two blocks of one provider disagree", async () => {
    await writeFile(
      file(),
      `{ "openai": { "apiKey": "${KEY}", "baseUrl": "${MIRROR.baseUrl}", "headers": ${JSON.stringify(HEADERS)},
        "cloudflareGateway": ${JSON.stringify({ ...GATEWAY, token: TOKEN })},
        "cloudflareGateway": ${JSON.stringify(BLOCK)} } }`,
    );
    const gateway = reopen();
    expect((await row(gateway)).leak?.host).toBe(HOST);
    expect(await callEveryWay(gateway)).not.toContain("success");
    expect(calls()).toEqual([]);
    expect(code(await gateway.fix("openai", "remove_token_header"))).toBe("success");
    expect((await fileValues())["openai"]).not.toHaveProperty("headers");
  });
});

describe("a confirmed domain", () => {
  it("is mirrored, called with the token, and never proven", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    const confirmed = await gateway.confirmDomain(DOMAIN);
    expect(confirmed).toMatchObject({ success: true, data: { made: 1 } });
    expect((await fileValues())["openai"]).toMatchObject(MIRROR);
    expect((await view(gateway)).gateways).toMatchObject([{ host: HOST, isConfirmed: true }]);
    const report = await gateway.test("openai");
    expect(report).toMatchObject({
      success: true,
      data: { ok: true, expected: "gateway", verdict: "unproven", logId: "01FORGED" },
    });
    expect(calls()).toMatchObject([
      {
        url: `https://${HOST}/openai/responses`,
        headers: { "cf-aig-authorization": `Bearer ${TOKEN}` },
      },
    ]);
  });

  it("is not followed to another host by a redirect", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    proxy.respondWith(() => ({
      status: 307,
      headers: { location: "https://evil.example.net/openai/responses" },
    }));
    await callEveryWay(gateway);
    expect(new Set(proxy.requests().map(({ host }) => host))).toEqual(new Set([HOST]));
  });

  it("is remembered for this file, and in no other", async () => {
    const first = await open({ cloudflareGateway: BLOCK });
    await first.confirmDomain(DOMAIN);
    expect((await view(reopen())).gateways).toMatchObject([{ isConfirmed: true }]);
    const elsewhere = await mkdtemp(join(tmpdir(), "other-home-"));
    await writeFile(join(elsewhere, "providers.jsonc"), await text());
    expect((await view(reopen({ home: elsewhere }))).gateways).toMatchObject([
      { isConfirmed: false },
    ]);
    await removeDirectory(elsewhere);
  });

  it("is kept in memory without a settings file", async () => {
    await write({ openai: { apiKey: KEY, cloudflareGateway: BLOCK } });
    const options = { home, env: proxy.env, log: recordingLog() };
    const gateway = openCloudflareGateway(options);
    opened.push(gateway);
    await gateway.confirmDomain(DOMAIN);
    expect((await view(gateway)).gateways).toMatchObject([{ isConfirmed: true }]);
    const second = openCloudflareGateway(options);
    opened.push(second);
    expect((await view(second)).gateways).toMatchObject([{ isConfirmed: false }]);
  });

  it.each([
    ["the account", { accountId: OTHER }],
    ["the gateway", { gatewayName: "other" }],
    ["the host", { host: "ai.example.org" }],
  ])("must be confirmed again when %s changes, also back", async (_name, change) => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    const moved = { ...DOMAIN, ...change };
    expect(code(await gateway.updateGateway({ gateway: DOMAIN, change }))).toBe("success");
    expect((await view(gateway)).gateways).toMatchObject([{ ...moved, isConfirmed: false }]);
    expect(await text()).not.toContain("cf-aig-authorization");
    await gateway.updateGateway({ gateway: moved, change: DOMAIN });
    expect((await view(gateway)).gateways).toMatchObject([{ ...DOMAIN, isConfirmed: false }]);
    expect((await callEveryWay(gateway)).slice(0, 2)).not.toContain("success");
    expect(calls()).toEqual([]);
  });

  it("is given back by Undo together with the change that ended it", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    await gateway.updateGateway({ gateway: DOMAIN, change: { host: null } });
    expect(code(await gateway.undo())).toBe("success");
    expect((await view(gateway)).gateways).toMatchObject([{ host: HOST, isConfirmed: true }]);
    expect(code(await gateway.undo())).toBe("success");
    expect((await view(gateway)).gateways).toMatchObject([{ host: HOST, isConfirmed: false }]);
    expect(await text()).not.toContain("cf-aig-authorization");
  });

  it("can be undone when nothing had to be mirrored", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK }, { mirror: false });
    const before = await text();
    expect(await gateway.confirmDomain(DOMAIN)).toMatchObject({ data: { made: 1 } });
    expect(await text()).toBe(before);
    await gateway.undo();
    expect((await view(gateway)).gateways).toMatchObject([{ isConfirmed: false }]);
  });

  it("stays confirmed, with its mirror, when Undo cannot save that it ends", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    const mirrored = await text();
    // A file where the lock would be: settings.json cannot be changed.
    const lock = join(home, "settings.json.lock");
    await writeFile(lock, "");
    expect(code(await gateway.undo())).toBe("lock_is_file");
    expect(await text()).toBe(mirrored);
    expect((await view(gateway)).gateways).toMatchObject([{ isConfirmed: true }]);
    await rm(lock);
    expect(code(await gateway.undo())).toBe("success");
    expect((await view(gateway)).gateways).toMatchObject([{ isConfirmed: false }]);
  });

  it("stays confirmed when the file has changed and Undo is refused", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    await writeFile(file(), `${await text()} `);
    expect(code(await gateway.undo())).toBe("undo_changed");
    expect((await view(gateway)).gateways).toMatchObject([{ isConfirmed: true }]);
  });

  it("passes its token on to another provider of the same account and host", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await write({ openai: { apiKey: KEY, cloudflareGateway: BLOCK }, anthropic: { apiKey: KEY } });
    await gateway.confirmDomain(DOMAIN);
    const routed = await gateway.route({ gateway: DOMAIN, providers: [{ provider: "anthropic" }] });
    expect(routed).toMatchObject({ success: true, data: { changed: ["anthropic"], steps: 1 } });
    expect((await fileValues())["anthropic"]).toMatchObject({
      baseUrl: `https://${HOST}/anthropic/v1`,
      headers: HEADERS,
      cloudflareGateway: BLOCK,
    });
  });

  it("moves back to Cloudflare's host without the token", async () => {
    const gateway = await open({ cloudflareGateway: BLOCK });
    await gateway.confirmDomain(DOMAIN);
    await gateway.updateGateway({ gateway: DOMAIN, change: { host: null } });
    const { openai } = await fileValues();
    expect(openai?.["cloudflareGateway"]).toEqual({ ...GATEWAY, mirror: ["baseUrl"] });
    expect(openai?.["baseUrl"]).toContain("gateway.ai.cloudflare.com");
    expect(openai).not.toHaveProperty("headers");
  });
});

describe("a base URL set by hand on an unknown domain", () => {
  it("is unproven when it responds like a gateway, and gets no gateway header", async () => {
    const gateway = await open(MIRROR);
    const report = await gateway.test("openai");
    expect(report).toMatchObject({ data: { ok: true, expected: "direct", verdict: "unproven" } });
    expect(
      Object.keys(calls()[0]?.headers ?? {}).filter((name) => name.startsWith("cf-aig")),
    ).toEqual([]);
  });

  it("is direct when nothing shows a gateway", async () => {
    proxy.respondWith(() => ({}));
    const gateway = await open({ baseUrl: MIRROR.baseUrl });
    expect(await gateway.test("openai")).toMatchObject({ data: { ok: true, verdict: "direct" } });
  });

  it("becomes a block with its token once the domain is confirmed", async () => {
    const gateway = await open(MIRROR);
    expect(await row(gateway)).toMatchObject({ gatewayByHand: null, foreignHost: HOST });
    expect(code(await gateway.fix("openai", "adopt_gateway"))).toBe("fix_unavailable");
    await gateway.confirmDomain(DOMAIN);
    const shown = await row(gateway);
    expect(shown.gatewayByHand).toEqual(GATEWAY);
    expect(shown.notices).toContainEqual(
      expect.objectContaining({ code: "gateway_base_url", fix: "adopt_gateway" }),
    );
    expect(code(await gateway.fix("openai", "adopt_gateway"))).toBe("success");
    expect((await fileValues())["openai"]).toMatchObject({ ...MIRROR, cloudflareGateway: BLOCK });
    await gateway.disable("openai");
    expect((await fileValues())["openai"]).toEqual({
      apiKey: KEY,
      models: ["gpt-5-mini"],
      cloudflareGatewayDisabled: BLOCK,
    });
  });

  it("is not taken for a gateway when two gateways have confirmed its domain", async () => {
    const gateway = await open(MIRROR);
    await gateway.confirmDomain(DOMAIN);
    await gateway.confirmDomain({ ...DOMAIN, gatewayName: "other" });
    expect((await row(gateway)).gatewayByHand).toBeNull();
    expect(code(await gateway.fix("openai", "adopt_gateway"))).toBe("fix_unavailable");
  });

  it("becomes a block with the segment of its path before the domain is confirmed", async () => {
    const gateway = await open(MIRROR);
    const details = { ...BLOCK, segment: "openai" };
    expect(code(await gateway.enable("openai", details))).toBe("success");
    expect((await callEveryWay(gateway)).slice(0, 2)).not.toContain("success");
    await gateway.confirmDomain(DOMAIN);
    expect((await fileValues())["openai"]).toMatchObject({ ...MIRROR, cloudflareGateway: details });
  });
});
