/** Tests the stand-in for Cloudflare's API: the account that owns the demo's gateways. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DemoPermission } from "./account-state";
import { startDemo, type Demo } from "./demo";
import { apiClient, type ApiAnswer } from "./api-client";
import {
  DEMO_ACCOUNT_ID,
  DEMO_ACCOUNT_NAME,
  DEMO_API_TOKEN,
  DEMO_DOMAIN,
  DEMO_GATEWAY,
  DEMO_OWN_HOST,
  DEMO_PENDING_DOMAIN,
  DEMO_TEAM_GATEWAY,
  DEMO_TOKEN,
} from "./names";
import { anthropicRequest, fetchThrough, gatewayRequest, gatewayUrl } from "./test-client";

const ACCOUNT = `/accounts/${DEMO_ACCOUNT_ID}`;
const GATEWAYS = `${ACCOUNT}/ai-gateway/gateways`;
const CUSTOM_PROVIDERS = `${ACCOUNT}/ai-gateway/custom-providers`;
const NEW_GATEWAY = {
  id: "new-gateway",
  cache_ttl: null,
  cache_invalidate_on_update: false,
  collect_logs: true,
  rate_limiting_interval: null,
  rate_limiting_limit: null,
  rate_limiting_technique: "fixed",
  authentication: true,
};

let demo: Demo;
let fetch: typeof globalThis.fetch;
let call: ReturnType<typeof apiClient>;
beforeEach(async () => {
  demo = await startDemo();
  fetch = fetchThrough(demo);
  call = apiClient(fetch);
});
afterEach(async () => demo.close());

const errorOf = ({ status, body }: ApiAnswer) => [status, body.errors?.[0]?.code];
const namesOf = ({ body }: ApiAnswer) =>
  Array.isArray(body.result) ? body.result.map(({ id }: { id: string }) => id) : [];
async function post(path: string, body: unknown, secret?: string) {
  return call(path, { method: "POST", body: JSON.stringify(body) }, secret);
}

describe("a token", () => {
  test("is verified where it was created", async () => {
    const user = await call("/user/tokens/verify");
    expect(user.body).toMatchObject({
      success: true,
      messages: [{ message: "This API Token is valid and active" }],
      result: { status: "active" },
    });
    expect(errorOf(await call(`${ACCOUNT}/tokens/verify`))).toEqual([401, 1000]);
    demo.account.setToken("of-the-account", { ownedBy: "account", accounts: [DEMO_ACCOUNT_ID] });
    const owned = await call(`${ACCOUNT}/tokens/verify`, {}, "of-the-account");
    expect(owned.body.result).toMatchObject({ status: "active" });
    expect(errorOf(await call("/user/tokens/verify", {}, "of-the-account"))).toEqual([401, 1000]);
  });

  test("is reported as disabled or expired by its check, and refused elsewhere", async () => {
    for (const status of ["disabled", "expired"] as const) {
      demo.account.setToken(DEMO_API_TOKEN, { status, expiresOn: "2026-01-01T00:00:00Z" });
      const { body } = await call("/user/tokens/verify");
      expect(body.result).toMatchObject({ status, expires_on: "2026-01-01T00:00:00Z" });
      expect(errorOf(await call("/accounts"))).toEqual([403, 10000]);
    }
  });

  test("is refused when it is unknown, revoked or not active yet", async () => {
    expect(errorOf(await call("/user/tokens/verify", {}, "unknown"))).toEqual([401, 1000]);
    expect(errorOf(await call(GATEWAYS, {}, "unknown"))).toEqual([403, 10000]);
    demo.account.delayToken(DEMO_API_TOKEN, 2);
    const statuses = [
      await call("/user/tokens/verify"),
      await call("/user/tokens/verify"),
      await call("/user/tokens/verify"),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 200]);
    demo.account.revokeToken(DEMO_API_TOKEN);
    expect(errorOf(await call("/user/tokens/verify"))).toEqual([401, 1000]);
    expect(errorOf(await call(GATEWAYS))).toEqual([403, 10000]);
  });

  test("makes the header malformed when it has a character that no token has", async () => {
    const answer = await call("/user/tokens/verify", {}, "two words");
    expect(errorOf(answer)).toEqual([400, 6003]);
    expect(answer.body.errors?.[0]?.error_chain).toMatchObject([{ code: 6111 }]);
    const without = await fetch("https://api.cloudflare.com/client/v4/accounts");
    expect(without.status).toBe(400);
  });

  test.each<[DemoPermission, string, number]>([
    ["AI Gateway Run", GATEWAYS, 403],
    ["AI Gateway Metadata Read", GATEWAYS, 403],
    ["AI Gateway Metadata Read", `${GATEWAYS}/${DEMO_GATEWAY}/logs`, 200],
    ["AI Gateway Metadata Read", `${GATEWAYS}/${DEMO_GATEWAY}/logs/any/response`, 403],
    ["AI Gateway Read", GATEWAYS, 200],
    ["AI Gateway Edit", GATEWAYS, 200],
    ["AI Gateway Edit", `${GATEWAYS}/${DEMO_GATEWAY}/logs`, 200],
    ["Account Settings Read", GATEWAYS, 403],
    ["Account Settings Read", "/accounts", 200],
  ])("with %s alone asks for %s: %i", async (permission, path, status) => {
    demo.account.setToken(DEMO_API_TOKEN, { permissions: [permission] });
    expect((await call(path)).status).toBe(status);
  });

  test("cannot create with Read alone, and reads nothing with the gateway's token", async () => {
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["AI Gateway Read"] });
    expect(errorOf(await post(GATEWAYS, NEW_GATEWAY))).toEqual([403, 10000]);
    expect(errorOf(await call(GATEWAYS, {}, DEMO_TOKEN))).toEqual([403, 10000]);
    expect((await call("/user/tokens/verify", {}, DEMO_TOKEN)).status).toBe(200);
    const through = await fetch(
      gatewayUrl(DEMO_GATEWAY, "/anthropic/v1/messages"),
      anthropicRequest({ "cf-aig-authorization": `Bearer ${DEMO_API_TOKEN}` }),
    );
    expect(through.status).toBe(401);
  });
});

describe("accounts", () => {
  test("are listed with their names", async () => {
    const { body } = await call("/accounts?page=1&per_page=50");
    expect(body.result).toMatchObject([{ id: DEMO_ACCOUNT_ID, name: DEMO_ACCOUNT_NAME }]);
    expect(body.result_info).toEqual({
      page: 1,
      per_page: 50,
      count: 1,
      total_count: 1,
      total_pages: 1,
    });
  });

  test("are an empty list without the permission, or when hidden", async () => {
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["AI Gateway Read"] });
    expect((await call("/accounts")).body).toMatchObject({ success: true, result: [] });
    demo.account.setToken(DEMO_API_TOKEN, { permissions: ["Account Settings Read"] });
    demo.account.set({ hidesAccounts: true });
    expect((await call("/accounts")).body).toMatchObject({ success: true, result: [] });
  });

  test("may lack a name", async () => {
    demo.account.setAccount({ id: DEMO_ACCOUNT_ID, name: null, runToken: DEMO_TOKEN });
    expect(JSON.stringify((await call("/accounts")).body)).not.toContain('"name"');
  });

  test("are refused when they are not the token's, and not routed when malformed", async () => {
    const other = await call(`/accounts/${"0".repeat(32)}/ai-gateway/gateways`);
    expect(errorOf(other)).toEqual([403, 10000]);
    expect(errorOf(await call("/accounts/short/ai-gateway/gateways"))).toEqual([404, 7003]);
    expect(errorOf(await call(`${ACCOUNT}/no-such-route`))).toEqual([404, 7003]);
  });
});

describe("gateways", () => {
  test("are listed with what the gateway's stand-in does", async () => {
    const { body } = await call(`${GATEWAYS}?per_page=50`);
    expect(body.result).toMatchObject([
      { id: "my-gateway", authentication: true, cache_ttl: null, rate_limiting_limit: null },
      { id: "team-gateway", retry_max_attempts: 3, spend_limits: { enabled: true } },
      { id: "locked-gateway", byok_only: true },
      { id: "cached-gateway", cache_ttl: 3600 },
      { id: "busy-gateway", rate_limiting_limit: 10, rate_limiting_interval: 60 },
      { id: "open-gateway", authentication: false, dlp: { enabled: true } },
    ]);
    const one = await call(`${GATEWAYS}/${DEMO_GATEWAY}`);
    expect(Object.keys(one.body.result ?? {})).toHaveLength(30);
    expect(errorOf(await call(`${GATEWAYS}/absent`))).toEqual([404, 7002]);
  });

  test("fill several pages, and can be searched", async () => {
    for (let index = 0; index < 120; index += 1) {
      const name = `more-${String(index).padStart(3, "0")}`;
      demo.cloudflare.setGateway({ accountId: DEMO_ACCOUNT_ID, name, token: DEMO_TOKEN });
    }
    const pages = [1, 2, 3, 4].map((page) => call(`${GATEWAYS}?page=${page}&per_page=50`));
    const names = (await Promise.all(pages)).flatMap(namesOf);
    expect(names).toHaveLength(126);
    expect(new Set(names).size).toBe(126);
    const found = await call(`${GATEWAYS}?search=more-11`);
    expect(found.body.result_info).toMatchObject({ count: 10, per_page: 20, total_pages: 1 });
    expect(errorOf(await call(`${GATEWAYS}?per_page=100`))).toEqual([400, 7001]);
    expect(errorOf(await call(`${GATEWAYS}?page=0`))).toEqual([400, 7001]);
  });

  test("can be used immediately after creation", async () => {
    const created = await post(GATEWAYS, NEW_GATEWAY);
    expect(created.body.result).toMatchObject({ ...NEW_GATEWAY, byok_only: false });
    const url = gatewayUrl("new-gateway", "/anthropic/v1/messages");
    expect((await fetch(url, anthropicRequest())).status).toBe(401);
    const answer = await fetch(url, gatewayRequest());
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Pong")]);
    const log = await call(`${GATEWAYS}/new-gateway/logs`);
    expect(log.body.result).toMatchObject([{ id: answer.headers.get("cf-aig-log-id") }]);
  });

  test.each<[string, unknown, unknown]>([
    ["a missing member", { ...NEW_GATEWAY, collect_logs: undefined }, ["body", "collect_logs"]],
    ["a wrong name", { ...NEW_GATEWAY, id: "No Name" }, ["body", "id"]],
    ["a long name", { ...NEW_GATEWAY, id: "a".repeat(65) }, ["body", "id"]],
    ["an open gateway", { ...NEW_GATEWAY, authentication: false }, ["body", "authentication"]],
    ["no object", "text", ["body"]],
  ])("are refused with the path of %s", async (_, input, path) => {
    const answer = await post(GATEWAYS, input);
    expect(errorOf(answer)).toEqual([400, 7001]);
    expect(answer.body.errors?.[0]?.path).toEqual(path);
  });

  test("are refused when the name is taken", async () => {
    const answer = await post(GATEWAYS, { ...NEW_GATEWAY, id: DEMO_GATEWAY });
    expect(answer.status).toBe(409);
    expect(answer.body.errors?.[0]?.path).toEqual(["body", "id"]);
  });

  test("name the URL of a segment, and their custom domains", async () => {
    const url = await call(`${GATEWAYS}/${DEMO_GATEWAY}/url/anthropic`);
    expect(url.body.result).toBe(gatewayUrl(DEMO_GATEWAY, "/anthropic"));
    expect(errorOf(await call(`${GATEWAYS}/${DEMO_GATEWAY}/url/other`))).toEqual([404, 7002]);
    const domains = await call(`${GATEWAYS}/${DEMO_TEAM_GATEWAY}/custom-domains`);
    expect(domains.body.result).toMatchObject([
      { hostname: DEMO_DOMAIN, status: "active", gateway_id: DEMO_TEAM_GATEWAY },
      { hostname: DEMO_PENDING_DOMAIN, status: "pending_dcv" },
    ]);
    expect((await call(`${GATEWAYS}/${DEMO_GATEWAY}/custom-domains`)).body.result).toEqual([]);
  });

  test("are reached through an active custom domain only", async () => {
    const active = await fetch(`https://${DEMO_DOMAIN}/anthropic/v1/messages`, gatewayRequest());
    expect(active.status).toBe(200);
    await active.text();
    expect(demo.account.rows).toMatchObject([{ gatewayName: DEMO_TEAM_GATEWAY }]);
    const pending = `https://${DEMO_PENDING_DOMAIN}/anthropic/v1/messages`;
    expect((await fetch(pending, gatewayRequest())).status).toBe(502);
  });
});

describe("custom providers", () => {
  const chat = { model: "acme-large", messages: [{ role: "user", content: "ping" }] };
  async function ask(segment: string): Promise<string> {
    const answer = await fetch(gatewayUrl(DEMO_GATEWAY, `/${segment}/v1/chat/completions`), {
      method: "POST",
      headers: { "cf-aig-authorization": `Bearer ${DEMO_TOKEN}`, authorization: "Bearer any" },
      body: JSON.stringify(chat),
    });
    return answer.text();
  }

  test("are listed, and serve their segment immediately after creation", async () => {
    const listed = await call(CUSTOM_PROVIDERS);
    expect(listed.body.result).toMatchObject([
      { slug: "moonshot", base_url: "https://api.moonshot.ai", enable: true },
      { slug: "acme", base_url: `https://${DEMO_OWN_HOST}` },
    ]);
    const input = { name: "Own", slug: "own", base_url: `https://${DEMO_OWN_HOST}`, enable: true };
    expect((await post(CUSTOM_PROVIDERS, input)).body.result).toMatchObject(input);
    expect(await ask("custom-own")).toContain("Pong");
    expect(errorOf(await post(CUSTOM_PROVIDERS, input))[0]).toBe(409);
  });

  test("stay off without `enable`, and the gateway does not know them", async () => {
    const input = { name: "Off", slug: "off", base_url: `https://${DEMO_OWN_HOST}` };
    expect((await post(CUSTOM_PROVIDERS, input)).body.result).toMatchObject({ enable: false });
    expect(await ask("custom-off")).toContain('"code":2008');
    expect(namesOf(await call(`${CUSTOM_PROVIDERS}?enable=false`))).toHaveLength(1);
  });

  test("are refused without https", async () => {
    const input = { name: "Plain", slug: "plain", base_url: "http://plain.example" };
    const answer = await post(CUSTOM_PROVIDERS, input);
    expect(answer.body.errors?.[0]?.path).toEqual(["body", "base_url"]);
  });
});
