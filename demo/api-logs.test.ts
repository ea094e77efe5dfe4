/** Tests the log and the analytics of the stand-in for Cloudflare's API. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { apiClient, type ApiAnswer } from "./api-client";
import { startDemo, type Demo } from "./demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_API_TOKEN,
  DEMO_CACHED_GATEWAY,
  DEMO_GATEWAY,
  DEMO_TEAM_GATEWAY,
} from "./names";
import { fetchThrough, gatewayRequest, gatewayUrl } from "./test-client";

const GATEWAYS = `/accounts/${DEMO_ACCOUNT_ID}/ai-gateway/gateways`;
const LOGS = `${GATEWAYS}/${DEMO_GATEWAY}/logs`;
const METADATA = '{"source":"panel-test","nonce":"n-1"}';
/** A Wednesday. */
const NOON = Date.parse("2026-11-25T12:30:00Z");

let time = NOON;
let demo: Demo;
let fetch: typeof globalThis.fetch;
let call: ReturnType<typeof apiClient>;
beforeEach(async () => {
  time = NOON;
  demo = await startDemo({ now: () => time });
  fetch = fetchThrough(demo);
  call = apiClient(fetch);
});
afterEach(async () => demo.close());

/** Sends a request through a gateway, and returns its log ID. */
async function ask(
  headers: Readonly<Record<string, string>> = {},
  gateway: string = DEMO_GATEWAY,
): Promise<string> {
  const url = gatewayUrl(gateway, "/anthropic/v1/messages");
  const answer = await fetch(url, gatewayRequest(headers, { prompt: "a secret prompt" }));
  await answer.text();
  return answer.headers.get("cf-aig-log-id") ?? "";
}

const rowsOf = ({ body }: ApiAnswer): readonly { id: string; [member: string]: unknown }[] =>
  Array.isArray(body.result) ? body.result : [];
const errorOf = ({ status, body }: ApiAnswer) => [status, body.errors?.[0]?.code];

describe("a row", () => {
  test("has the ID, metadata, status, tokens and cost of a request", async () => {
    const id = await ask({ "cf-aig-metadata": METADATA });
    const row = await call(`${LOGS}/${id}`);
    expect(row.body.result).toMatchObject({
      id,
      created_at: "2026-11-25T12:30:00.000Z",
      provider: "anthropic",
      model: "claude-haiku-4-5",
      path: "v1/messages",
      success: true,
      cached: false,
      status_code: 200,
      tokens_in: 12,
      tokens_out: 5,
      cost: 0.000037,
      wholesale: false,
      metadata: METADATA,
      request_head: expect.stringContaining("a secret prompt"),
      request_head_complete: true,
      response_size: expect.any(Number),
    });
    expect(errorOf(await call(`${LOGS}/no-such-row`))).toEqual([404, 7002]);
    const elsewhere = `${GATEWAYS}/${DEMO_TEAM_GATEWAY}/logs/${id}`;
    expect(errorOf(await call(elsewhere))).toEqual([404, 7002]);
  });

  test("has the provider's error, and its body as it was sent", async () => {
    const id = await ask({ "x-api-key": "rejected" });
    const row = await call(`${LOGS}/${id}`);
    expect(row.body.result).toMatchObject({
      success: false,
      status_code: 401,
      tokens_in: null,
      cost: 0,
    });
    expect((await call(`${LOGS}/${id}/response`)).text).toContain("invalid x-api-key");
    expect((await call(`${LOGS}/${id}/request`)).text).toContain("a secret prompt");
  });

  test("has no bodies when payloads are not collected", async () => {
    const id = await ask({ "cf-aig-collect-log-payload": "false" });
    expect((await call(`${LOGS}/${id}`)).status).toBe(200);
    expect(errorOf(await call(`${LOGS}/${id}/response`))).toEqual([404, 7002]);
  });

  test("says when the response came from the cache", async () => {
    await ask({}, DEMO_CACHED_GATEWAY);
    const id = await ask({}, DEMO_CACHED_GATEWAY);
    const row = await call(`${GATEWAYS}/${DEMO_CACHED_GATEWAY}/logs/${id}`);
    expect(row.body.result).toMatchObject({ cached: true, cost: 0 });
  });

  test("appears at the configured attempt", async () => {
    demo.account.set({ rowsAppearAt: 3 });
    const id = await ask();
    expect(rowsOf(await call(LOGS))).toEqual([]);
    const attempts = [await call(`${LOGS}/${id}`), await call(`${LOGS}/${id}`)];
    expect(attempts.map(({ status }) => status)).toEqual([404, 404]);
    expect((await call(`${LOGS}/${id}`)).status).toBe(200);
    expect(rowsOf(await call(LOGS))).toHaveLength(1);
  });

  test("is not written when logs are off or kept elsewhere", async () => {
    expect(await ask({ "cf-aig-collect-log": "false" })).toBe("");
    demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name: DEMO_GATEWAY, logs: false });
    expect(await ask()).toBe("");
    expect(rowsOf(await call(LOGS))).toEqual([]);
    const { body } = await call(`${GATEWAYS}/${DEMO_GATEWAY}`);
    expect(body.result).toMatchObject({ collect_logs: false });
    demo.account.set({ keepsLogsElsewhere: true, hasHistory: true });
    const id = await ask({}, DEMO_TEAM_GATEWAY);
    expect(id).not.toBe("");
    const logs = `${GATEWAYS}/${DEMO_TEAM_GATEWAY}/logs`;
    expect(errorOf(await call(`${logs}/${id}`))).toEqual([404, 7002]);
    expect((await call(logs)).body).toMatchObject({ success: true, result: [] });
  });
});

describe("the list of rows", () => {
  test("has the latest first, without bodies", async () => {
    const ids: string[] = [];
    for (const metadata of ["{}", METADATA]) {
      ids.unshift(await ask({ "cf-aig-metadata": metadata }));
      time += 1000;
    }
    const list = await call(LOGS);
    expect(rowsOf(list).map(({ id }) => id)).toEqual(ids);
    expect(list.text).not.toContain("a secret prompt");
    const oldest = await call(`${LOGS}?order_by=created_at&order_by_direction=asc&per_page=1`);
    expect(rowsOf(oldest).map(({ id }) => id)).toEqual([ids[1]]);
    expect(oldest.body.result_info).toMatchObject({ count: 1, total_count: 2, total_pages: 2 });
  });

  test("applies filters in each encoding", async () => {
    const failed = await ask({ "x-api-key": "rejected" });
    const tested = await ask({ "cf-aig-metadata": METADATA });
    const filters: readonly (readonly [object[], readonly string[]])[] = [
      [[{ key: "success", operator: "eq", value: [false] }], [failed]],
      [[{ key: "metadata.value", operator: "eq", value: ["panel-test"] }], [tested]],
      [[{ key: "metadata.key", operator: "neq", value: ["source"] }], [failed]],
      [[{ key: "tokens_out", operator: "gt", value: [4] }], [tested]],
      [[{ key: "model", operator: "contains", value: ["haiku"] }], [tested, failed]],
    ];
    for (const [filter, ids] of filters) {
      const list = await call(`${LOGS}?filters=${encodeURIComponent(JSON.stringify(filter))}`);
      const found = rowsOf(list).map(({ id }) => id);
      expect([filter, found.toSorted()]).toEqual([filter, ids.toSorted()]);
    }
    const members = "filters[0][key]=success&filters[0][operator]=eq&filters[0][value][]=true";
    expect(rowsOf(await call(`${LOGS}?${members}`)).map(({ id }) => id)).toEqual([tested]);
  });

  test("counts the rows between two times", async () => {
    await ask();
    time += 60_000;
    await ask();
    const from = new Date(NOON + 1000).toISOString();
    const late = await call(`${LOGS}?start_date=${from}&per_page=1`);
    expect(late.body.result_info).toMatchObject({ total_count: 1 });
    const early = await call(`${LOGS}?end_date=${from}&per_page=1`);
    expect(early.body.result_info).toMatchObject({ total_count: 1 });
  });

  test.each([
    "per_page=51",
    "page=0",
    "filters=nonsense",
    "filters[0][key]=success",
    "order_by=password",
    "start_date=yesterday",
  ])("is refused with %s", async (query) => {
    expect(errorOf(await call(`${LOGS}?${query}`))).toEqual([400, 7001]);
  });
});

describe("the history", () => {
  test("fills the past days like a real gateway, and is the same for the same time", async () => {
    demo.account.set({ hasHistory: true });
    const count = async (hours: number) => {
      const from = new Date(NOON - hours * 3_600_000).toISOString();
      const list = await call(`${LOGS}?start_date=${from}&per_page=50`);
      return list.body.result_info?.["total_count"] ?? 0;
    };
    const [hour, day, week] = [await count(1), await count(24), await count(168)];
    expect(hour).toBeGreaterThan(5);
    expect(day).toBeGreaterThan(hour * 4);
    expect(week).toBeGreaterThan(day * 3);
    const first = await call(LOGS);
    expect((await call(LOGS)).text).toBe(first.text);
    time += 120_000;
    const known = new Set(rowsOf(await call(`${LOGS}?per_page=50`)).map(({ id }) => id));
    expect(rowsOf(first).filter(({ id }) => known.has(id)).length).toBeGreaterThan(10);
  });

  test("has failures with a body, and cached requests", async () => {
    demo.account.set({ hasHistory: true });
    const failed = JSON.stringify([{ key: "success", operator: "eq", value: [false] }]);
    const failures = rowsOf(await call(`${LOGS}?filters=${encodeURIComponent(failed)}`));
    expect(new Set(failures.map(({ status_code: status }) => status))).toContain(401);
    const body = await call(`${LOGS}/${failures[0]?.id}/response`);
    expect(JSON.parse(body.text)).toHaveProperty("error");
    const cached = rowsOf(await call(`${GATEWAYS}/${DEMO_CACHED_GATEWAY}/logs?per_page=50`));
    expect(new Set(cached.map((row) => row["cached"]))).toEqual(new Set([true, false]));
    const tests = JSON.stringify([
      { key: "metadata.value", operator: "eq", value: ["panel-test"] },
    ]);
    const own = await call(`${LOGS}?filters=${encodeURIComponent(tests)}`);
    expect(rowsOf(own).length).toBeGreaterThan(5);
  });
});

describe("analytics", () => {
  const QUERY = `query ($a: string!, $g: string!, $from: Time!, $to: Time!) {
    viewer { accounts(filter: {accountTag: $a}) {
      aiGatewayRequestsAdaptiveGroups(limit: 50, filter: {gateway: $g, datetime_geq: $from,
        datetime_leq: $to}, orderBy: [count_DESC]) {
        count
        dimensions { provider model }
        sum { cost cachedRequests erroredRequests uncachedTokensIn uncachedTokensOut }
      } } } }`;
  const variables = {
    a: DEMO_ACCOUNT_ID,
    g: DEMO_GATEWAY,
    from: new Date(NOON - 86_400_000).toISOString(),
    to: new Date(NOON + 86_400_000).toISOString(),
  };
  async function analyse(text: string, given: object = variables): Promise<ApiAnswer> {
    const body = JSON.stringify({ query: text, variables: given });
    return call("/graphql", { method: "POST", body });
  }
  const dataOf = (answer: ApiAnswer) => JSON.stringify(answer.body.data);

  test("count requests by provider and model, some minutes late", async () => {
    await ask();
    await ask({ "x-api-key": "rejected" });
    expect((await analyse(QUERY)).body).toMatchObject({
      data: { viewer: { accounts: [{ aiGatewayRequestsAdaptiveGroups: [] }] } },
      errors: null,
    });
    time += 180_000;
    expect((await analyse(QUERY)).body.data).toEqual({
      viewer: {
        accounts: [
          {
            aiGatewayRequestsAdaptiveGroups: [
              {
                count: 2,
                dimensions: { provider: "anthropic", model: "claude-haiku-4-5" },
                sum: {
                  cost: 0.000037,
                  cachedRequests: 0,
                  erroredRequests: 1,
                  uncachedTokensIn: 12,
                  uncachedTokensOut: 5,
                },
              },
            ],
          },
        ],
      },
    });
  });

  test("group by hour, and leave out the panel's own tests", async () => {
    await ask({ "cf-aig-metadata": METADATA });
    await ask();
    time += 180_000;
    const query = QUERY.replace("provider model", "datetimeHour")
      .replace("datetime_geq", 'metadataRaw_notlike: "%panel-test%", datetime_geq')
      .replace("count_DESC", "datetimeHour_ASC");
    const hour = '"count":1,"dimensions":{"datetimeHour":"2026-11-25T12:00:00Z"}';
    expect(dataOf(await analyse(query))).toContain(hour);
  });

  test("name their members in the configured form", async () => {
    const settings = `{ viewer { accounts(filter: {accountTag: "${DEMO_ACCOUNT_ID}"}) {
      settings { aiGatewayRequestsAdaptiveGroups { enabled availableFields maxDuration } } } } }`;
    expect(dataOf(await analyse(settings))).toContain('"sum_uncachedTokensIn"');
    const type =
      '{ __type(name: "AccountAiGatewayRequestsAdaptiveGroupsSum") { fields { name } } }';
    expect(dataOf(await analyse(type))).toContain('{"name":"uncachedTokensIn"}');
    demo.account.set({ analytics: { sums: "short", delayMs: 0 } });
    expect(dataOf(await analyse(settings))).toContain('"sum_tokensIn"');
    const wrong = await analyse(QUERY);
    expect([wrong.status, wrong.body.data]).toEqual([200, null]);
    expect(wrong.body.errors?.[0]?.message).toContain("uncachedTokensIn");
  });

  test.each<[string, string, object]>([
    ["text that is not a query", "query {", variables],
    ["a missing variable", QUERY, {}],
    ["an unknown set", "{ viewer { accounts(filter: {}) { other { count } } } }", {}],
    ["another account", QUERY, { ...variables, a: "0".repeat(32) }],
    ["more than 32 days", QUERY, { ...variables, from: "2026-10-01T00:00:00Z" }],
  ])("fail with status 200 for %s", async (_, query, given) => {
    const { status, body } = await analyse(query, given);
    expect([status, body.data, body.errors?.length]).toEqual([200, null, 1]);
  });

  test("fail as a whole without the permission", async () => {
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["AI Gateway Edit"] });
    const { status, body } = await analyse(QUERY);
    expect(status).toBe(200);
    expect(body.errors?.[0]?.message).toBe("not authorized for that account");
  });
});
