/** Tests the stand-in for Cloudflare AI Gateway: documented and scripted behaviour. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { GatewayBehaviour } from "./cloudflare-behaviour";
import { startDemo, type Demo } from "./demo";
import { DEMO_GATEWAYS } from "./demo-account";
import {
  DEMO_ACCOUNT_ID,
  DEMO_BUSY_GATEWAY,
  DEMO_CACHED_GATEWAY,
  DEMO_GATEWAY,
  DEMO_OPEN_GATEWAY,
  DEMO_TOKEN,
} from "./names";
import { anthropicRequest, fetchThrough, gatewayRequest, gatewayUrl } from "./test-client";

const MESSAGES = gatewayUrl(DEMO_GATEWAY, "/anthropic/v1/messages");
const LOG_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let demo: Demo;
let fetch: typeof globalThis.fetch;

async function open(): Promise<void> {
  demo = await startDemo();
  fetch = fetchThrough(demo);
}
const close = async () => demo.close();

/** The tests of a group share a demo, because each changes nothing that another can see. */
function shareDemo(): void {
  beforeAll(open);
  beforeEach(() => demo.clearRequests());
  afterEach(() => {
    demo.cloudflare.calm();
    demo.cloudflare.setErrorShape(1);
  });
  afterAll(close);
}

const evidence = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("cf-aig-")));

async function ask(url: string, request: RequestInit = gatewayRequest()) {
  const answer = await fetch(url, request);
  return { status: answer.status, headers: answer.headers, text: await answer.text(), answer };
}

describe("an accepted request", () => {
  shareDemo();

  test("gets the provider's response with the gateway's headers", async () => {
    const { status, text, answer, headers } = await ask(MESSAGES);
    expect(status).toBe(200);
    expect(text).toContain("message_stop");
    const { "cf-aig-log-id": logId, ...others } = evidence(answer);
    expect(logId).toMatch(LOG_ID);
    expect(others).toEqual({ "cf-aig-step": "0", "cf-aig-cache-status": "MISS" });
    expect(headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-AMS$/);
  });

  test("reaches the provider with its key and without the gateway's headers", async () => {
    const own = {
      "cf-aig-skip-cache": "true",
      "cf-aig-authorization": `Bearer ${DEMO_TOKEN}`,
    };
    await ask(MESSAGES, gatewayRequest(own));
    const [request] = demo.requests;
    expect(request?.headers).toMatchObject(own);
    expect(request?.forwarded).toMatchObject({
      host: "api.anthropic.com",
      path: "/v1/messages",
      headers: { host: "api.anthropic.com", "x-api-key": "sk-ant-any" },
    });
    const names = Object.keys(request?.forwarded?.headers ?? {});
    expect(names.filter((name) => name.startsWith("cf-aig-"))).toEqual([]);
  });

  test("gets no log id but the other headers when logging is off", async () => {
    const unlogged = await ask(MESSAGES, gatewayRequest({ "cf-aig-collect-log": "false" }));
    expect(Object.keys(evidence(unlogged.answer))).toEqual(["cf-aig-cache-status", "cf-aig-step"]);
    demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name: "quiet", logs: false });
    const quiet = await ask(gatewayUrl("quiet", "/anthropic/v1/messages"));
    expect(quiet.headers.get("cf-aig-log-id")).toBeNull();
  });

  test("gets the provider's error unchanged", async () => {
    const { status, text, answer } = await ask(
      MESSAGES,
      gatewayRequest({ "x-api-key": "rejected" }),
    );
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({
      type: "error",
      error: { type: "authentication_error", message: "invalid x-api-key" },
    });
    expect(evidence(answer)).toHaveProperty("cf-aig-log-id");
  });
});

describe("a gateway error", () => {
  shareDemo();

  const elsewhere = `https://gateway.ai.cloudflare.com/v1/${"0".repeat(32)}/${DEMO_GATEWAY}`;
  const cases: readonly (readonly [string, string, RequestInit, number, number, string])[] = [
    [
      "a gateway that the account does not have",
      gatewayUrl("no-gateway", "/anthropic/v1/messages"),
      gatewayRequest(),
      400,
      2001,
      "Please configure AI Gateway in the Cloudflare dashboard",
    ],
    [
      "an account that does not exist",
      `${elsewhere}/anthropic/v1/messages`,
      gatewayRequest(),
      400,
      2001,
      "Please configure AI Gateway in the Cloudflare dashboard",
    ],
    [
      "a path without a segment",
      gatewayUrl(DEMO_GATEWAY, ""),
      gatewayRequest(),
      400,
      2001,
      "Please configure AI Gateway in the Cloudflare dashboard",
    ],
    [
      "an exceeded rate limit",
      gatewayUrl(DEMO_BUSY_GATEWAY, "/anthropic/v1/messages"),
      gatewayRequest(),
      429,
      2003,
      "Rate limited",
    ],
    [
      "an unknown segment",
      gatewayUrl(DEMO_GATEWAY, "/anthropix/v1/messages"),
      gatewayRequest(),
      400,
      2008,
      "Invalid provider",
    ],
    [
      "a custom provider that was not created",
      gatewayUrl(DEMO_GATEWAY, "/custom-other/v1/chat/completions"),
      gatewayRequest(),
      400,
      2008,
      "Invalid provider",
    ],
    [
      "an authenticated gateway, without a token",
      MESSAGES,
      anthropicRequest(),
      401,
      2009,
      "Unauthorized",
    ],
    [
      "an authenticated gateway, with a wrong token",
      MESSAGES,
      gatewayRequest({ "cf-aig-authorization": "Bearer wrong" }),
      401,
      2009,
      "Unauthorized",
    ],
    [
      "an unknown path",
      "https://gateway.ai.cloudflare.com/v2/anything",
      gatewayRequest(),
      400,
      7000,
      "No route for that URI",
    ],
    ["a GET request", MESSAGES, {}, 405, 7001, "GET not supported for requested URI"],
    [
      "a malformed account ID",
      `https://gateway.ai.cloudflare.com/v1/my-account/${DEMO_GATEWAY}/anthropic/v1/messages`,
      gatewayRequest(),
      404,
      7003,
      "Could not route to the requested URI, perhaps your object identifier is invalid?",
    ],
  ];

  test.each(cases)(
    "has the documented code for %s",
    async (_, url, request, status, code, message) => {
      const refused = await ask(url, request);
      expect(refused.status).toBe(status);
      expect(JSON.parse(refused.text)).toEqual({
        success: false,
        result: [],
        messages: [],
        error: [{ code, message }],
      });
      expect(refused.headers.get("retry-after")).toBeNull();
      expect(evidence(refused.answer)).toEqual({});
      expect(demo.requests).toMatchObject([{ answeredBy: "gateway", forwarded: null, status }]);
    },
  );

  test("has the newer body when configured", async () => {
    demo.cloudflare.setErrorShape(2);
    const { text } = await ask(gatewayUrl("no-gateway", "/anthropic/v1/messages"));
    expect(JSON.parse(text)).toMatchObject({
      error: [{ code: 2001 }],
      name: "AiGatewayError",
      httpCode: 400,
      internalCode: 2001,
      description: "Please configure AI Gateway in the Cloudflare dashboard",
    });
  });

  test("says that the provider is unreachable when it is", async () => {
    demo.providers.once({ kind: "cut" });
    const cut = await ask(MESSAGES);
    expect([cut.status, cut.text]).toEqual([502, expect.stringContaining('"code":2005')]);
    demo.cloudflare.setCustomProvider("gone", "https://gone.example");
    const gone = await ask(gatewayUrl(DEMO_GATEWAY, "/custom-gone/v1/messages"));
    expect([gone.status, gone.text]).toEqual([502, expect.stringContaining('"code":2005')]);
  });
});

describe("gateways", () => {
  beforeEach(open);
  afterEach(close);

  test("accepts the account's token without forwarding it", async () => {
    expect((await ask(MESSAGES, gatewayRequest())).status).toBe(200);
    expect(JSON.stringify(demo.requests[0]?.forwarded)).not.toContain(DEMO_TOKEN);
  });

  test("requires the token, except for one gateway that is open", async () => {
    const statuses: Record<string, number> = {};
    for (const { name } of DEMO_GATEWAYS) {
      const url = gatewayUrl(name, "/anthropic/v1/messages");
      statuses[name] = (await ask(url, anthropicRequest())).status;
    }
    const refused = DEMO_GATEWAYS.filter(({ name }) => name !== DEMO_OPEN_GATEWAY);
    expect(statuses).toEqual({
      ...Object.fromEntries(refused.map(({ name }) => [name, 401])),
      [DEMO_OPEN_GATEWAY]: 200,
    });
  });

  test("creates the gateway named default at its first authenticated request", async () => {
    const url = gatewayUrl("default", "/anthropic/v1/messages");
    expect((await ask(url, anthropicRequest())).status).toBe(400);
    expect((await ask(url, gatewayRequest())).status).toBe(200);
    expect((await ask(url, anthropicRequest())).status).toBe(401);
  });

  test("accepts as many requests as the rate limit allows", async () => {
    demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name: "slow", rateLimit: 2 });
    const url = gatewayUrl("slow", "/anthropic/v1/messages");
    const statuses = [await ask(url), await ask(url), await ask(url)].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test("reports a removed gateway as not configured", async () => {
    demo.cloudflare.removeGateway(DEMO_ACCOUNT_ID, DEMO_GATEWAY);
    expect((await ask(MESSAGES)).text).toContain('"code":2001');
  });

  test("serves a repeated request from the cache without calling the provider", async () => {
    const url = gatewayUrl(DEMO_CACHED_GATEWAY, "/anthropic/v1/messages");
    const first = await ask(url);
    const second = await ask(url);
    expect(first.headers.get("cf-aig-cache-status")).toBe("MISS");
    expect(second.headers.get("cf-aig-cache-status")).toBe("HIT");
    expect(second.text).toBe(first.text);
    expect(second.headers.get("cf-aig-log-id")).not.toBe(first.headers.get("cf-aig-log-id"));
    expect(demo.requests.map(({ answeredBy }) => answeredBy)).toEqual(["provider", "cache"]);
  });

  test("skips the cache on request, and caches each request separately", async () => {
    const url = gatewayUrl(DEMO_CACHED_GATEWAY, "/anthropic/v1/messages");
    await ask(url);
    const skipped = await ask(url, gatewayRequest({ "cf-aig-skip-cache": "true" }));
    const other = await ask(url, gatewayRequest({}, { prompt: "another" }));
    expect(skipped.headers.get("cf-aig-cache-status")).toBe("MISS");
    expect(other.headers.get("cf-aig-cache-status")).toBe("MISS");
  });

  test("does not cache errors", async () => {
    const url = gatewayUrl(DEMO_CACHED_GATEWAY, "/anthropic/v1/messages");
    const refused = gatewayRequest({ "x-api-key": "rejected" });
    expect((await ask(url, refused)).status).toBe(401);
    expect((await ask(url, refused)).headers.get("cf-aig-cache-status")).toBe("MISS");
  });
});

describe("scripted behaviour", () => {
  shareDemo();

  const once = async (behaviour: GatewayBehaviour) => {
    demo.cloudflare.once(behaviour);
    return ask(MESSAGES);
  };

  test("responds without gateway headers", async () => {
    const stripped = await once({ kind: "strip-headers" });
    expect(stripped.status).toBe(200);
    expect(evidence(stripped.answer)).toEqual({});
    expect(stripped.headers.get("cf-ray")).not.toBeNull();
  });

  test("adds any response header", async () => {
    const { headers } = await once({ kind: "headers", headers: { "cf-aig-dlp": "{}" } });
    expect(headers.get("cf-aig-dlp")).toBe("{}");
  });

  test("falls back to a later step and another model", async () => {
    const { headers } = await once({ kind: "fallback", step: 2, model: "gpt-5.4-nano" });
    expect(headers.get("cf-aig-step")).toBe("2");
    expect(headers.get("cf-aig-model")).toBe("gpt-5.4-nano");
  });

  test("returns each meaning of a code when it has several", async () => {
    const messages = ["credits", "balance", "BYOK", "Wholesale", "authentication"];
    for (const message of messages) {
      const { status, text } = await once({ kind: "error", code: 2021, message });
      expect(status).toBe(402);
      expect(text).toContain('"code":2021');
      expect(text).toContain(message);
    }
    expect((await once({ kind: "error", code: 2040, message: "spend-limit" })).status).toBe(403);
  });

  test("returns an error with an unlisted message", async () => {
    const { status, text } = await once({ kind: "error", code: 2041, message: "rule 'x'" });
    expect(status).toBe(429);
    expect(text).toContain(`"message":"rule 'x'"`);
  });

  test("returns an error of Cloudflare's API in the API's body", async () => {
    const { status, text } = await once({ kind: "error", code: 10000 });
    expect(status).toBe(403);
    expect(JSON.parse(text)).toEqual({
      result: null,
      success: false,
      errors: [{ code: 10000, message: "Authentication error" }],
      messages: [],
    });
  });

  test("redirects", async () => {
    const { status, headers } = await once({ kind: "redirect", location: "https://example.com/" });
    expect([status, headers.get("location")]).toEqual([302, "https://example.com/"]);
  });

  test("returns the firewall's text or page", async () => {
    expect(await once({ kind: "edge", code: 1010 })).toMatchObject({
      status: 403,
      text: "error code: 1010",
    });
    const page = await once({ kind: "edge", code: 1101, html: true });
    expect(page.status).toBe(500);
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  test("returns any other response", async () => {
    const answer = { kind: "answer", status: 503, body: "maintenance" } as const;
    expect(await once(answer)).toMatchObject({ status: 503, text: "maintenance" });
  });

  test("responds after a delay", async () => {
    const from = performance.now();
    expect((await once({ kind: "delay", milliseconds: 120 })).status).toBe(200);
    expect(performance.now() - from).toBeGreaterThanOrEqual(119);
  });

  test("closes the connection before or during the response", async () => {
    await expect(once({ kind: "cut" })).rejects.toThrow("fetch failed");
    demo.cloudflare.once({ kind: "cut", after: "headers" });
    const answer = await fetch(MESSAGES, gatewayRequest());
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow("terminated");
  });

  test.each(["nothing", "headers"] as const)(
    "stops responding after %s until the app disconnects",
    async (after) => {
      demo.cloudflare.once({ kind: "hang", after });
      const abandoned = demo.nextAbandoned();
      const arrived = demo.nextRequest();
      const app = new AbortController();
      const asking = ask(MESSAGES, { ...gatewayRequest(), signal: app.signal });
      const failure = asking.catch((reason: unknown) => reason);
      await arrived;
      app.abort();
      expect(await failure).toBeInstanceOf(Error);
      expect(await abandoned).toMatchObject({ abandoned: true });
    },
  );

  test("streams endlessly until the app disconnects", async () => {
    demo.cloudflare.once({ kind: "endless" });
    const abandoned = demo.nextAbandoned();
    const app = new AbortController();
    const answer = await fetch(MESSAGES, { ...gatewayRequest(), signal: app.signal });
    let text = "";
    for await (const piece of answer.body ?? []) {
      text += new TextDecoder().decode(piece);
      if (text.split("piece").length > 5) break;
    }
    app.abort();
    expect(await abandoned).toMatchObject({ status: 200, abandoned: true });
  });

  test("applies queued behaviours once in order, and a permanent one until it is reset", async () => {
    demo.cloudflare.always({ kind: "error", code: 2016 });
    demo.cloudflare.once({ kind: "error", code: 2029 });
    demo.cloudflare.once({ kind: "error", code: 2030 });
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 4; i += 1) {
      codes.push(/"code":(\d+)/.exec((await ask(MESSAGES)).text)?.[1]);
    }
    expect(codes).toEqual(["2029", "2030", "2016", "2016"]);
    demo.cloudflare.calm();
    expect((await ask(MESSAGES)).status).toBe(200);
  });
});
