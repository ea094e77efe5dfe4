/** Tests of the route that mux takes now, which can differ from the saved one. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { TestReport } from "../../shared/report";
import type { ProvidersView, ProviderView } from "../../shared/view";
import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { openInterceptingProxy, type InterceptingProxy } from "./testing/intercepting-proxy";
import { recordingLog } from "./testing/provider";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const TOKEN = "gateway-token-1111";
const BLOCK = { accountId: ACCOUNT, gatewayName: "gw", token: TOKEN };
const ANTHROPIC = { apiKey: "sk-ant-1", models: ["claude-haiku-4-5"] };
const ROUTED = { anthropic: { ...ANTHROPIC, cloudflareGateway: BLOCK } };
const OPENROUTER = { openrouter: { apiKey: "sk-or-1" } };
const FIRST = `{ "routePriority": ["openrouter", "direct"] }`;
const LAST = `{ "routePriority": ["direct", "openrouter"] }`;

let proxy: InterceptingProxy;
let home: string;
const opened: CloudflareGateway[] = [];

beforeAll(async () => {
  proxy = await openInterceptingProxy();
});
afterAll(() => proxy.close());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mux-route-"));
});
afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  proxy.reset();
  await removeDirectory(home);
});

const config = (text: string) => writeFile(join(home, "config.json"), text);

interface Given {
  readonly file: object;
  readonly priority?: string;
  /** "window": can be changed, as in the panel's own window; "host": fixed to off. */
  readonly mirror?: "window" | "host";
  readonly on?: boolean;
}

async function open({ file, priority = LAST, mirror = "window", on = true }: Given) {
  await writeFile(join(home, "providers.jsonc"), JSON.stringify(file));
  await config(priority);
  const gateway = openCloudflareGateway({
    home,
    env: proxy.env,
    log: recordingLog(),
    testsFile: join(home, "tests.json"),
    ...(mirror === "window" ? { mirror: on, settingsFile: join(home, "settings.json") } : {}),
  });
  opened.push(gateway);
  return gateway;
}

async function mirrored(given: Given): Promise<CloudflareGateway> {
  const gateway = await open(given);
  for (const on of [false, true]) expect((await gateway.setMirror(on)).success).toBe(true);
  return gateway;
}

async function view(gateway: CloudflareGateway): Promise<ProvidersView> {
  const result = await gateway.providers();
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

async function row(gateway: CloudflareGateway): Promise<ProviderView | undefined> {
  return (await view(gateway)).providers.find(({ id }) => id === "anthropic");
}

async function probe(gateway: CloudflareGateway): Promise<TestReport> {
  const result = await gateway.test("anthropic", { route: "mux" });
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

const urls = () => proxy.requests().map(({ url }) => url);

describe("a test of mux's route", () => {
  it("calls OpenRouter with its key and no gateway token when mux prefers it", async () => {
    const report = await probe(await open({ file: { ...ROUTED, ...OPENROUTER }, priority: FIRST }));
    const [request] = proxy.requests();
    expect(urls()).toEqual(["https://openrouter.ai/api/v1/chat/completions"]);
    expect(request?.headers["authorization"]).toBe("Bearer sk-or-1");
    expect(JSON.stringify(request)).not.toMatch(/gateway-token|sk-ant|cf-aig/);
    expect(request?.body).toContain(`"model":"anthropic/claude-haiku-4-5"`);
    expect(report).toMatchObject({
      ok: true,
      provider: "anthropic",
      model: "claude-haiku-4-5",
      route: "mux",
      through: "OpenRouter",
      expected: "direct",
      verdict: "direct",
    });
  });

  it("says where to choose the route in mux when OpenRouter answers", async () => {
    const gateway = await open({ file: { ...ROUTED, ...OPENROUTER }, priority: FIRST });
    const { ok, notes } = await probe(gateway);
    expect([ok, notes]).toEqual([
      true,
      [
        {
          code: "mux_gateway_called",
          message: expect.stringContaining("Settings → Providers → Route priority"),
        },
      ],
    ]);
    const saved = await gateway.tests();
    expect(saved.success && saved.data.muxTests[0]?.report.notes).toEqual(notes);
  });

  it.each([
    ["route priority", FIRST, "priority", "Route priority"],
    [
      "route of the model",
      `{ "routePriority": ["direct"],
         "routeOverrides": { "anthropic:claude-haiku-4-5": "openrouter" } }`,
      "override",
      "Settings → Models",
    ],
  ])("asks for another %s when OpenRouter refuses its key", async (_, priority, setting, place) => {
    proxy.respondWith(() => ({ status: 401, body: `{"error":{"message":"No auth","code":401}}` }));
    const gateway = await open({ file: { ...ROUTED, ...OPENROUTER }, priority });
    const { diagnosis, notes } = await probe(gateway);
    expect(diagnosis?.act).toEqual({ kind: "set_route_priority", setting });
    expect(notes?.map(({ message }) => message)).toEqual([expect.stringContaining(place)]);
    const saved = await gateway.tests();
    expect(saved.success && saved.data.muxTests[0]?.report.diagnosis?.act).toEqual(diagnosis?.act);
  });

  it("does not lead to the provider's own key when no route of mux avoids OpenRouter", async () => {
    proxy.respondWith(() => ({ status: 401, body: `{"error":{"message":"No auth","code":401}}` }));
    const { models } = ANTHROPIC;
    const file = { anthropic: { models, cloudflareGateway: BLOCK }, ...OPENROUTER };
    const { diagnosis, notes } = await probe(await open({ file, priority: FIRST }));
    expect([diagnosis?.act, notes]).toEqual([null, []]);
  });

  it("calls OpenRouter through its own gateway when mux does", async () => {
    const openrouter = { apiKey: "sk-or-1", cloudflareGateway: { ...BLOCK, token: undefined } };
    const gateway = await mirrored({ file: { ...ROUTED, openrouter }, priority: FIRST });
    expect(await probe(gateway)).toMatchObject({ verdict: "gateway", through: "OpenRouter" });
    expect(urls()).toEqual([`${GATEWAY}/openrouter/v1/chat/completions`]);
    expect(proxy.requests()[0]?.headers["cf-aig-authorization"]).toBe(`Bearer ${TOKEN}`);
  });

  it("calls the block's gateway with the token when mux takes it", async () => {
    const gateway = await mirrored({ file: { ...ROUTED, ...OPENROUTER } });
    expect((await row(gateway))?.muxRoute).toEqual({ kind: "saved" });
    expect(await probe(gateway)).toMatchObject({ route: "mux", verdict: "gateway", notes: [] });
    expect(urls()).toEqual([`${GATEWAY}/anthropic/v1/messages`]);
    expect(proxy.requests()[0]?.headers["cf-aig-authorization"]).toBe(`Bearer ${TOKEN}`);
  });

  it("calls the provider when the mirror is off, as a released mux does", async () => {
    const gateway = await open({ file: ROUTED, on: false });
    expect((await row(gateway))?.muxRoute).toEqual({
      kind: "address",
      differs: "host",
      url: "https://api.anthropic.com/v1/messages",
      testable: true,
      message:
        "mux calls api.anthropic.com instead of this gateway, because it does not read these gateway settings.",
    });
    expect((await view(gateway)).counts.elsewhere).toBe(1);
    expect(await probe(gateway)).toMatchObject({ verdict: "direct", expected: "direct" });
    expect(urls()).toEqual(["https://api.anthropic.com/v1/messages"]);
    expect(proxy.requests()[0]?.headers).not.toHaveProperty("cf-aig-authorization");
  });

  it("follows the block when a host creates its models here", async () => {
    const gateway = await open({ file: ROUTED, mirror: "host" });
    expect((await row(gateway))?.muxRoute).toEqual({ kind: "saved" });
    expect(await probe(gateway)).toMatchObject({ verdict: "gateway" });
  });

  it("follows a base URL that was edited in mux", async () => {
    const gateway = await open({
      file: {
        anthropic: {
          ...ROUTED.anthropic,
          baseUrl: `${GATEWAY.replace("/gw", "/other")}/anthropic`,
          headers: { "cf-aig-authorization": `Bearer ${TOKEN}` },
        },
      },
    });
    expect((await row(gateway))?.muxRoute).toMatchObject({
      kind: "address",
      differs: "path",
      url: `${GATEWAY.replace("/gw", "/other")}/anthropic/v1/messages`,
      testable: true,
    });
    await probe(gateway);
    expect(urls()).toEqual([`${GATEWAY.replace("/gw", "/other")}/anthropic/v1/messages`]);
  });

  it("says when only the token differs", async () => {
    const gateway = await open({
      file: {
        anthropic: {
          ...ROUTED.anthropic,
          baseUrl: `${GATEWAY}/anthropic/v1`,
          headers: { "cf-aig-authorization": "Bearer another-token-22" },
        },
      },
    });
    const message = "mux sends another token to this gateway than its settings have.";
    expect((await row(gateway))?.muxRoute).toMatchObject({ kind: "address", message });
  });

  it("is refused without a request when only mux has the login", async () => {
    const file = { ...ROUTED, "mux-gateway": { couponCode: "c" } };
    const gateway = await open({ file, priority: `{ "routePriority": ["mux-gateway"] }` });
    const refused = await gateway.test("anthropic", { route: "mux" });
    expect(refused).toMatchObject({ success: false, error: { code: "mux_route_login" } });
    expect(urls()).toEqual([]);
  });

  it("is refused without a request when OpenRouter would get a gateway token", async () => {
    const openrouter = { apiKey: "k", headers: { "cf-aig-authorization": `Bearer ${TOKEN}` } };
    const gateway = await open({ file: { ...ROUTED, openrouter }, priority: FIRST });
    const refused = await gateway.test("anthropic", { route: "mux" });
    expect(refused).toMatchObject({ success: false, error: { code: "token_leak" } });
    expect(JSON.stringify(refused)).toContain("openrouter.ai");
    expect(urls()).toEqual([]);
  });
});

describe("the saved results", () => {
  const found = async (gateway: CloudflareGateway) => {
    const result = await gateway.tests();
    if (!result.success) throw new Error(result.error.message);
    const { tests, muxTests, directTests } = result.data;
    return [tests, muxTests, directTests].map((list) =>
      list.map(({ report, stale }) => `${report.route} ${stale ? "stale" : "fresh"}`),
    );
  };

  it("are kept for each route, and mux's are stale when its route changes", async () => {
    const gateway = await mirrored({ file: { ...ROUTED, ...OPENROUTER }, priority: FIRST });
    for (const route of ["saved", "mux", "direct"] as const) {
      expect((await gateway.test("anthropic", { route })).success).toBe(true);
    }
    expect(await found(gateway)).toEqual([["saved fresh"], ["mux fresh"], ["direct fresh"]]);
    await config(LAST);
    expect(await found(gateway)).toEqual([["saved fresh"], ["mux stale"], ["direct fresh"]]);
    await config(FIRST);
    expect(await found(gateway)).toEqual([["saved fresh"], ["mux fresh"], ["direct fresh"]]);
    await probe(gateway);
    const again = openCloudflareGateway({
      home,
      env: proxy.env,
      log: recordingLog(),
      testsFile: join(home, "tests.json"),
      mirror: true,
    });
    opened.push(again);
    expect(await found(again)).toEqual([["saved fresh"], ["mux fresh"], ["direct fresh"]]);
  });
});
