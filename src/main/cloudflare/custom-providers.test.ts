/** Custom providers are found by host, and created for the host in the file. */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

import { ACCOUNT_ID, API_TOKEN, ok, openApiServer, type ApiServer } from "./testing/api-server";
import { openTestAccount, type TestAccount } from "./testing/open-account";

let server: ApiServer;
let account: TestAccount;

const custom = (baseUrl: string) => ({ acme: { providerType: "openai-compatible", baseUrl } });

beforeAll(async () => {
  server = await openApiServer();
  account = await openTestAccount(server.env, { providers: custom("https://llm.acme.dev/api/v1") });
  await account.connect({ token: API_TOKEN, remember: false });
});
afterEach(() => server.reset());
afterAll(async () => {
  await account.close();
  await server.close();
});

const LIST = `GET /accounts/${ACCOUNT_ID}/ai-gateway/custom-providers`;
const CREATE = `POST /accounts/${ACCOUNT_ID}/ai-gateway/custom-providers`;
const row = (slug: string, base_url: string, extra: object = {}) => ({
  id: `id of ${slug}`,
  name: slug,
  slug,
  base_url,
  enable: true,
  headers: '{"authorization":"Bearer canary-header"}',
  ...extra,
});
const input = async (provider = "acme") => ({
  accountId: ACCOUNT_ID,
  provider,
  seen: await account.mark(provider),
});

it.each([
  ["another host", [row("other", "https://other.dev")], null, "custom-acme", true],
  ["the same host", [row("mine", "https://llm.acme.dev")], "custom-mine", "custom-mine", true],
  [
    "the same host, switched off",
    [row("mine", "https://llm.acme.dev/", { enable: false })],
    "custom-mine",
    "custom-mine",
    false,
  ],
  [
    "the same host, with a switch that is not readable",
    [row("mine", "https://llm.acme.dev", { enable: "yes" })],
    "custom-mine",
    "custom-mine",
    false,
  ],
  [
    "the same host, once on and once off",
    [row("off", "https://llm.acme.dev", { enable: false }), row("on", "https://llm.acme.dev")],
    "custom-on",
    "custom-on",
    true,
  ],
  ["the host with a path", [row("acme", "https://llm.acme.dev/v1")], null, "custom-acme-2", true],
  ["the slug for another host", [row("acme", "https://acme.com")], null, "custom-acme-2", true],
  ["http", [row("acme", "http://llm.acme.dev")], null, "custom-acme-2", true],
  ["an invalid slug", [row("../x", "https://llm.acme.dev")], null, "custom-acme", true],
])("are matched by host when the account has one of %s", async (_, rows, segment, proposed, on) => {
  server.reply({ [LIST]: ok(rows) });
  const found = await account.customProvider(await input());
  expect(found).toEqual({
    success: true,
    data: { host: "llm.acme.dev", segment, proposed, isEnabled: on },
  });
  expect(JSON.stringify(found)).not.toContain("canary");
});

it("are created enabled, with the root of the host in the file", async () => {
  server.reply({ [LIST]: ok([]), [CREATE]: ok(row("acme", "https://llm.acme.dev")) });
  await account.customProvider(await input());
  expect(await account.createCustomProvider(await input())).toMatchObject({
    data: { segment: "custom-acme", isEnabled: true },
  });
  expect(JSON.parse(server.requests().at(-1)?.body ?? "")).toEqual({
    name: "acme",
    slug: "acme",
    base_url: "https://llm.acme.dev",
    enable: true,
  });
});

it("are not created twice for one host", async () => {
  server.reply({ [LIST]: ok([row("mine", "https://llm.acme.dev")]) });
  expect(await account.createCustomProvider(await input())).toMatchObject({
    data: { segment: "custom-mine" },
  });
  expect(server.calls()).not.toContain(CREATE);
});

it("are reported as off when Cloudflare created one that is off", async () => {
  const off = row("acme", "https://llm.acme.dev", { enable: false });
  server.reply({ [LIST]: ok([]), [CREATE]: ok(off) });
  expect(await account.createCustomProvider(await input())).toMatchObject({
    data: { isEnabled: false },
  });
});

it("are not created when the base URL has changed since it was shown", async () => {
  server.reply({ [LIST]: ok([]) });
  await account.customProvider(await input());
  await account.write(custom("https://evil.example/v1"));
  expect(await account.createCustomProvider(await input())).toMatchObject({
    error: { code: "conflict" },
  });
  expect(server.calls()).not.toContain(CREATE);
});

it("are not created for an old mark", async () => {
  expect(await account.createCustomProvider({ ...(await input()), seen: "old" })).toMatchObject({
    error: { code: "conflict" },
  });
  expect(server.calls()).not.toContain(LIST);
});

it.each([
  ["http://llm.acme.dev/v1", "base_url_invalid"],
  ["http://127.0.0.1:8080/v1", "provider_not_routable"],
  ["https://10.0.0.1/v1", "provider_not_routable"],
  ["nonsense", "provider_not_routable"],
])("are not created for %s", async (baseUrl, code) => {
  await account.write(custom(baseUrl));
  expect(await account.createCustomProvider(await input())).toMatchObject({ error: { code } });
  expect(server.calls()).not.toContain(LIST);
});

it("are not created for a provider that is not in the view", async () => {
  expect(await account.customProvider(await input("__proto__"))).toMatchObject({
    error: { code: "provider_unknown" },
  });
});

it.each([
  ["https://api.moonshot.ai/v1", "custom-moonshot"],
  ["https://models.example.co.uk:8443/v1", "custom-example"],
  ["https://api.llm.dev/v1", "custom-llm"],
  ["https://xn--bcher-kva.example/v1", "custom-xn-bcher-kva"],
])("get a slug of the host's own name for %s", async (baseUrl, proposed) => {
  server.reply({ [LIST]: ok([]) });
  await account.write(custom(baseUrl));
  expect(await account.customProvider(await input())).toMatchObject({ data: { proposed } });
});
