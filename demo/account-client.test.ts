/** Tests the product's own client on the stand-in for Cloudflare's API, also with hostile answers. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GatewayError } from "../src/shared/errors";
import type { Result } from "../src/shared/result";
import { openCloudflareGateway, type CloudflareGateway } from "../src/main/gateway";
import { recordingLog } from "../src/main/proof/testing/provider";
import { startDemo, type Demo } from "./demo";
import { harm, ODD } from "./hostile-values";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ACCOUNT_NAME,
  DEMO_API_TOKEN,
  DEMO_ENVIRONMENT,
  DEMO_GATEWAY,
  DEMO_TOKEN,
} from "./names";

let demo: Demo;
let gateway: CloudflareGateway;
let log: ReturnType<typeof recordingLog>;

async function open(): Promise<void> {
  demo = await startDemo();
  log = recordingLog();
  gateway = openCloudflareGateway({ home: demo.home, env: demo.env, log });
}

async function close(): Promise<void> {
  await gateway.close();
  // No answer may make the product log the token, or send it to another host.
  const elsewhere = demo.requests.filter(({ host }) => host !== "api.cloudflare.com");
  const told = JSON.stringify([log.lines, elsewhere]);
  await demo.close();
  if (told.includes(DEMO_API_TOKEN)) throw new Error("The API token was logged or sent elsewhere.");
}

/** The tests of a group share a connected account, because each only changes what the API answers. */
function connectForAll(): void {
  beforeAll(async () => {
    await open();
    await data(connect());
  });
  afterEach(() => {
    demo.account.calm();
    demo.account.rewrite(null);
  });
  afterAll(close);
}

const account = { accountId: DEMO_ACCOUNT_ID };
const connect = () => gateway.cloudflare.connect({ token: DEMO_API_TOKEN, remember: false });

async function data<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.success) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.data;
}

async function refusal(answer: Promise<Result<unknown>>): Promise<GatewayError> {
  const result = await answer;
  if (result.success) throw new Error(`It succeeded with ${JSON.stringify(result.data)}.`);
  return result.error;
}

describe("connecting", () => {
  beforeEach(open);
  afterEach(close);

  test("finds the account and its gateways", async () => {
    expect(await data(connect())).toMatchObject({ token: { source: "entered" }, missing: [] });
    expect(await data(gateway.cloudflare.accounts())).toEqual({
      accounts: [{ accountId: DEMO_ACCOUNT_ID, name: DEMO_ACCOUNT_NAME }],
      isComplete: true,
    });
    const { gateways } = await data(gateway.cloudflare.gateways(account));
    expect(gateways.map(({ gatewayName }) => gatewayName)).toEqual(
      demo.cloudflare.gateways.map(({ name }) => name),
    );
  });

  test.each([
    ["AI Gateway Read", ["Account Settings Read", "Account Analytics Read"]],
    ["AI Gateway Edit", ["Account Settings Read", "Account Analytics Read"]],
    ["AI Gateway Run", ["AI Gateway Read", "Account Settings Read", "Account Analytics Read"]],
    ["Account Settings Read", ["AI Gateway Read", "Account Analytics Read"]],
    ["Account Analytics Read", ["AI Gateway Read", "Account Settings Read"]],
  ] as const)("names what a token with only %s lacks", async (permission, missing) => {
    demo.account.setToken(DEMO_API_TOKEN, { permissions: [permission] });
    // The account is known from the environment, because not every token names it.
    await gateway.close();
    const env = { ...demo.env, ...DEMO_ENVIRONMENT };
    gateway = openCloudflareGateway({ home: demo.home, env, log });
    const status = await data(connect());
    for (const each of missing) expect(status.missing).toContain(each);
    expect(status.missing).not.toContain(permission);
  });

  test("waits for a token that is not active yet", async () => {
    demo.account.delayToken(DEMO_API_TOKEN, 2);
    expect(await data(connect())).toMatchObject({ token: { source: "entered" } });
  });

  test("explains why a token cannot be used", async () => {
    demo.account.setToken(DEMO_API_TOKEN, { status: "disabled" });
    expect((await refusal(connect())).code).toBe("api_token_disabled");
    demo.account.setToken(DEMO_API_TOKEN, { status: "expired" });
    expect((await refusal(connect())).code).toBe("api_token_expired");
  });

  test("says that the token was revoked while it is in use", async () => {
    await data(connect());
    demo.account.revokeToken(DEMO_API_TOKEN);
    const { code } = await refusal(gateway.cloudflare.gateways(account));
    expect(code).toBe("api_token_unknown");
  });

  test("reads all pages of 120 more gateways", async () => {
    for (let index = 0; index < 120; index += 1) {
      const name = `more-${index}`;
      demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name, token: DEMO_TOKEN });
    }
    await data(connect());
    expect((await data(gateway.cloudflare.gateways(account))).gateways).toHaveLength(126);
  });
});

describe("an unusable answer", () => {
  connectForAll();

  test.each([
    ["a page of the firewall", { kind: "edge" }, "api_edge_refused"],
    ["too many requests", { kind: "rate-limit", retryAfter: 7 }, "api_rate_limited"],
    ["5 MB", { kind: "huge" }, "api_answer_too_large"],
    ["an error with status 200", { kind: "unsuccessful" }, "api_refused"],
    ["half of a JSON text", { kind: "half-json" }, "api_answer_unreadable"],
    ["a cut connection", { kind: "cut" }, "api_unreachable"],
    ["a connection cut in the middle", { kind: "cut", after: "headers" }, "api_unreachable"],
    ["an empty body", { kind: "answer", status: 200, body: "" }, "api_answer_unreadable"],
    ["an empty error", { kind: "answer", status: 502, body: "" }, "api_failed"],
    [
      "a redirect",
      { kind: "answer", status: 302, headers: { location: "https://evil.example/" } },
      "api_redirected",
    ],
    ["a null", { kind: "answer", status: 200, body: "null" }, "api_answer_unreadable"],
    ["a number", { kind: "answer", status: 200, body: "1" }, "api_answer_unreadable"],
    [
      "100,000 opening brackets",
      { kind: "answer", status: 200, body: "[".repeat(100_000) },
      "api_answer_unreadable",
    ],
  ] as const)("is reported for %s", async (_, behaviour, code) => {
    demo.account.always(behaviour);
    const error = await refusal(gateway.cloudflare.gateways(account));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^(?:[A-Z]|api\.)[^<>{}\n]{10,400}$/);
    demo.account.calm();
    expect((await data(gateway.cloudflare.gateways(account))).gateways).not.toEqual([]);
  });

  test("is reported when the network is down", async () => {
    await demo.network.down();
    expect((await refusal(gateway.cloudflare.gateways(account))).code).toBe("api_unreachable");
    await demo.network.up();
  });
});

describe("odd members", () => {
  connectForAll();

  /** Replaces a member everywhere in the answer's result. */
  function spoil(name: string, value: unknown): void {
    const spoiled = (part: unknown): unknown =>
      Array.isArray(part)
        ? part.map(spoiled)
        : typeof part === "object" && part !== null && name in part
          ? { ...part, [name]: value }
          : part;
    demo.account.rewrite((body) =>
      typeof body === "object" && body !== null && "result" in body
        ? { ...body, result: spoiled(body.result) }
        : body,
    );
  }

  /** The values of a member that make a call misbehave, out of all odd ones. */
  async function tryAll<T>(
    member: string,
    call: () => Promise<Result<T>>,
    isGood: (answer: Result<T>, value: unknown) => boolean,
    spoilIt = spoil,
  ): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for (const value of ODD) {
      spoilIt(member, value);
      const answer = await call();
      const harms = harm(answer);
      if (harms.length > 0 || !isGood(answer, value)) found.push({ member, value, harms, answer });
    }
    return found;
  }

  test.each([
    ["id", false],
    ["name", true],
    ["type", true],
    ["settings", true],
  ])("of an account: %s", async (member, mustSucceed) => {
    const call = () => gateway.cloudflare.accounts();
    expect(await tryAll(member, call, ({ success }) => success || !mustSucceed)).toEqual([]);
  });

  test.each([
    "authentication",
    "collect_logs",
    "cache_ttl",
    "rate_limiting_limit",
    "rate_limiting_interval",
    "retry_max_attempts",
    "retry_delay",
    "byok_only",
    "spend_limits",
    "dlp",
    "guardrails",
    "log_management",
    "log_management_strategy",
  ])("of a gateway: %s", async (member) => {
    const { length } = demo.cloudflare.gateways;
    const call = () => gateway.cloudflare.gateways(account);
    const hasAll = (answer: Awaited<ReturnType<typeof call>>) =>
      answer.success && answer.data.gateways.length === length;
    expect(await tryAll(member, call, hasAll)).toEqual([]);
  });

  test("of a gateway's name leave the gateway out", async () => {
    const call = () => gateway.cloudflare.gateways(account);
    const isOut = (answer: Awaited<ReturnType<typeof call>>, value: unknown) =>
      answer.success && answer.data.gateways.every(({ gatewayName }) => gatewayName === value);
    expect(await tryAll("id", call, isOut)).toEqual([]);
  });

  const inEnvelope = (member: string, value: unknown) =>
    demo.account.rewrite((body) => ({ ...Object(body), [member]: value }));

  test.each(["errors", "messages", "result", "result_info"])(
    "of the envelope: %s",
    async (member) => {
      const call = () => gateway.cloudflare.gateways(account);
      expect(await tryAll(member, call, () => true, inEnvelope)).toEqual([]);
    },
  );

  test("are a failure unless `success` is true", async () => {
    const call = () => gateway.cloudflare.gateways(account);
    const isRight = ({ success }: Result<unknown>, value: unknown) => success === (value === true);
    expect(await tryAll("success", call, isRight, inEnvelope)).toEqual([]);
  });

  test("lists repeated accounts and gateways once", async () => {
    demo.account.rewrite((body) => {
      const { result, ...rest } = Object(body);
      return { ...rest, result: Array.isArray(result) ? [...result, ...result] : result };
    });
    expect((await data(gateway.cloudflare.accounts())).accounts).toHaveLength(1);
    const { gateways } = await data(gateway.cloudflare.gateways(account));
    expect(gateways.filter(({ gatewayName }) => gatewayName === DEMO_GATEWAY)).toHaveLength(1);
  });

  test("stops reading a list whose pages never end", async () => {
    demo.account.rewrite((body) => ({
      ...Object(body),
      result_info: { page: 1, per_page: 50, total_pages: 1e9, total_count: 1e12 },
    }));
    demo.clearRequests();
    await gateway.cloudflare.gateways(account);
    expect(demo.requests.length).toBeLessThanOrEqual(20);
  });
});
