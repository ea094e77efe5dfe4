import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { recordingLog } from "../proof/testing/provider";
import { removeDirectory } from "../text/testing/remove-directory";

const DETAILS = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "my-gateway" };
const CUSTOM = `"providerType": "openai-compatible"`;

describe("a hostile providers.jsonc", () => {
  let home: string;
  let gateway: CloudflareGateway;
  let file: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "hostile-file-"));
    file = join(home, "providers.jsonc");
    gateway = openCloudflareGateway({ home, env: {}, log: recordingLog() });
  });
  afterEach(async () => {
    await gateway.close();
    await removeDirectory(home);
  });

  /** Makes every call of the panel and returns the first view of the file. */
  async function use(text: string, provider: string) {
    await writeFile(file, text);
    const before = await gateway.providers();
    await gateway.enable(provider, DETAILS);
    await gateway.tests();
    await gateway.fix(provider, "adopt_gateway");
    await gateway.disable(provider);
    await gateway.forget(provider);
    await gateway.languageModel(`${provider}:m`);
    return before;
  }

  const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
  it.each(NAMES)("does not pollute objects when a provider is called %s", async (name) => {
    const evil = `{ ${CUSTOM}, "baseUrl": "https://x.example/v1", "polluted": true, "isAdmin": 1,
      "headers": { "${name}": { "polluted": true } }, "${name}": { "polluted": true } }`;
    const view = await use(`{ "${name}": ${evil}, "mine": ${evil} }\n`, name);
    expect(view).toMatchObject({ success: true, data: { problem: null } });
    const shown = view.success ? view.data.providers.map(({ id }) => id) : [];
    expect(shown).toEqual(expect.arrayContaining([name, "mine"]));
    for (const victim of [{}, [], () => undefined, Object.create({})]) {
      expect(Reflect.get(victim, "polluted")).toBeUndefined();
      expect(Reflect.get(victim, "isAdmin")).toBeUndefined();
    }
  });

  it.each([
    "accountId",
    "gatewayName",
    "host",
    "token",
    "segment",
    "storePrompts",
    "mirror",
    "direct",
  ])("reads and changes the file when the %s of a block has an unexpected type", async (member) => {
    const own = `https://gateway.ai.cloudflare.com/v1/${DETAILS.accountId}/my-gateway/anthropic`;
    for (const value of [`{}`, `[{}]`, `{ "toString": 1 }`, `1`, `null`]) {
      const block = `{ "accountId": "${DETAILS.accountId}", "gatewayName": "my-gateway", "${member}": ${value} }`;
      const text = `{ "anthropic": { "apiKey": "k", "baseUrl": "${own}", "cloudflareGateway": ${block} } }\n`;
      expect(await use(text, "anthropic")).toMatchObject({ data: { problem: null } });
      expect(await readFile(file, "utf8")).not.toContain("cloudflareGateway");
    }
  });

  it.each<[string, string]>([
    ["slashes", `https://x.example/${"/".repeat(500_000)}x`],
    ["only slashes", "/".repeat(500_000)],
    ["dots", `https://${"a.".repeat(250_000)}x/`],
    ["spaces", `https://x.example/${" ".repeat(500_000)}x`],
    ["percent signs", `https://x.example/${"%".repeat(500_000)}`],
    ["a gateway's address", `https://gateway.ai.cloudflare.com/v1/${"a/".repeat(250_000)}`],
  ])("is read and changed in seconds when a URL has very many %s", async (_, baseUrl) => {
    const started = performance.now();
    for (const provider of ["mine", "anthropic"]) {
      const member = `{ ${CUSTOM}, "apiKey": "k", "baseUrl": ${JSON.stringify(baseUrl)} }`;
      const view = await use(`{ "${provider}": ${member} }\n`, provider);
      expect(view).toMatchObject({ success: true });
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each<[string, string]>([
    ["comments", `${"/* x */".repeat(200_000)}{}`],
    ["open brackets", "[".repeat(500_000)],
    ["quotes", `{${'"'.repeat(500_000)}`],
    ["backslashes", `{ "a": "${"\\\\".repeat(500_000)}" }`],
    ["commas", `{${",".repeat(500_000)}}`],
    ["the same provider", `{ ${'"mine": {}, '.repeat(50_000)} }`],
    ["line breaks", "\r".repeat(1_000_000)],
  ])("is read in seconds and not changed when it contains only %s", async (_, text) => {
    await writeFile(file, text);
    const started = performance.now();
    expect(await gateway.providers()).toMatchObject({ success: true });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await readFile(file, "utf8")).toBe(text);
  });
});
