/** Hand edits after which a stock mux sends the gateway's token elsewhere: shown, refused and stopped. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import type { ProviderView } from "../../shared/view";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const TOKEN = "cf-token-7Hq2Lw9Zx4";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "gw", token: TOKEN };
const URL_OF = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw/anthropic/v1`;
const HEADER = `"cf-aig-authorization": "Bearer ${TOKEN}"`;
const BEFORE = `{
  "anthropic": { "apiKey": "key" },
  "ollama": {}
}
`;

let home: string;
const opened: CloudflareGateway[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "token-leak-"));
});

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await rm(home, { recursive: true, force: true });
});

const text = () => readFile(join(home, "providers.jsonc"), "utf8");
const write = (edited: string) => writeFile(join(home, "providers.jsonc"), edited);

function open(mirror: boolean, env: NodeJS.ProcessEnv = {}): CloudflareGateway {
  const gateway = openCloudflareGateway({
    home,
    env,
    mirror,
    log: { info: () => undefined, warn: () => undefined },
    fetch: () => Promise.resolve(new Response("{}", { headers: { "cf-aig-log-id": "1" } })),
  });
  opened.push(gateway);
  return gateway;
}

/** Anthropic behind a gateway with a token, mirrored. */
async function mirrored(): Promise<CloudflareGateway> {
  await write(BEFORE);
  const gateway = open(true);
  const routed = await gateway.enable("anthropic", GATEWAY);
  if (!routed.success) throw new Error(routed.error.message);
  return gateway;
}

async function row(
  gateway: CloudflareGateway,
  id = "anthropic",
): Promise<ProviderView | undefined> {
  const view = await gateway.providers();
  return view.success ? view.data.providers.find((provider) => provider.id === id) : undefined;
}

async function cleared(): Promise<void> {
  await write((await text()).replace(/,?\s*"baseUrl": "[^"]*"/, ""));
}

describe("a token header without the gateway's base URL beside it", () => {
  test("is reported with the host that the token goes to, and restored by one fix", async () => {
    const gateway = await mirrored();
    const routed = await text();
    expect((await row(gateway))?.leak).toBeNull();
    await cleared();
    const shown = await row(gateway);
    expect(shown?.leak).toEqual({ host: "api.anthropic.com", fix: "restore_gateway_url" });
    expect(shown?.notices).toMatchObject([{ code: "token_leak", fix: "restore_gateway_url" }]);
    expect((await gateway.fix("anthropic", "remove_token_header")).success).toBe(false);
    expect((await gateway.fix("anthropic", "restore_gateway_url")).success).toBe(true);
    expect(JSON.parse(await text())).toEqual(JSON.parse(routed));
    expect(await row(gateway)).toMatchObject({ leak: null, notices: [] });
    expect(await gateway.fix("anthropic", "restore_gateway_url")).toMatchObject({
      error: { code: "fix_unavailable" },
    });
  });

  test.each([
    ["https://proxy.example:8443/v1", "proxy.example:8443"],
    [URL_OF.replace("https:", "http:"), "gateway.ai.cloudflare.com without encryption"],
  ])("is reported when the base URL is edited to %s", async (baseUrl, host) => {
    const gateway = await mirrored();
    await write((await text()).replace(URL_OF, baseUrl));
    expect((await row(gateway))?.leak).toMatchObject({ host });
    expect((await gateway.fix("anthropic", "restore_gateway_url")).success).toBe(true);
    expect(await text()).toContain(`"baseUrl": "${URL_OF}"`);
  });

  test("is reported when the environment decides where mux calls", async () => {
    const env = { ANTHROPIC_BASE_URL: "https://eu.api.anthropic.com" };
    await write(`{ "anthropic": { "apiKey": "key", "headers": { ${HEADER} } } }`);
    expect((await row(open(true, env)))?.leak).toMatchObject({
      host: "eu.api.anthropic.com",
    });
  });

  test("is removed where no gateway is on", async () => {
    const gateway = await mirrored();
    await write(
      (await text()).replace("cloudflareGateway", "cloudflareGatewayDisabled").replace(URL_OF, ""),
    );
    expect((await row(gateway))?.leak).toEqual({
      host: "api.anthropic.com",
      fix: "remove_token_header",
    });
    expect((await gateway.fix("anthropic", "remove_token_header")).success).toBe(true);
    expect(await text()).not.toContain("cf-aig-authorization");
    expect((await row(gateway))?.leak).toBeNull();
  });

  test("is removed where blocks are not mirrored", async () => {
    await write(`{ "anthropic": { "apiKey": "key", "headers": { "X-Team": "docs", ${HEADER} },
      "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" } } }`);
    const gateway = open(false);
    expect((await row(gateway))?.leak?.fix).toBe("remove_token_header");
    expect((await gateway.fix("anthropic", "remove_token_header")).success).toBe(true);
    expect(await text()).toContain(`"headers": { "X-Team": "docs" }`);
    expect((await row(gateway))?.leak).toBeNull();
  });

  test("is reported at the provider's own host whoever wrote the value", async () => {
    await write(`{ "anthropic": { "apiKey": "key", "baseUrl": "https://api.anthropic.com/v1",
      "headers": { "cf-aig-authorization": "Bearer of-the-user" } } }`);
    expect((await row(open(true)))?.leak).toMatchObject({ host: "api.anthropic.com" });
  });

  test("is reported at any host for a value that a block of the file holds", async () => {
    await write(`{
      "anthropic": { "apiKey": "key", "baseUrl": "https://own.example/v1", "headers": { ${HEADER} } },
      "google": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw",
        "token": "${TOKEN}" } } }`);
    expect((await row(open(true)))?.leak).toEqual({
      host: "own.example",
      fix: "remove_token_header",
    });
  });

  test("gives way to the user's own value where the user's own host gets it", async () => {
    await write(`{ "anthropic": { "apiKey": "key", "baseUrl": "https://own.example/v1",
      "headers": { ${HEADER} },
      "cloudflareGatewayDisabled": { "accountId": "${ACCOUNT}", "gatewayName": "gw",
        "token": "${TOKEN}", "mirror": ["baseUrl", "headers"],
        "direct": { "headers": { "cf-aig-authorization": "Bearer mine" } } } } }`);
    const gateway = open(true);
    expect((await row(gateway))?.leak).toEqual({ host: "own.example", fix: "remove_token_header" });
    expect((await gateway.fix("anthropic", "remove_token_header")).success).toBe(true);
    expect(await text()).toContain(`"headers": { "cf-aig-authorization": "Bearer mine" }`);
    expect((await row(gateway))?.leak).toBeNull();
  });

  test("is found at a provider that cannot be routed", async () => {
    await write(`{ "ollama": { "headers": { ${HEADER} } } }`);
    expect((await row(open(true), "ollama"))?.leak).toEqual({
      host: "localhost:11434",
      fix: "remove_token_header",
    });
  });

  test("is found at a provider whose address is in no file", async () => {
    await write(`{ "github-copilot": { "headers": { ${HEADER} } } }`);
    const gateway = open(true);
    expect((await row(gateway, "github-copilot"))?.leak).toEqual({
      host: "the host of GitHub Copilot",
      fix: "remove_token_header",
    });
    expect((await gateway.fix("github-copilot", "remove_token_header")).success).toBe(true);
    expect(await text()).not.toContain(TOKEN);
  });

  test.each([
    ["beside an address that mux cannot call", `"baseUrl": "file:///x", "headers": { ${HEADER} }`],
    ["of a provider that is off in mux", `"enabled": false, "headers": { ${HEADER} }`],
    ["with nothing in it", `"headers": { "cf-aig-authorization": " " }`],
    [
      "with a value of the user's own for a host of their own",
      `"baseUrl": "https://own.example", "headers": { "cf-aig-authorization": "Bearer mine" }`,
    ],
    ["beside another gateway's address", `"baseUrl": "${URL_OF}", "headers": { ${HEADER} }`],
  ])("is no leak %s", async (_name, members) => {
    await write(`{ "anthropic": { "apiKey": "key", ${members} } }`);
    expect((await row(open(true)))?.leak).toBeNull();
  });
});

describe("a test while a token leaks", () => {
  test("is refused, and earlier results are stale until it is stopped", async () => {
    const gateway = await mirrored();
    expect((await gateway.test("anthropic")).success).toBe(true);
    const isStale = async () => {
      const tests = await gateway.tests();
      return tests.success && tests.data.tests.map(({ stale }) => stale);
    };
    expect(await isStale()).toEqual([false]);
    await cleared();
    expect(await isStale()).toEqual([true]);
    for (const route of ["saved", "direct"] as const) {
      const refused = await gateway.test("anthropic", { route });
      expect(refused).toMatchObject({ success: false, error: { code: "token_leak" } });
      expect(refused.success ? "" : refused.error.message).toContain("api.anthropic.com");
      expect(JSON.stringify(refused)).not.toContain(TOKEN);
    }
    expect((await gateway.fix("anthropic", "restore_gateway_url")).success).toBe(true);
    expect((await gateway.test("anthropic")).success).toBe(true);
    expect(await isStale()).toEqual([false]);
  });
});
