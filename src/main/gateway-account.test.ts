/** The connected account as the rest of the gateway uses it: tokens that are refused, domains that count. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "./gateway";
import {
  ACCOUNT_ID,
  API_TOKEN,
  ok,
  openApiServer,
  type ApiServer,
} from "./cloudflare/testing/api-server";
import { recordingLog } from "./proof/testing/provider";
import { removeDirectory } from "./text/testing/remove-directory";

const RUN_TOKEN = "run-token-0123456789";
const HOST = "ai.example.com";
const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };
const DOMAIN = { ...KEY, host: HOST };
const GATEWAY = `GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways/my-gateway`;

let server: ApiServer;
let home: string;
let gateway: CloudflareGateway;
const log = recordingLog();

beforeAll(async () => {
  server = await openApiServer();
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gateway-account-"));
  const deepseek = { apiKey: "sk-1234567890", cloudflareGateway: { ...DOMAIN, token: RUN_TOKEN } };
  await writeFile(join(home, "providers.jsonc"), JSON.stringify({ deepseek, openai: {} }));
  gateway = openCloudflareGateway({ home, env: server.env, log });
});
afterEach(async () => {
  await gateway.close();
  server.reset();
  await removeDirectory(home);
});
afterAll(() => server.close());

const connect = () => gateway.cloudflare.connect({ token: API_TOKEN, remember: false });
const readFileText = () => readFile(join(home, "providers.jsonc"), "utf8");

describe("the connected token", () => {
  it.each([
    ["enable", (token: string) => gateway.enable("openai", { ...KEY, token })],
    [
      "route",
      (token: string) =>
        gateway.route({ gateway: { ...KEY, token }, providers: [{ provider: "openai" }] }),
    ],
    [
      "updateGateway",
      (token: string) => gateway.updateGateway({ gateway: DOMAIN, change: { token } }),
    ],
  ])("is refused as a gateway's token by %s", async (_, write) => {
    await connect();
    const before = await readFileText();
    for (const token of [API_TOKEN, ` ${API_TOKEN}\n`, `Bearer ${API_TOKEN}`, `"${API_TOKEN}"`]) {
      expect(await write(token)).toMatchObject({
        success: false,
        error: { code: "token_of_api" },
      });
    }
    expect(await readFileText()).toBe(before);
    expect(await write("another-run-token")).toMatchObject({ success: true });
    expect(await readFileText()).not.toContain(API_TOKEN);
  });

  it("is refused as a gateway's name", async () => {
    await connect();
    const before = await readFileText();
    const named = { ...KEY, gatewayName: API_TOKEN };
    const refused = { success: false, error: { code: "token_of_api" } };
    expect(await gateway.enable("openai", named)).toMatchObject(refused);
    const change = { gatewayName: API_TOKEN };
    expect(await gateway.updateGateway({ gateway: DOMAIN, change })).toMatchObject(refused);
    expect(await readFileText()).toBe(before);
  });

  it("is refused when it is only stored so far", async () => {
    await gateway.close();
    const stored = async () => API_TOKEN;
    const nothing = async () => ({ success: true, data: null }) as const;
    const secrets = { get: stored, set: nothing, delete: nothing };
    gateway = openCloudflareGateway({ home, env: server.env, log, secrets });
    expect(await gateway.enable("openai", { ...KEY, token: API_TOKEN })).toMatchObject({
      error: { code: "token_of_api" },
    });
    expect(server.requests()).toEqual([]);
  });

  it("reaches neither a gateway, nor a provider, nor a log line", async () => {
    await connect();
    await gateway.confirmDomain(DOMAIN);
    await gateway.test("deepseek");
    await gateway.test("deepseek", { route: "direct" });
    const others = server.requests().filter(({ host }) => host !== "api.cloudflare.com");
    expect(others.map(({ host }) => host)).toEqual([HOST, "api.deepseek.com"]);
    expect(JSON.stringify(others)).not.toContain(API_TOKEN);
    expect(JSON.stringify(log.lines)).not.toContain(API_TOKEN);
  });

  it("is hidden in a report whose response repeats it", async () => {
    await connect();
    await gateway.confirmDomain(DOMAIN);
    server.elsewhere(() => ({
      status: 400,
      body: JSON.stringify({ error: { message: API_TOKEN } }),
    }));
    const report = await gateway.test("deepseek");
    expect(report).toMatchObject({ data: { ok: false } });
    expect(JSON.stringify(report)).not.toContain(API_TOKEN);
  });

  it("is not sent after the gateway was closed", async () => {
    await connect();
    await gateway.close();
    const before = server.calls().length;
    expect(await gateway.cloudflare.accounts()).toMatchObject({ error: { code: "closed" } });
    expect(server.calls()).toHaveLength(before);
  });
});

describe("a custom domain", () => {
  const listing = (status: string, hostname = HOST) =>
    server.reply({ [`${GATEWAY}/custom-domains`]: ok([{ hostname, status }]) });

  it("is confirmed by choosing it when the account lists it as active", async () => {
    await connect();
    listing("active");
    const confirmed = await gateway.confirmDomain({ ...DOMAIN, listed: true });
    expect(confirmed).toMatchObject({ data: { gateways: [{ isConfirmed: true }] } });
  });

  it.each([
    ["its status is pending", "pending_dcv", HOST],
    ["its status is unknown", "moved", HOST],
    ["the account lists another", "active", "other.example.com"],
  ])("is not confirmed when %s", async (_, status, hostname) => {
    await connect();
    listing(status, hostname);
    expect(await gateway.confirmDomain({ ...DOMAIN, listed: true })).toMatchObject({
      error: { code: "domain_not_active" },
    });
    const view = await gateway.providers();
    expect(view).toMatchObject({ data: { gateways: [{ isConfirmed: false }] } });
  });

  it("is not confirmed by choosing it without a connection", async () => {
    expect(await gateway.confirmDomain({ ...DOMAIN, listed: true })).toMatchObject({
      error: { code: "account_not_connected" },
    });
  });

  it.each([
    ["the account lists it as active", "active", true, "gateway"],
    ["it is pending", "pending_dcv", true, "unproven"],
    ["no account is connected", "active", false, "unproven"],
  ])("proves a route only when the account lists it: %s", async (_, status, on, verdict) => {
    listing(status);
    if (on) await connect();
    await gateway.confirmDomain(DOMAIN);
    const report = await gateway.test("deepseek");
    expect(report).toMatchObject({ data: { verdict } });
  });
});

describe("the view", () => {
  /** Collects the numbers of changes that a listener is told. */
  function listening() {
    const told: number[] = [];
    const stop = gateway.onChange(({ accountChanges }) => told.push(accountChanges));
    return { told, stop };
  }

  it("tells every listener of a connection and of a disconnection", async () => {
    const [one, two] = [listening(), listening()];
    const connected = await connect();
    await vi.waitFor(() => expect(one.told).toEqual([1]));
    expect(connected).toMatchObject({ data: { changes: 1 } });
    expect(await gateway.cloudflare.disconnect()).toMatchObject({ data: { changes: 2 } });
    await vi.waitFor(() => expect(two.told).toEqual([1, 2]));
    await gateway.cloudflare.disconnect();
    await gateway.cloudflare.connect({ token: "short", remember: false });
    expect(await gateway.providers()).toMatchObject({ data: { accountChanges: 2 } });
    expect(one.told).toEqual([1, 2]);
    one.stop();
    two.stop();
  });

  it.each([
    ["as a token", `{"openai":{"cloudflareGateway":{"token":"${API_TOKEN}"}}}`],
    ["in a comment", `{"openai":{}} // ${API_TOKEN}`],
    ["with an escape", `{"openai":{"apiKey":"\\u0063${API_TOKEN.slice(1)}"}}`],
  ])("warns of the API token that is written into the file %s", async (_, text) => {
    await writeFile(join(home, "providers.jsonc"), text);
    expect(await gateway.providers()).toMatchObject({ data: { warnings: [] } });
    await writeFile(join(home, "providers.jsonc"), "{}");
    await connect();
    await writeFile(join(home, "providers.jsonc"), text);
    const shown = await gateway.providers();
    expect(shown).toMatchObject({ data: { warnings: [{ code: "api_token_saved" }] } });
    expect(JSON.stringify(shown)).not.toContain(API_TOKEN);
    await writeFile(join(home, "providers.jsonc"), "{}");
    expect(await gateway.providers()).toMatchObject({ data: { warnings: [] } });
  });
});
