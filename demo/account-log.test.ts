/** Tests the product's log, traffic and checklist on the stand-in, also with hostile rows. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GatewayKey } from "../src/shared/gateways";
import type { Result } from "../src/shared/result";
import { openCloudflareGateway, type CloudflareGateway } from "../src/main/gateway";
import { recordingLog } from "../src/main/proof/testing/provider";
import { harm, ODD } from "./hostile-values";
import { startDemo, type Demo } from "./demo";
import {
  DEMO_ACCOUNT_ID,
  DEMO_API_TOKEN,
  DEMO_CACHED_GATEWAY,
  DEMO_GATEWAY,
  DEMO_KEYS,
  DEMO_TOKEN,
} from "./names";
import { fetchThrough, gatewayRequest, gatewayUrl } from "./test-client";

const PROMPT = "a-canary-in-the-prompt";
const KEY: GatewayKey = { accountId: DEMO_ACCOUNT_ID, gatewayName: DEMO_GATEWAY };

let demo: Demo;
let gateway: CloudflareGateway;
let log: ReturnType<typeof recordingLog>;

async function open(): Promise<void> {
  const block = { ...KEY, token: DEMO_TOKEN };
  const file = {
    anthropic: { apiKey: DEMO_KEYS.anthropic, cloudflareGateway: block },
    deepseek: { apiKey: DEMO_KEYS.deepseek, cloudflareGateway: block },
  };
  demo = await startDemo({ providersText: JSON.stringify(file) });
  log = recordingLog();
  gateway = openCloudflareGateway({ home: demo.home, env: demo.env, log });
  await data(gateway.cloudflare.connect({ token: DEMO_API_TOKEN, remember: false }));
}

async function close(): Promise<void> {
  await gateway.close();
  const asked = demo.requests.filter(({ path }) => /\/logs\/[^/]+\/request/.test(path));
  const told = JSON.stringify([
    log.lines,
    demo.requests.filter(({ host }) => !host.includes("api.")),
  ]);
  await demo.close();
  if (asked.length > 0) throw new Error("A logged request was asked for.");
  if (told.includes(DEMO_API_TOKEN)) throw new Error("The API token was logged or sent elsewhere.");
}

/** Each test of a group has a demo of its own. */
function openForEach(): void {
  beforeEach(open);
  afterEach(close);
}

/** The tests of a group share a demo, because each only changes what the API answers. */
function openForAll(): void {
  beforeAll(open);
  afterEach(() => demo.account.rewrite(null));
  afterAll(close);
}

async function data<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.success) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.data;
}

/** Tests a provider, and returns the input that asks for its row. */
async function tested(provider: string) {
  const { logId, startedAt } = await data(gateway.test(provider));
  return { ...KEY, provider, logId: logId ?? "", startedAt, route: "saved" } as const;
}

/** Sends a request as mux does, with a canary as its prompt. */
async function chat(gatewayName: string = DEMO_GATEWAY, key = "any"): Promise<void> {
  const url = gatewayUrl(gatewayName, "/anthropic/v1/messages");
  const headers = { "x-api-key": key };
  await (await fetchThrough(demo)(url, gatewayRequest(headers, { prompt: PROMPT }))).text();
}

describe("a test", () => {
  openForEach();

  test("is confirmed by its row", async () => {
    const input = await tested("anthropic");
    expect(await data(gateway.cloudflare.logRow(input))).toMatchObject({
      state: "confirmed",
      row: { status: 200, isCached: false, paidWith: "own_key" },
      differences: [],
    });
  });

  test("is confirmed when its row comes late", async () => {
    demo.account.set({ rowsAppearAt: 2 });
    const input = await tested("anthropic");
    expect((await data(gateway.cloudflare.logRow(input))).state).toBe("confirmed");
  });
});

describe("a test's row", () => {
  openForAll();

  test("is confirmed as a failure when the provider refused it", async () => {
    const proof = await data(gateway.cloudflare.logRow(await tested("deepseek")));
    expect(proof).toMatchObject({ state: "confirmed", row: { status: 401 } });
  });

  test.each([
    ["has another nonce", { metadata: '{"source":"panel-test","nonce":"other"}' }],
    ["has no metadata", { metadata: null }],
    ["has metadata that is not JSON", { metadata: "{" }],
    ["has its nonce in another member", { metadata: '{"other":"NONCE"}' }],
    ["is from another day", { created_at: "2020-01-01T00:00:00Z" }],
    ["has no time", { created_at: null }],
  ])("is not confirmed by a row that %s", async (_, changed) => {
    const input = await tested("anthropic");
    const nonce = /"nonce":"([^"]+)"/.exec(demo.account.rows[0]?.metadata ?? "")?.[1] ?? "";
    demo.account.rewrite((body) => {
      const { result, ...rest } = Object(body);
      const spoiled = JSON.parse(JSON.stringify({ ...result, ...changed }).replace("NONCE", nonce));
      return { ...rest, result: spoiled };
    });
    const proof = await data(gateway.cloudflare.logRow(input));
    expect([nonce.length > 10, proof.state]).toEqual([true, "other_request"]);
  });

  test("is not looked up by a malformed ID, or by an ID of another process", async () => {
    const input = await tested("anthropic");
    demo.clearRequests();
    for (const logId of [
      "",
      "../x",
      "a/b",
      "x".repeat(65),
      "a b",
      "é",
      input.logId.toUpperCase(),
    ]) {
      expect((await gateway.cloudflare.logRow({ ...input, logId })).success).toBe(false);
    }
    expect(demo.requests).toEqual([]);
  });
});

describe("odd members of a row", () => {
  openForAll();
  beforeAll(() => chat());

  const members = [
    "id",
    "created_at",
    "provider",
    "model",
    "status_code",
    "success",
    "cached",
    "duration",
    "tokens_in",
    "tokens_out",
    "cost",
    "wholesale",
    "byok",
    "metadata",
  ] as const;

  function spoil(changed: object): void {
    const change = (row: unknown): unknown => ({ ...Object(row), ...changed });
    demo.account.rewrite((body, path) => {
      const { result, ...rest } = Object(body);
      if (!path.includes("/logs")) return body;
      return { ...rest, result: Array.isArray(result) ? result.map(change) : change(result) };
    });
  }

  test("do no harm in the row of a test, and confirm it only with its nonce and time", async () => {
    const input = await tested("anthropic");
    const found: unknown[] = [];
    const rest = members.filter((member) => member !== "metadata" && member !== "created_at");
    for (const spoiled of [["metadata"], ["created_at"], rest]) {
      for (const value of ODD) {
        spoil(Object.fromEntries(spoiled.map((member) => [member, value])));
        const answer = await gateway.cloudflare.logRow(input);
        const state = answer.success ? answer.data.state : answer.error.code;
        const wanted = spoiled === rest ? "confirmed" : "other_request";
        const harms = harm(answer, 2000);
        if (harms.length > 0 || state !== wanted) found.push({ spoiled, value, harms, answer });
      }
    }
    expect(found).toEqual([]);
  });

  test.each(ODD.map((value) => [JSON.stringify(value).slice(0, 40), value]))(
    "do no harm to the list and the traffic when all are %s",
    async (_, value) => {
      spoil(Object.fromEntries(members.map((member) => [member, value])));
      const list = await data(gateway.cloudflare.requests({ ...KEY, errorsFirst: true }));
      expect(harm(list, 2000)).toEqual([]);
      const traffic = await data(gateway.cloudflare.traffic({ ...KEY, window: "hour" }));
      expect(harm(traffic, 4000)).toEqual([]);
    },
  );
});

describe("the traffic", () => {
  openForEach();

  test.each(["hour", "day", "week"] as const)(
    "of the %s has the invented requests",
    async (window) => {
      demo.account.set({ hasHistory: true });
      const view = await data(gateway.cloudflare.traffic({ ...KEY, window }));
      expect(view.total.requests).toBeGreaterThan(2);
      const steps = view.steps.reduce((sum, { requests }) => sum + requests, 0);
      expect(Math.abs(steps - view.total.requests)).toBeLessThanOrEqual(1);
      const shares = view.providers.reduce((sum, { requests }) => sum + requests, 0);
      expect(shares).toBe(view.total.requests);
      expect(view.total.cost).toBeGreaterThan(0);
    },
  );

  test("counts a chat and not a test", async () => {
    await tested("anthropic");
    await chat();
    const view = await data(gateway.cloudflare.traffic({ ...KEY, window: "hour" }));
    expect(view.total).toMatchObject({ requests: 1, errors: 0 });
  });

  test("comes from the log when analytics are forbidden or have other members", async () => {
    demo.account.set({ hasHistory: true, analytics: { sums: "short", delayMs: 0 } });
    const short = await data(gateway.cloudflare.traffic({ ...KEY, window: "day" }));
    expect([short.source, short.total.tokensIn === null]).toEqual(["analytics", false]);
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["AI Gateway Read"] });
    const view = await data(gateway.cloudflare.traffic({ ...KEY, window: "day" }));
    expect([view.source, view.total.requests > 10]).toEqual(["log", true]);
    expect(view.remarks.join(" ")).toContain("Account Analytics Read");
  });

  test("survives odd analytics", async () => {
    await chat();
    demo.account.set({ analytics: { sums: "documented", delayMs: 0 } });
    const found: unknown[] = [];
    for (const member of ["count", "dimensions", "sum", "data", "errors", "viewer"]) {
      for (const value of ODD) {
        const spoiled = (part: unknown): unknown =>
          Array.isArray(part)
            ? part.map(spoiled)
            : typeof part === "object" && part !== null
              ? Object.fromEntries(
                  Object.entries(part).map(([name, each]) => [
                    name,
                    name === member ? value : spoiled(each),
                  ]),
                )
              : part;
        demo.account.rewrite((body, path) => (path.endsWith("/graphql") ? spoiled(body) : body));
        const answer = await gateway.cloudflare.traffic({ ...KEY, window: "day" });
        const harms = harm(answer, 12_000);
        if (harms.length > 0 || !answer.success) found.push({ member, value, harms, answer });
      }
    }
    expect(found).toEqual([]);
  });
});

describe("the last requests", () => {
  openForEach();

  test("have no prompt, response, path or metadata", async () => {
    await chat();
    await chat(DEMO_CACHED_GATEWAY);
    await chat(DEMO_GATEWAY, "a-rejected-key");
    await tested("deepseek");
    const view = await data(gateway.cloudflare.requests({ ...KEY, errorsFirst: true }));
    expect(view.requests).toMatchObject([
      // The panel's own tests are not kept with their bodies.
      { isError: true, isOwnTest: true, status: 401, diagnosis: null },
      { isError: true, isOwnTest: false, status: 401, diagnosis: { short: "Key rejected" } },
      { isError: false, isOwnTest: false, segment: "anthropic" },
    ]);
    const shown = JSON.stringify(view);
    for (const secret of [PROMPT, "Pong", "v1/messages", "panel-test", "invalid x-api-key"]) {
      expect(shown).not.toContain(secret);
    }
  });

  test("explain an empty list", async () => {
    demo.account.set({ keepsLogsElsewhere: true });
    const elsewhere = await data(gateway.cloudflare.requests({ ...KEY, errorsFirst: false }));
    expect(elsewhere.remark).toContain("Workers Observability");
    demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name: DEMO_GATEWAY, logs: false });
    const off = await data(gateway.cloudflare.requests({ ...KEY, errorsFirst: false }));
    expect(off.remark).toContain("keeps no logs");
  });
});

describe("the checklist", () => {
  openForEach();

  test("names what is wrong", async () => {
    const report = await data(gateway.cloudflare.doctor(KEY));
    const states = Object.fromEntries(report.items.map(({ check, state }) => [check, state]));
    expect(states).toMatchObject({ account: "ok", gateway: "ok", gateway_token: "ok" });
    expect(report.items.find(({ provider }) => provider === "deepseek")).toMatchObject({
      check: "provider_keys",
      state: "failed",
    });
  });
});
