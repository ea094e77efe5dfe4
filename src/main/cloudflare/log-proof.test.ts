/** A test is confirmed only by a row of the gateway's log with its nonce and its time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { TestReport } from "../../shared/report";
import type { Reply } from "../proof/testing/intercepting-proxy";
import { SentTests } from "./sent-tests";
import {
  ACCOUNT_ID,
  API_TOKEN,
  GATEWAY_ROW,
  json,
  ok,
  openApiServer,
  refused,
  type ApiServer,
} from "./testing/api-server";
import { openTestAccount, type TestAccount } from "./testing/open-account";
import { ROUTED_REPORT } from "./testing/routed-report";

let server: ApiServer;
let account: TestAccount;
let tests: SentTests;

const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };
const LOG_ID = "0199c2f0-1111-7abc-8def-000000000001";
const NONCE = "the-nonce";
const STARTED_AT = new Date().toISOString();
const INPUT = {
  ...KEY,
  provider: "openai",
  logId: LOG_ID,
  startedAt: STARTED_AT,
  route: "saved",
} as const;
const GATEWAY = `GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways/my-gateway`;
const ROW = `${GATEWAY}/logs/${LOG_ID}`;

const REPORT: TestReport = {
  ...ROUTED_REPORT,
  request: {
    method: "POST",
    url: `https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/my-gateway/openai/responses`,
  },
  tokens: { input: 21, output: 4 },
  cache: "MISS",
  logId: LOG_ID,
  startedAt: STARTED_AT,
};

const row = (extra: object = {}) =>
  ok({
    id: LOG_ID,
    created_at: new Date().toISOString(),
    provider: "openai",
    model: "m",
    path: "responses?key=canary-path",
    success: true,
    cached: false,
    duration: 312,
    tokens_in: 21,
    tokens_out: 4,
    cost: 0.00003,
    status_code: 200,
    metadata: JSON.stringify({ nonce: NONCE, source: "panel-test", user: "canary-metadata" }),
    wholesale: false,
    byok: false,
    request_head: "canary-prompt",
    response_head: "canary-response",
    ...extra,
  });

beforeAll(async () => {
  server = await openApiServer();
});
beforeEach(async () => {
  tests = new SentTests();
  account = await openTestAccount(server.env, { tests, logPausesMs: [1, 1, 1, 1] });
  await account.connect({ token: API_TOKEN, remember: false });
});
afterEach(async () => {
  await account.close();
  server.reset();
});
afterAll(() => server.close());

async function proof(reply: Reply | (() => Reply), report: Partial<TestReport> = {}) {
  tests.remember({ ...REPORT, ...report }, NONCE, { ...KEY, host: "ai.example.com" });
  server.reply({ [ROW]: reply, [GATEWAY]: ok(GATEWAY_ROW) });
  const result = await account.logRow(INPUT);
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

describe("a test in the log", () => {
  it("is confirmed by its nonce and time, in numbers only", async () => {
    const confirmed = await proof(row());
    expect(confirmed).toEqual({
      state: "confirmed",
      row: {
        status: 200,
        durationMs: 312,
        tokens: { input: 21, output: 4 },
        cost: 0.00003,
        isCached: false,
        paidWith: "own_key",
      },
      differences: [],
      message:
        "Cloudflare's log has this request: status 200, 312 ms at the provider, 21 + 4 tokens, $0.00003, not from the cache, paid with your key.",
    });
    expect(JSON.stringify(confirmed)).not.toContain("canary");
  });

  it("is confirmed by a row that appears at the last attempt", async () => {
    let asked = 0;
    const confirmed = await proof(() => (++asked < 4 ? refused(404, 7002) : row()));
    expect(confirmed.state).toBe("confirmed");
    expect(server.calls().filter((call) => call === ROW)).toHaveLength(4);
  });

  it.each([
    ["another nonce", { metadata: JSON.stringify({ nonce: "other" }) }],
    ["no metadata", { metadata: null }],
    ["metadata that is not JSON", { metadata: NONCE }],
    ["the nonce in another member", { metadata: JSON.stringify({ user: NONCE }) }],
    ["an old time", { created_at: "2026-01-01T00:00:00Z" }],
    ["a later time", { created_at: "2999-01-01T00:00:00Z" }],
    ["no time", { created_at: null }],
  ])("is not confirmed by a row with %s", async (_, extra) => {
    const found = await proof(row(extra));
    expect(found.state).toBe("other_request");
    expect(found.message).toContain("proves nothing");
  });

  it("is confirmed by metadata that is an object", async () => {
    expect((await proof(row({ metadata: { nonce: NONCE } }))).state).toBe("confirmed");
  });

  it.each([
    [{ status_code: 429 }, "Cloudflare logged status 429, but the response had 200."],
    [{ status_code: null, success: false }, "Cloudflare logged a failure, but the response"],
    [{ tokens_in: 25 }, "Cloudflare counted 25 input tokens, but the response 21."],
    [{ tokens_out: 1 }, "Cloudflare counted 1 output token, but the response 4."],
    [{ cached: true }, "Cloudflare answered from its cache"],
    [{ duration: 9000 }, "Cloudflare logged 9,000 ms, but the whole test took 900 ms."],
    [{ provider: "anthropic" }, "the provider “anthropic”, but “openai” was called."],
  ])("shows a difference when the row has %j", async (extra, words) => {
    const { state, differences } = await proof(row(extra));
    expect(state).toBe("confirmed");
    expect(differences).toHaveLength(1);
    expect(differences[0]).toContain(words);
  });

  it.each([
    [{ wholesale: true }, "unified_billing"],
    [{ byok: true }, "stored_key"],
    [{ byok: undefined }, null],
  ])("says who paid when the row has %j", async (extra, payer) => {
    expect((await proof(row(extra))).row?.paidWith).toBe(payer);
  });

  it("proves no custom domain", async () => {
    const request = { method: "POST", url: "https://ai.example.com/openai/responses" };
    const { state, message } = await proof(row(), { request });
    expect(state).toBe("confirmed");
    expect(message).toContain("does not prove the domain ai.example.com");
  });
});

describe("a test that is not in the log", () => {
  it("may come later when the log has other rows", async () => {
    server.reply({ [`${GATEWAY}/logs`]: ok([{ id: "x" }]) });
    expect((await proof(refused(404, 7002))).state).toBe("not_found");
    expect(server.calls().filter((call) => call === ROW)).toHaveLength(4);
  });

  it("may be elsewhere when the log is empty", async () => {
    server.reply({ [`${GATEWAY}/logs`]: ok([]) });
    expect((await proof(refused(404, 7002))).state).toBe("logs_elsewhere");
  });

  it("is not awaited when the gateway keeps no logs", async () => {
    tests.remember(REPORT, NONCE, null);
    server.reply({
      [ROW]: refused(404, 7002),
      [GATEWAY]: ok({ ...GATEWAY_ROW, collect_logs: false }),
    });
    expect(await account.logRow(INPUT)).toMatchObject({ data: { state: "logs_off" } });
    expect(server.calls().filter((call) => call === ROW)).toHaveLength(1);
  });

  it("is not looked up when the user's headers turn the log off", async () => {
    const headers = [["cf-aig-collect-log", "false"]] as const;
    const request = { ...REPORT.request, method: "POST", url: REPORT.request?.url ?? "", headers };
    expect((await proof(row(), { request })).state).toBe("logs_off");
    expect(server.calls()).not.toContain(ROW);
  });

  it.each([["../../user/tokens/verify"], [""], ["x".repeat(65)], ["01J LOG"], ["01J%2F.."]])(
    "is not looked up by the log ID %j",
    async (logId) => {
      tests.remember({ ...REPORT, logId }, NONCE, null);
      const before = server.calls().length;
      expect(await account.logRow({ ...INPUT, logId })).toMatchObject({
        error: { code: "log_id_invalid" },
      });
      expect(server.calls()).toHaveLength(before);
    },
  );

  it.each([
    ["this process did not run it", INPUT],
    ["the test was of another gateway", { ...INPUT, gatewayName: "other" }],
    ["the test was of another provider", { ...INPUT, provider: "xai" }],
    ["the test was a later one", { ...INPUT, startedAt: "2020-01-01T00:00:00.000Z" }],
  ])("cannot be confirmed when %s", async (name, input) => {
    if (name.startsWith("the test")) tests.remember(REPORT, NONCE, null);
    const before = server.calls().length;
    expect(await account.logRow(input)).toMatchObject({ error: { code: "test_not_remembered" } });
    expect(server.calls()).toHaveLength(before);
  });

  it("fails with the API's error", async () => {
    tests.remember(REPORT, NONCE, null);
    server.reply({ [ROW]: refused(403, 10000) });
    expect(await account.logRow(INPUT)).toMatchObject({
      error: { code: "api_permission_missing" },
    });
  });
});

describe("many tests at once", () => {
  const ids = Array.from({ length: 12 }, (_, at) => `0199c2f0-1111-7abc-8def-0000000001${at + 10}`);
  const proveAll = () => Promise.all(ids.map((logId) => account.logRow({ ...INPUT, logId })));
  beforeEach(() => {
    for (const logId of ids) tests.remember({ ...REPORT, logId }, NONCE, null);
  });

  it("stop when Cloudflare refuses one of them as too many, and can be asked for again", async () => {
    let asked = 0;
    const limited = () => {
      asked += 1;
      return json(429, {}, { "retry-after": "7" });
    };
    server.reply(Object.fromEntries(ids.map((id) => [`${GATEWAY}/logs/${id}`, limited])));
    const codes = (await proveAll()).map((each) => (each.success ? "" : each.error.code));
    expect(new Set(codes)).toEqual(new Set(["api_rate_limited"]));
    // One more can be on its way.
    expect(asked).toBeLessThanOrEqual(2);
    expect(await proof(row())).toMatchObject({ state: "confirmed" });
  });

  it("ask no more after a limit that was met while the settings were read", async () => {
    server.reply({ [ROW]: refused(404, 7002), [GATEWAY]: json(429, {}, { "retry-after": "7" }) });
    tests.remember(REPORT, NONCE, null);
    expect(await account.logRow(INPUT)).toMatchObject({ error: { code: "api_rate_limited" } });
    expect(server.calls().filter((call) => call === ROW)).toHaveLength(1);
  });
});

it("stops waiting when the account is closed", async () => {
  const own = await openTestAccount(server.env, { tests, logPausesMs: [60_000] });
  await own.connect({ token: API_TOKEN, remember: false });
  tests.remember(REPORT, NONCE, null);
  const asking = own.logRow(INPUT);
  await new Promise((resolve) => setImmediate(resolve));
  await own.close();
  expect(await asking).toMatchObject({ success: false });
  expect(server.calls()).not.toContain(ROW);
});
