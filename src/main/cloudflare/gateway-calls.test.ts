/** Reading a gateway's settings, and creating a gateway. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { NEW_GATEWAY } from "../../shared/testing/gateway-settings";
import {
  ACCOUNT_ID,
  API_TOKEN,
  GATEWAY_ROW,
  ok,
  openApiServer,
  refused,
  type ApiServer,
} from "./testing/api-server";
import { openTestAccount, type TestAccount } from "./testing/open-account";

let server: ApiServer;
let account: TestAccount;

beforeAll(async () => {
  server = await openApiServer();
  account = await openTestAccount(server.env, {
    providers: {
      openai: { cloudflareGateway: { accountId: ACCOUNT_ID, gatewayName: "my-gateway" } },
      anthropic: {
        apiKey: "sk-ant-1",
        cloudflareGateway: { accountId: ACCOUNT_ID, gatewayName: "my-gateway" },
      },
    },
  });
  await account.connect({ token: API_TOKEN, remember: false });
});
afterEach(() => server.reset());
afterAll(async () => {
  await account.close();
  await server.close();
});

const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };
const GATEWAYS = `/accounts/${ACCOUNT_ID}/ai-gateway/gateways`;
const GATEWAY = `GET ${GATEWAYS}/my-gateway`;
const DOMAINS = `${GATEWAY}/custom-domains`;

const PLAIN = { ...KEY, ...NEW_GATEWAY };

async function details(row: object, domains: unknown = ok([])) {
  server.reply({ [GATEWAY]: ok({ ...GATEWAY_ROW, ...row }), [DOMAINS]: Object(domains) });
  const result = await account.settings(KEY);
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

describe("the settings of a gateway", () => {
  it("have no warning when nothing in them breaks agents", async () => {
    expect(await details({})).toEqual({ settings: PLAIN, domains: [], warnings: [] });
  });

  it("are unknown where Cloudflare does not say or says something else", async () => {
    server.reply({
      [GATEWAY]: ok({
        id: "my-gateway",
        cache_ttl: "long",
        spend_limits: 7,
        dlp: [],
        guardrails: "",
      }),
      [DOMAINS]: ok([]),
    });
    const result = await account.settings(KEY);
    expect(result).toMatchObject({
      data: {
        settings: {
          ...PLAIN,
          authentication: null,
          collectsLogs: null,
          cacheSeconds: null,
          unread: [
            "rateLimit",
            "retries",
            "requiresProviderKey",
            "spendLimits",
            "guardrails",
            "dlp",
          ],
        },
        warnings: [],
      },
    });
  });

  it("are unknown where a spend limit has an unknown form", async () => {
    const { settings } = await details({ spend_limits: { enabled: true, rules: [{ max: 5 }] } });
    expect(settings).toMatchObject({ spendLimits: [], unread: ["spendLimits"] });
  });

  it.each([
    ["caching", { cache_ttl: 3600 }, "identical requests may be answered from the cache for 1 h."],
    ["open_gateway", { authentication: false }, "needs no token"],
    ["logs_off", { collect_logs: false }, "Logging is off"],
    [
      "rate_limit",
      { rate_limiting_limit: 1000, rate_limiting_interval: 60 },
      "More than 1,000 requests in 1 min are refused",
    ],
    ["retries", { retry_max_attempts: 5, retry_delay: 60000 }, "up to 5 times"],
    ["requires_key", { byok_only: true }, "refuses requests without a key, and OpenAI has none."],
    [
      "spend_limit",
      {
        spend_limits: {
          enabled: true,
          rules: [
            { limit: 9, enabled: false, window: 60 },
            { limit: 12.5, limitType: "cost", window: 86400 },
          ],
        },
      },
      "After spending $12.5 in 1 day, the gateway refuses requests.",
    ],
    [
      "response_dlp",
      {
        dlp: {
          enabled: true,
          policies: [{ enabled: true, action: "BLOCK", check: ["RESPONSE"], profiles: [] }],
        },
      },
      "only when it is complete",
    ],
    ["guardrails", { guardrails: { prompt: { S1: "BLOCK" }, response: {} } }, "check prompts,"],
  ])("warn about %s", async (code, row, words) => {
    const { warnings } = await details(row);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.code).toBe(code);
    expect(warnings[0]?.message).toContain(words);
    expect(warnings[0]?.url).toBe(
      `https://dash.cloudflare.com/${ACCOUNT_ID}/ai/ai-gateway/gateways/my-gateway`,
    );
  });

  it.each([
    [100, ["logs_full"]],
    [99, []],
    [undefined, []],
  ])("warn about a full log when it has %s of 100 rows", async (rows, codes) => {
    server.reply({ [`${GATEWAY}/logs`]: ok([], { total_count: rows }) });
    const row = { log_management: 100, log_management_strategy: "STOP_INSERTING" };
    expect((await details(row)).warnings.map(({ code }) => code)).toEqual(codes);
  });

  it("do not warn about settings that are off", async () => {
    const { warnings } = await details({
      cache_ttl: 0,
      rate_limiting_limit: 0,
      rate_limiting_interval: 0,
      spend_limits: { enabled: false, rules: [{ limit: 1 }] },
      guardrails: { prompt: {}, response: {} },
      dlp: { enabled: false, action: "BLOCK", profiles: [] },
      log_management: 10,
      log_management_strategy: "DELETE_OLDEST",
    });
    expect(warnings).toEqual([]);
  });

  it("list custom domains, of which only an active one counts", async () => {
    const { domains } = await details(
      {},
      ok([
        { hostname: "ai.example.com", status: "active" },
        { hostname: "new.example.com", status: "pending_dcv" },
        { hostname: "odd.example.com" },
        { hostname: "gateway.ai.cloudflare.com", status: "active" },
        { hostname: "https://evil.example/", status: "active" },
      ]),
    );
    expect(domains).toEqual([
      { host: "ai.example.com", isActive: true, status: "active" },
      { host: "new.example.com", isActive: false, status: "pending_dcv" },
      { host: "odd.example.com", isActive: false, status: "unknown" },
    ]);
  });

  it("come without domains when those cannot be listed", async () => {
    expect((await details({}, refused(403, 10000))).domains).toBe(null);
  });
});

describe("a new gateway", () => {
  it("requires a token, and neither caches nor limits", async () => {
    server.reply({ [`POST ${GATEWAYS}`]: ok({ ...GATEWAY_ROW, id: "mux" }) });
    const created = await account.createGateway({
      accountId: ACCOUNT_ID,
      gatewayName: "mux",
      collectLogs: true,
    });
    expect(created).toMatchObject({ data: { ...PLAIN, gatewayName: "mux" } });
    expect(JSON.parse(server.requests().at(-1)?.body ?? "")).toEqual({
      id: "mux",
      cache_ttl: null,
      cache_invalidate_on_update: false,
      collect_logs: true,
      rate_limiting_interval: null,
      rate_limiting_limit: null,
      rate_limiting_technique: "fixed",
      authentication: true,
    });
  });

  it("names the permission that is missing", async () => {
    server.reply({ [`POST ${GATEWAYS}`]: refused(403, 10000) });
    expect(await account.createGateway({ ...KEY, collectLogs: true })).toMatchObject({
      error: { message: expect.stringContaining("lacks the permission AI Gateway Edit") },
    });
  });

  it("is not requested with an invalid name", async () => {
    const before = server.calls().length;
    const input = { accountId: ACCOUNT_ID, gatewayName: "../x", collectLogs: true };
    expect(await account.createGateway(input)).toMatchObject({
      error: { code: "gateway_name_invalid" },
    });
    expect(server.calls()).toHaveLength(before);
  });
});
