/** Traffic of a gateway from its log and from Cloudflare's analytics, without the panel's own tests. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import type { TrafficWindow } from "../../shared/account";
import type { ReceivedRequest, Reply } from "../proof/testing/intercepting-proxy";
import { RoutedSince } from "./routed-segments";
import {
  ACCOUNT_ID,
  analyticsSettings,
  API_TOKEN,
  GATEWAY_ROW,
  json,
  ok,
  openApiServer,
  refused,
  type ApiServer,
} from "./testing/api-server";
import { openTestAccount, routedIn, type TestAccount } from "./testing/open-account";

let server: ApiServer;
let account: TestAccount;

const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };
const GATEWAY = `GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways/my-gateway`;
const LOGS = `${GATEWAY}/logs`;
const MINUTE = 60_000;

beforeAll(async () => {
  server = await openApiServer();
  account = await open(Date.now() - 60 * MINUTE);
});
afterEach(() => server.reset());
afterAll(async () => {
  await account.close();
  await server.close();
});

async function open(changedAt: number | null, routedSince = new RoutedSince()) {
  const opened = await openTestAccount(server.env, {
    providers: routedIn(ACCOUNT_ID),
    changedAt: async () => changedAt,
    routedSince,
  });
  await opened.connect({ token: API_TOKEN, remember: false });
  return opened;
}

const FIELDS = [
  "count",
  "sum_cost",
  "sum_tokensIn",
  "sum_tokensOut",
  "dimensions_provider",
  "dimensions_cached",
  "dimensions_error",
  "dimensions_datetimeHour",
  "dimensions_metadataRaw",
];

/** Answers the settings with `fields`, and every other query with the sets of an account. */
function analytics(sets: object, fields: readonly string[] = FIELDS) {
  return ({ body }: ReceivedRequest): Reply =>
    body.includes("availableFields")
      ? analyticsSettings(fields)
      : json(200, { data: { viewer: { accounts: [sets] } }, errors: null });
}

const DENIED = json(200, { data: null, errors: [{ message: "no access" }] });
const GONE = refused(404, 7002);
const OWN = JSON.stringify({ nonce: "n", source: "panel-test" });

/** The hour of some hours ago, as analytics name it. */
const hoursAgo = (hours: number) => {
  const time = new Date(Date.now() - hours * 60 * MINUTE);
  time.setUTCMinutes(0, 0, 0);
  return time.toISOString();
};

const row = (minutesAgo: number, extra: object = {}) => ({
  id: `row-${minutesAgo}-${JSON.stringify(extra).length}`,
  created_at: new Date(Date.now() - minutesAgo * MINUTE).toISOString(),
  provider: "openai",
  model: "m",
  path: "canary-path",
  success: true,
  cached: false,
  duration: 100,
  tokens_in: 10,
  tokens_out: 5,
  cost: 0.5,
  status_code: 200,
  ...extra,
});

async function traffic(window: TrafficWindow) {
  const result = await account.traffic({ ...KEY, window });
  if (!result.success) throw new Error(result.error.message);
  expect(JSON.stringify(result)).not.toContain("canary");
  return result.data;
}

describe("the traffic of an hour", () => {
  it("comes from the log, without the panel's own tests", async () => {
    const rows = [
      row(1),
      row(2, { cached: true, cost: 0 }),
      row(31, { success: false, status_code: 429, tokens_in: null, tokens_out: null, cost: 0 }),
      row(3, { provider: "anthropic", tokens_in: 100 }),
      row(4, { metadata: OWN }),
    ];
    server.reply({ [LOGS]: ok(rows, { total_count: 5 }) });
    const { source, total, providers, steps, remarks } = await traffic("hour");
    expect(source).toBe("log");
    expect(total).toEqual({
      requests: 4,
      errors: 1,
      cached: 1,
      tokensIn: 120,
      tokensOut: 15,
      cost: 1,
    });
    expect(
      providers.map(({ segment, provider, requests }) => [segment, provider, requests]),
    ).toEqual([
      ["openai", "openai", 3],
      ["anthropic", null, 1],
    ]);
    expect(steps).toHaveLength(12);
    expect(steps.map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 3]);
    expect(steps[5]?.errors).toBe(1);
    expect(remarks).toEqual(["The panel's own tests are not counted."]);
  });

  it("says how many requests it counts when there are more than 500", async () => {
    const page = ({ url }: ReceivedRequest): Reply => {
      const number = Number(new URL(url).searchParams.get("page"));
      const rows = Array.from({ length: 50 }, (_, at) => row(1, { id: `${number}-${at}` }));
      return ok(rows, { total_count: 1234 });
    };
    server.reply({ [LOGS]: page });
    const { total, remarks } = await traffic("hour");
    expect(total.requests).toBe(500);
    expect(remarks).toEqual([
      "There are 1,234 requests; these are the newest 500.",
      "The panel's own tests are not counted.",
    ]);
  });

  it("comes from analytics when the log has none of its requests", async () => {
    server.reply({
      [LOGS]: ok([], { total_count: 0 }),
      "POST /graphql": analytics({ all: [{ count: 7, dimensions: { provider: "openai" } }] }),
    });
    const { source, total, remarks } = await traffic("hour");
    expect([source, total.requests]).toEqual(["analytics", 7]);
    expect(remarks.join(" ")).toContain("Workers Observability");
  });

  it("comes from analytics with the reason when the log cannot be read", async () => {
    server.reply({ [LOGS]: refused(500, 0), "POST /graphql": analytics({ all: [] }) });
    const { source, remarks } = await traffic("hour");
    expect(source).toBe("analytics");
    expect(remarks.join(" ")).toContain("The log was not read. Cloudflare's API failed");
    expect(remarks.join(" ")).not.toContain("none of these requests");
  });

  it("fails when the gateway does not exist", async () => {
    server.reply({ [LOGS]: refused(404, 7002), "POST /graphql": analytics({ all: [] }) });
    expect(await account.traffic({ ...KEY, window: "hour" })).toMatchObject({
      error: { code: "api_not_found" },
    });
  });

  it("is unknown, not zero, when neither the log nor analytics can tell", async () => {
    server.reply({ [LOGS]: ok([], { total_count: 0 }), "POST /graphql": DENIED });
    const { total, remarks } = await traffic("hour");
    expect(total.requests).toBe(0);
    expect(remarks.join(" ")).toContain("The log is empty.");
  });
});

describe("the traffic of a day or a week", () => {
  const sets = {
    all: [
      { count: 90, dimensions: { provider: "openai", cached: 0, error: 0 }, sum: SUMS(9, 900, 90) },
      { count: 10, dimensions: { provider: "openai", cached: 1, error: 0 }, sum: SUMS(0, 100, 10) },
      { count: 5, dimensions: { provider: "openai", cached: 0, error: 1 }, sum: SUMS(0, 0, 0) },
      { count: 4, dimensions: { provider: "grok", cached: 0, error: 0 }, sum: SUMS(1, 40, 4) },
    ],
    own: [
      { count: 3, dimensions: { provider: "openai", cached: 0, error: 0 }, sum: SUMS(1, 30, 3) },
      { count: 4, dimensions: { provider: "grok", cached: 0, error: 0 }, sum: SUMS(1, 40, 4) },
    ],
    hours: [
      { count: 100, dimensions: { datetimeHour: hoursAgo(2), error: 0 } },
      { count: 9, dimensions: { datetimeHour: hoursAgo(2), error: 1 } },
      { count: 1, dimensions: { datetimeHour: hoursAgo(24), error: 0 } },
    ],
    ownHours: [{ count: 7, dimensions: { datetimeHour: hoursAgo(2), error: 0 } }],
  };

  function SUMS(cost: number, tokensIn: number, tokensOut: number) {
    return { cost, tokensIn, tokensOut };
  }

  it("comes from analytics, without the panel's own tests", async () => {
    server.reply({ "POST /graphql": analytics(sets) });
    const { source, total, providers, steps, remarks } = await traffic("day");
    expect(source).toBe("analytics");
    expect(total).toEqual({
      requests: 102,
      errors: 5,
      cached: 10,
      tokensIn: 970,
      tokensOut: 97,
      cost: 8,
    });
    expect(providers.map(({ segment, requests }) => [segment, requests])).toEqual([
      ["openai", 102],
    ]);
    expect(steps).toHaveLength(24);
    expect(steps.reduce((sum, { requests }) => sum + requests, 0)).toBe(103);
    expect(steps.reduce((sum, { errors }) => sum + errors, 0)).toBe(9);
    // Counted although its hour began before the window.
    expect(steps[0]?.requests).toBe(1);
    expect(remarks).toEqual(["The panel's own tests are not counted."]);
  });

  it("asks only for fields that the token may see", async () => {
    const some = [
      "count",
      "sum_cost",
      "sum_cachedRequests",
      "sum_erroredRequests",
      "dimensions_provider",
    ];
    const all = [
      {
        count: 9,
        dimensions: { provider: "openai" },
        sum: { cost: 1, cachedRequests: 2, erroredRequests: 3 },
      },
    ];
    server.reply({ "POST /graphql": analytics({ all }, some) });
    const { total, steps, remarks } = await traffic("week");
    expect(total).toEqual({
      requests: 9,
      errors: 3,
      cached: 2,
      tokensIn: null,
      tokensOut: null,
      cost: 1,
    });
    expect(steps).toHaveLength(7);
    expect(remarks).toContain("The panel's own tests are included.");
    const query = server.requests().findLast(({ body }) => body.includes("all:"))?.body ?? "";
    expect(query).not.toMatch(/tokens|metadataRaw|datetimeHour|error\b/);
  });

  it("adds cached and uncached tokens when only those are there", async () => {
    const sum = { uncachedTokensIn: 5, cachedTokensIn: 7, uncachedTokensOut: 1 };
    const all = [{ count: 1, dimensions: { provider: "openai" }, sum }];
    const fields = [
      "count",
      "dimensions_provider",
      ...Object.keys(sum).map((name) => `sum_${name}`),
    ];
    server.reply({ "POST /graphql": analytics({ all }, fields) });
    expect((await traffic("day")).total).toMatchObject({ tokensIn: 12, tokensOut: 1 });
  });

  it("comes from the log with the reason when analytics are refused", async () => {
    server.reply({ "POST /graphql": DENIED, [LOGS]: ok([row(1)], { total_count: 1 }) });
    const { source, total, remarks } = await traffic("week");
    expect([source, total.requests]).toEqual(["log", 1]);
    expect(remarks.join(" ")).toContain("lacks the permission Account Analytics Read");
  });

  it("includes the panel's own tests when they cannot be filtered", async () => {
    const all = [{ count: 3, dimensions: { provider: "openai" } }];
    server.reply({
      "POST /graphql": (request) =>
        request.body.includes("metadataRaw_like")
          ? json(200, { data: null, errors: [{ message: "unknown arg metadataRaw_like" }] })
          : analytics({ all })(request),
    });
    const { total, remarks } = await traffic("day");
    expect(total.requests).toBe(3);
    expect(remarks).toContain("The panel's own tests are included.");
  });

  it("repeats what Cloudflare says about a query that it refuses", async () => {
    server.reply({
      "POST /graphql": ({ body }) =>
        body.includes("availableFields")
          ? analyticsSettings(FIELDS)
          : json(200, { data: null, errors: [{ message: "quota exceeded" }] }),
      [LOGS]: ok([row(1)], { total_count: 1 }),
    });
    expect((await traffic("day")).remarks.join(" ")).toContain("“quota exceeded”");
  });

  it("fails with the reason when both are refused", async () => {
    server.reply({ "POST /graphql": DENIED, [LOGS]: refused(403, 10000) });
    expect(await account.traffic({ ...KEY, window: "day" })).toMatchObject({
      error: { code: "api_permission_missing", message: expect.stringContaining("Analytics") },
    });
  });

  it.each([
    ["data of another form", json(200, { data: { viewer: [] } })],
    ["no account", json(200, { data: { viewer: { accounts: [] } } })],
    ["text", json(200, "x")],
  ])("comes from the log after %s", async (_, reply) => {
    server.reply({
      "POST /graphql": ({ body }) =>
        body.includes("availableFields") ? analyticsSettings(FIELDS) : reply,
      [LOGS]: ok([row(1)], { total_count: 1 }),
    });
    expect((await traffic("day")).source).toBe("log");
  });
});

describe("a provider without requests", () => {
  const silent = { all: [], own: [], hours: [], ownHours: [] };

  it("is named when it has been routed for an hour", async () => {
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: ok([row(9, { metadata: OWN })]) });
    expect((await traffic("day")).unseen).toEqual(["openai"]);
    expect((await traffic("hour")).unseen).toEqual(["openai"]);
  });

  it.each([
    [
      "analytics have a request",
      { ...silent, all: [{ count: 1, dimensions: { provider: "openai" } }] },
      [],
    ],
    ["the log has a request that analytics do not have yet", silent, [row(5)]],
  ])("is not named when %s", async (_, sets, rows) => {
    server.reply({ "POST /graphql": analytics(sets), [LOGS]: ok(rows, { total_count: 1 }) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  /** A log of 130 own tests, and the rows that are older than they are. */
  const busyLog =
    (older: readonly object[]) =>
    ({ url }: ReceivedRequest): Reply => {
      const tests = Array.from({ length: 130 }, (_, at) => row(at + 1, { metadata: OWN }));
      const all = [...tests, ...older];
      const page = Number(new URL(url).searchParams.get("page"));
      return ok(all.slice((page - 1) * 50, page * 50), { total_count: all.length });
    };

  it("is not named when its request is older than many tests", async () => {
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: busyLog([row(200)]) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is named when all of many requests are tests", async () => {
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: busyLog([]) });
    expect((await traffic("day")).unseen).toEqual(["openai"]);
  });

  it("is not named when there are more tests than are read", async () => {
    const more = Array.from({ length: 100 }, (_, at) => row(at + 200, { metadata: OWN }));
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: busyLog(more) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is not named when the log cannot be asked, because analytics are late", async () => {
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: refused(500, 0) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is not named when the token may not see which provider a request went to", async () => {
    const fields = FIELDS.filter((name) => name !== "dimensions_provider");
    const all = [{ count: 3, dimensions: {} }];
    server.reply({
      "POST /graphql": analytics({ ...silent, all }, fields),
      [LOGS]: ok([], { total_count: 0 }),
    });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is not named when it is a custom provider, whose name in the log is not documented", async () => {
    const cloudflareGateway = { ...KEY, segment: "custom-moonshot" };
    await account.write({
      mine: {
        providerType: "openai-compatible",
        apiKey: "k",
        baseUrl: "https://x.test",
        cloudflareGateway,
      },
    });
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: ok([], { total_count: 0 }) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is not named when analytics cannot tell", async () => {
    server.reply({ "POST /graphql": DENIED, [LOGS]: ok([], { total_count: 0 }) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it.each([
    ["the file was changed a minute ago", Date.now() - MINUTE],
    ["the time of the last change is not known", null],
  ])("is not named when %s", async (_, changedAt) => {
    await account.close();
    account = await open(changedAt);
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: ok([], { total_count: 0 }) });
    expect((await traffic("day")).unseen).toEqual([]);
  });

  it("is not named when it was switched on again a moment ago", async () => {
    await account.close();
    const routedSince = new RoutedSince();
    account = await open(Date.now() - 60 * MINUTE, routedSince);
    server.reply({ "POST /graphql": analytics(silent), [LOGS]: ok([], { total_count: 0 }) });
    expect((await traffic("day")).unseen).toEqual(["openai"]);
    routedSince.switchedOn("openai", Date.now());
    expect((await traffic("day")).unseen).toEqual([]);
  });
});

describe("a gateway that was deleted at Cloudflare", () => {
  const silent = { all: [], own: [], hours: [], ownHours: [] };

  it.each<TrafficWindow>(["hour", "day", "week"])(
    "is not shown as quiet in the last %s",
    async (window) => {
      server.reply({ "POST /graphql": analytics(silent), [LOGS]: ok([]), [GATEWAY]: GONE });
      expect(await account.traffic({ ...KEY, window })).toMatchObject({
        error: { code: "api_not_found", message: expect.stringContaining("“my-gateway”") },
      });
    },
  );

  it("still shows its earlier traffic, with a remark and no claim about providers", async () => {
    const all = [{ count: 3, dimensions: { provider: "anthropic" } }];
    server.reply({
      "POST /graphql": analytics({ ...silent, all }),
      [LOGS]: ok([], { total_count: 0 }),
      [GATEWAY]: GONE,
    });
    const { total, unseen, remarks } = await traffic("day");
    expect(total.requests).toBe(3);
    expect(unseen).toEqual([]);
    expect(remarks[0]).toBe("This gateway no longer exists at Cloudflare.");
  });
});

describe("the last requests", () => {
  const failed = (minutesAgo: number) =>
    row(minutesAgo, { success: false, status_code: 401, id: `failed-${minutesAgo}` });

  it("are numbers with a diagnosis of failures, and only responses of failures are fetched", async () => {
    await account.close();
    const { diagnoseLogged } = await import("../proof/diagnosis/logged-failure");
    account = await openTestAccount(server.env, {
      providers: routedIn(ACCOUNT_ID),
      diagnose: async (failure) =>
        diagnoseLogged({ ...failure.gateway, ...failure, providerName: "OpenAI" }),
    });
    await account.connect({ token: API_TOKEN, remember: false });
    const body = {
      error: { message: "Incorrect API key: canary-prompt", code: "invalid_api_key" },
    };
    const heads = { request_head: "canary-head", response_head: "canary-head" };
    server.reply({
      [LOGS]: ok([
        row(1, { ...heads, metadata: { note: "canary-metadata" } }),
        failed(2),
        row(3, { metadata: OWN }),
        { strange: true },
        7,
      ]),
      // Cloudflare answers with 200, whatever the status of the logged response was.
      [`${LOGS}/failed-2/response`]: json(200, body),
    });
    const before = server.calls().length;
    const result = await account.requests({ ...KEY, errorsFirst: false });
    if (!result.success) throw new Error(result.error.message);
    const { requests, remark } = result.data;
    expect(JSON.stringify(result)).not.toContain("canary");
    expect(remark).toBe(null);
    expect(requests.map(({ isError, isOwnTest }) => [isError, isOwnTest])).toEqual([
      [false, false],
      [true, false],
      [false, true],
      [false, false],
    ]);
    expect(requests[0]).toMatchObject({
      segment: "openai",
      model: "m",
      status: 200,
      durationMs: 100,
      tokens: { input: 10, output: 5 },
      cost: 0.5,
      diagnosis: null,
    });
    expect(requests[1]?.diagnosis).toMatchObject({
      culprit: "provider",
      rule: "provider_key_refused",
    });
    expect(server.calls().slice(before)).toEqual([LOGS, `${LOGS}/failed-2/response`]);
  });

  it.each([["no time"], [null], [7]])(
    "have an unknown time when Cloudflare's is %j",
    async (created_at) => {
      server.reply({ [LOGS]: ok([row(1, { created_at }), row(2)]) });
      const result = await account.requests({ ...KEY, errorsFirst: false });
      if (!result.success) throw new Error(result.error.message);
      // The newest request is the one with a time.
      expect(result.data.requests.map(({ at }) => at === null)).toEqual([false, true]);
    },
  );

  it("start with errors of any age on demand", async () => {
    server.reply({
      [LOGS]: ({ url }) =>
        url.includes("filters") ? ok([failed(90), failed(500)]) : ok([row(1), failed(2), row(3)]),
    });
    const result = await account.requests({ ...KEY, errorsFirst: true });
    expect(result).toMatchObject({
      data: {
        requests: [
          { id: "failed-2" },
          { id: "failed-90" },
          { id: "failed-500" },
          { isError: false },
          { isError: false },
        ],
      },
    });
  });

  it("stop fetching responses when the API limits the rate", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => failed(at + 1));
    const limited = json(429, {}, { "retry-after": "60" });
    const replies = rows.map(({ id }) => [`${LOGS}/${id}/response`, limited] as const);
    server.reply({ [LOGS]: ok(rows), ...Object.fromEntries(replies) });
    const before = server.calls().length;
    const result = await account.requests({ ...KEY, errorsFirst: false });
    expect(result).toMatchObject({ success: true });
    expect(server.calls()).toHaveLength(before + 1 + 10);
  });

  it.each([
    [true, "Workers Observability"],
    [false, "keeps no logs"],
  ])("explain an empty list when logging is %s", async (on, words) => {
    server.reply({ [LOGS]: ok([]), [GATEWAY]: ok({ ...GATEWAY_ROW, collect_logs: on }) });
    expect(await account.requests({ ...KEY, errorsFirst: false })).toMatchObject({
      data: { requests: [], remark: expect.stringContaining(words) },
    });
  });
});
