/** Manual edits that make mux send the gateway token elsewhere: warnings, refused tests and fixes. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import type { ProviderView } from "../../shared/view";
import { removeDirectory } from "../text/testing/remove-directory";

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
  await removeDirectory(home);
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

/** A gateway whose Anthropic is routed with a token and mirrored. */
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

describe("a token header without the gateway's base URL", () => {
  test("is reported with its host and fixed when the base URL is removed", async () => {
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

  test("is reported when the environment sets the base URL", async () => {
    const env = { ANTHROPIC_BASE_URL: "https://eu.api.anthropic.com" };
    await write(`{ "anthropic": { "apiKey": "key", "headers": { ${HEADER} } } }`);
    expect((await row(open(true, env)))?.leak).toMatchObject({
      host: "eu.api.anthropic.com",
    });
  });

  test("is removed by the fix when the gateway is disabled", async () => {
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

  test("is removed by the fix when the mirror is off", async () => {
    await write(`{ "anthropic": { "apiKey": "key", "headers": { "X-Team": "docs", ${HEADER} },
      "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" } } }`);
    const gateway = open(false);
    expect((await row(gateway))?.leak?.fix).toBe("remove_token_header");
    expect((await gateway.fix("anthropic", "remove_token_header")).success).toBe(true);
    expect(await text()).toContain(`"headers": { "X-Team": "docs" }`);
    expect((await row(gateway))?.leak).toBeNull();
  });

  test("is reported when the host is the provider's own", async () => {
    await write(`{ "anthropic": { "apiKey": "key", "baseUrl": "https://api.anthropic.com/v1",
      "headers": { "cf-aig-authorization": "Bearer of-the-user" } } }`);
    expect((await row(open(true)))?.leak).toMatchObject({ host: "api.anthropic.com" });
  });

  test("is reported for any host when a block contains the token", async () => {
    await write(`{
      "anthropic": { "apiKey": "key", "baseUrl": "https://own.example/v1", "headers": { ${HEADER} } },
      "google": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw",
        "token": "${TOKEN}" } } }`);
    expect((await row(open(true)))?.leak).toEqual({
      host: "own.example",
      fix: "remove_token_header",
    });
  });

  test("is replaced by the user's own value when the host is the user's own", async () => {
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

  test("is reported when the provider cannot be routed", async () => {
    await write(`{ "ollama": { "headers": { ${HEADER} } } }`);
    expect((await row(open(true), "ollama"))?.leak).toEqual({
      host: "localhost:11434",
      fix: "remove_token_header",
    });
  });

  test("is reported when the provider's URL is not in the file", async () => {
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
    ["the base URL is not an HTTP URL", `"baseUrl": "file:///x", "headers": { ${HEADER} }`],
    ["the provider is disabled in mux", `"enabled": false, "headers": { ${HEADER} }`],
    ["the header is blank", `"headers": { "cf-aig-authorization": " " }`],
    [
      "with a value of the user's own for a host of their own",
      `"baseUrl": "https://own.example", "headers": { "cf-aig-authorization": "Bearer mine" }`,
    ],
    ["the base URL belongs to another gateway", `"baseUrl": "${URL_OF}", "headers": { ${HEADER} }`],
  ])("is not reported when %s", async (_name, members) => {
    await write(`{ "anthropic": { "apiKey": "key", ${members} } }`);
    expect((await row(open(true)))?.leak).toBeNull();
  });
});

describe("a route test during a token leak", () => {
  test("is refused and makes earlier results stale until the leak is fixed", async () => {
    const gateway = await mirrored();
    expect((await gateway.test("anthropic")).success).toBe(true);
    const isStale = async () => {
      const tests = await gateway.tests();
      return tests.success && tests.data.tests.map(({ stale }) => stale);
    };
    expect(await isStale()).toEqual([false]);
    await cleared();
    expect(await isStale()).toEqual([true]);
    for (const route of ["saved", "direct", "mux"] as const) {
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
