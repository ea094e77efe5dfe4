/** Every refusal of Cloudflare's API, and every failure on the way to it, over a real proxy. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { recordingLog } from "../proof/testing/provider";
import type { Reply } from "../proof/testing/intercepting-proxy";
import {
  ACCOUNT_ID,
  API_TOKEN,
  json,
  ok,
  openApiServer,
  refused,
  type ApiServer,
} from "./testing/api-server";
import { openTestAccount, type TestAccount } from "./testing/open-account";

let server: ApiServer;
let account: TestAccount;
const log = recordingLog();

// One account for all tests: no refusal may change the result of a later call.
beforeAll(async () => {
  server = await openApiServer();
  account = await openTestAccount(server.env, { log, timeLimitMs: 2000 });
  await account.connect({ token: API_TOKEN, remember: false });
});
afterEach(() => server.reset());
afterAll(async () => {
  await account.close();
  await server.close();
});

const KEY = { accountId: ACCOUNT_ID, gatewayName: "my-gateway" };
const GATEWAY = `GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways/my-gateway`;
const html: Reply = {
  status: 403,
  headers: { "content-type": "text/html" },
  body: "<html><title>Attention Required!</title></html>",
};

const ROWS: readonly (readonly [name: string, reply: Reply, code: string, words: string])[] = [
  ["a malformed header", refused(400, 6003), "api_token_invalid", "could not read"],
  [
    "a malformed header in a chain",
    refused(400, 1, { error_chain: [{ code: 6111, message: "Invalid format" }] }),
    "api_token_invalid",
    "could not read",
  ],
  [
    "a missing permission",
    refused(403, 10000),
    "api_permission_missing",
    `to account ${ACCOUNT_ID}. The API token lacks the permission AI Gateway Read`,
  ],
  ["a 401 of the same kind", refused(401, 10000), "api_permission_missing", "AI Gateway Read"],
  ["an older API's refusal", refused(403, 9109), "api_permission_missing", "AI Gateway Read"],
  ["a 403 without a code", json(403, {}), "api_permission_missing", "AI Gateway Read"],
  [
    "an input",
    refused(400, 7001, { path: ["body", "id"] }),
    "api_input_refused",
    "Message of 7001",
  ],
  ["a missing object", refused(404, 7002), "api_not_found", "gateway “my-gateway”"],
  ["an unknown path", refused(404, 7003), "api_no_route", "account ID"],
  ["another unknown path", refused(400, 7000), "api_no_route", "account ID"],
  ["a 404 without a code", json(404, { success: false }), "api_not_found", "“my-gateway”"],
  [
    "a rate limit with a time",
    json(429, {}, { "retry-after": "7" }),
    "api_rate_limited",
    "in 7 seconds",
  ],
  [
    "a rate limit of a second",
    json(429, {}, { "retry-after": "1" }),
    "api_rate_limited",
    "1 second.",
  ],
  ["a rate limit without a time", json(429, {}), "api_rate_limited", "in 5 minutes"],
  ["a strange time", json(429, {}, { "retry-after": "soon" }), "api_rate_limited", "5 minutes"],
  ["an HTML page of the edge", html, "api_edge_refused", "403"],
  [
    "an edge error in JSON",
    json(403, { cloudflare_error: true, error_code: 1010, status: 403 }),
    "api_edge_refused",
    "firewall",
  ],
  ["an edge code in an envelope", refused(403, 1010), "api_edge_refused", "firewall"],
  ["a failure of the API", json(502, "bad gateway"), "api_failed", "502"],
  ["HTML under 200", { ...html, status: 200 }, "api_answer_unreadable", "200"],
  ["an empty body", { status: 200, headers: {}, body: "" }, "api_answer_unreadable", "200"],
  ["a JSON text", json(200, "hello"), "api_answer_unreadable", "200"],
  ["a JSON list", json(200, [1, 2]), "api_answer_unreadable", "200"],
  ["an object without a result", ok(undefined), "api_answer_unreadable", "200"],
  ["a result of another form", ok({ id: 7 }), "api_answer_unreadable", "200"],
  [
    "no success and no error",
    json(200, { result: { id: "my-gateway" } }),
    "api_answer_unreadable",
    "200",
  ],
  ["a refusal under 200", refused(200, 1234), "api_refused", "“Message of 1234”"],
  ["an unknown refusal", refused(409, 4321), "api_refused", "(status 409): “Message of 4321”"],
  ["a code as a text", refused(400, 0, { code: "7003" }), "api_no_route", "account ID"],
  [
    "a redirect",
    { status: 302, headers: { location: "https://x.example/" }, body: "" },
    "api_redirected",
    "login page",
  ],
  ["a closed connection", { hangUp: true }, "api_unreachable", "connection"],
  ["no answer", { never: true }, "api_timeout", "2 seconds"],
  [
    "an answer of 5 MB",
    json(200, { success: true, result: "x".repeat(5_000_000) }),
    "api_answer_too_large",
    "1 MB",
  ],
];

describe("a refusal", () => {
  it.each(ROWS)("is explained after %s", async (_, reply, code, words) => {
    server.reply({ [GATEWAY]: reply });
    const result = await account.settings(KEY);
    if (result.success) throw new Error("It succeeded.");
    expect(result.error.code).toBe(code);
    expect(result.error.message).toContain(words);
  });

  it("shows Cloudflare's text without control characters or the token, and shortened", async () => {
    const message = `Bad \u202e\u0007 ${API_TOKEN} ${"x".repeat(500)}`;
    server.reply({ [GATEWAY]: refused(409, 1234, { message }) });
    const result = await account.settings(KEY);
    if (result.success) throw new Error("It succeeded.");
    expect(result.error.message).toContain("Bad [U+202E]␇ [redacted] xxx");
    expect(result.error.message.length).toBeLessThan(300);
  });

  it.each([
    [{ path: ["body", "id"] }, "gatewayName"],
    [{ path: ["body", "collect_logs"] }, "collectLogs"],
    [{ source: { pointer: "/id" } }, "gatewayName"],
    [{ path: ["body", "__proto__"] }, undefined],
    [{ path: [7] }, undefined],
  ])("of a new gateway with %j names the field %s", async (place, field) => {
    server.reply({
      [`POST /accounts/${ACCOUNT_ID}/ai-gateway/gateways`]: refused(400, 7001, place),
    });
    const result = await account.createGateway({ ...KEY, collectLogs: true });
    expect(result).toMatchObject({ success: false, error: { code: "api_input_refused" } });
    expect(result.success ? null : result.error.field).toBe(field);
  });

  it("stops reading a compressed answer that grows beyond the limit", async () => {
    const { gzipSync } = await import("node:zlib");
    const { createServer } = await import("node:http");
    const bomb = gzipSync("x".repeat(50_000_000));
    const plain = createServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const { readAnswer } = await import("./api-client");
    const address = plain.address();
    const port = typeof address === "object" ? address?.port : "";
    expect(await readAnswer(await fetch(`http://127.0.0.1:${port}/`))).toBe(null);
    plain.close();
  });
});

it("refuses a request while 40 others are running", async () => {
  const own = await openTestAccount(server.env);
  await own.connect({ token: API_TOKEN, remember: false });
  server.reply({ [GATEWAY]: { never: true } });
  let refusals = 0;
  const asked = Array.from({ length: 60 }, async () => {
    const result = await own.settings(KEY);
    if (!result.success && result.error.code === "api_rate_limited") refusals += 1;
    // Requests over the limit are refused immediately. The others end with the account.
    if (refusals === 20) void own.close();
    return result.success;
  });
  expect(await Promise.all(asked)).not.toContain(true);
  expect(refusals).toBe(20);
  await own.close();
});

it("does not retry, and sends the token to no other host", async () => {
  const before = server.calls().length;
  server.reply({ [GATEWAY]: json(502, {}) });
  await account.settings(KEY);
  expect(server.calls().slice(before)).toEqual([GATEWAY]);
  const others = server.requests().filter(({ host }) => host !== "api.cloudflare.com");
  expect(others).toEqual([]);
  expect(JSON.stringify(log.lines)).not.toContain(API_TOKEN);
});
