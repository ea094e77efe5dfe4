/** Tests the scripted behaviour of the stand-in for Cloudflare's API. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { apiClient } from "./api-client";
import { startDemo, type Demo } from "./demo";
import { DEMO_ACCOUNT_ID } from "./names";
import { fetchThrough } from "./test-client";

const GATEWAYS = `/accounts/${DEMO_ACCOUNT_ID}/ai-gateway/gateways`;

let demo: Demo;
let fetch: typeof globalThis.fetch;
let call: ReturnType<typeof apiClient>;
beforeAll(async () => {
  demo = await startDemo();
  fetch = fetchThrough(demo);
  call = apiClient(fetch);
});
beforeEach(() => demo.clearRequests());
afterEach(() => demo.account.calm());
afterAll(async () => demo.close());

test("responds with the firewall's page instead of JSON", async () => {
  demo.account.once({ kind: "edge" });
  const answer = await call("/accounts");
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("<!DOCTYPE html>")]);
});

test("limits the rate with retry-after", async () => {
  demo.account.once({ kind: "rate-limit", retryAfter: 7 });
  const { status, headers } = await call("/accounts");
  expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
});

test("sends a correct answer of more than 5 MB", async () => {
  demo.account.once({ kind: "huge" });
  const { text, body } = await call(GATEWAYS);
  expect(text.length).toBeGreaterThan(5_000_000);
  expect(body.success).toBe(true);
});

test("fails with status 200, and sends half of a JSON text", async () => {
  demo.account.once({ kind: "unsuccessful" });
  expect(await call(GATEWAYS)).toMatchObject({ status: 200, body: { success: false } });
  demo.account.once({ kind: "half-json" });
  const half = await call(GATEWAYS);
  expect(half.status).toBe(200);
  expect(() => JSON.parse(half.text)).toThrow(SyntaxError);
});

test("sends one of the API's errors", async () => {
  const path = ["body", "id"];
  demo.account.once({ kind: "error", status: 400, code: 7001, message: "Too many", path });
  const { status, body } = await call(GATEWAYS);
  expect([status, body.errors]).toEqual([400, [{ code: 7001, message: "Too many", path }]]);
});

test("hangs until the client gives up, and cuts the connection", async () => {
  demo.account.once({ kind: "hang" });
  const gone = demo.nextAbandoned();
  const arrived = demo.nextRequest();
  const patience = new AbortController();
  const hanging = call("/accounts", { signal: patience.signal });
  await arrived;
  patience.abort();
  await expect(hanging).rejects.toThrow("aborted");
  expect(await gone).toMatchObject({ host: "api.cloudflare.com", abandoned: true });
  demo.account.once({ kind: "cut" });
  await expect(call("/accounts")).rejects.toThrow("fetch failed");
});

test("responds late, and normally afterwards", async () => {
  demo.account.once({ kind: "delay", milliseconds: 80 });
  const started = performance.now();
  expect((await call("/accounts")).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(75);
});

test("misbehaves for matching paths only, until it is calm", async () => {
  demo.account.always({ kind: "edge" }, /\/logs/);
  expect((await call(`${GATEWAYS}/my-gateway/logs`)).status).toBe(403);
  expect((await call(GATEWAYS)).status).toBe(200);
  demo.account.once({ kind: "rate-limit", retryAfter: 1 }, /\/logs/);
  expect((await call(`${GATEWAYS}/my-gateway/logs`)).status).toBe(429);
  expect((await call(`${GATEWAYS}/my-gateway/logs`)).status).toBe(403);
  demo.account.calm();
  expect((await call(`${GATEWAYS}/my-gateway/logs`)).status).toBe(200);
});

test("rewrites every JSON answer when asked", async () => {
  demo.account.rewrite((body, path) => ({ said: body, path }));
  const { text } = await call("/accounts?page=1");
  expect(JSON.parse(text)).toMatchObject({ path: "/client/v4/accounts?page=1", said: {} });
  demo.account.rewrite(null);
  expect((await call("/accounts")).body.success).toBe(true);
});

test("records the requests of the API like all others", async () => {
  await call("/accounts");
  expect(demo.requests).toMatchObject([
    { host: "api.cloudflare.com", path: "/client/v4/accounts", answeredBy: "api", status: 200 },
  ]);
});
