/** Compares each example in docs/file-format.md with a file that the panel really writes. */
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "jsonc-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import type { GatewayDetails } from "./store";
import { removeDirectory } from "../text/testing/remove-directory";

const details: GatewayDetails = {
  accountId: "0123456789abcdef0123456789abcdef",
  gatewayName: "my-gateway",
  token: "your-gateway-token",
};
const OPENROUTER = `{
  "openrouter": {
    "apiKey": "sk-or-your-key"
  }
}
`;

const page = readFileSync(join(__dirname, "../../../docs/file-format.md"), "utf8");
const shown = [...page.matchAll(/^```jsonc\n(.*?)^```/gms)].map(([, text = ""]) => text);
const [before = "", on = "", off = "", bare = "", openrouter = ""] = shown;
const examples = { on, off, bare };

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "file-format-"));
});

beforeEach(() => write(before));
afterAll(() => removeDirectory(home));

const write = (text: string) => writeFile(join(home, "providers.jsonc"), text);

/** The text of the file after these calls. */
async function after(
  mirror: boolean,
  ...calls: readonly ((gateway: CloudflareGateway) => ReturnType<CloudflareGateway["undo"]>)[]
): Promise<string> {
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home, env: {}, log, mirror });
  for (const call of calls) {
    const result = await call(gateway);
    if (!result.success) throw new Error(result.error.message);
  }
  await gateway.close();
  return readFile(join(home, "providers.jsonc"), "utf8");
}

describe("docs/file-format.md", () => {
  test("has five examples", () => {
    expect(shown).toHaveLength(5);
  });

  test("shows the file when a provider is enabled with its mirror", async () => {
    expect(await after(true, ({ enable }) => enable("anthropic", details))).toBe(on);
  });

  test("shows the file when the provider is disabled", async () => {
    await write(on);
    expect(await after(true, ({ disable }) => disable("anthropic"))).toBe(off);
    const { accountId, gatewayName } = details;
    expect(await after(true, ({ enable }) => enable("anthropic", { accountId, gatewayName }))).toBe(
      on,
    );
  });

  test.each(["on", "off", "bare"] as const)(
    "shows the original file when the provider is forgotten: %s",
    async (example) => {
      await write(examples[example]);
      expect(await after(true, ({ forget }) => forget("anthropic"))).toBe(before);
    },
  );

  test("shows only the block when the mirror is off", async () => {
    expect(await after(false, ({ enable }) => enable("anthropic", details))).toBe(bare);
  });

  test("shows the token only in the header when OpenRouter is enabled", async () => {
    await write(OPENROUTER);
    expect(await after(true, ({ enable }) => enable("openrouter", details))).toBe(openrouter);
    expect(await after(true, ({ disable }) => disable("openrouter"))).not.toContain(details.token);
  });

  test("lists exactly the members that a block can have", async () => {
    const acme = {
      providerType: "openai-compatible",
      baseUrl: "https://llm.acme.example/v1",
      headers: { "cf-aig-authorization": "Bearer their-own" },
    };
    await write(JSON.stringify({ acme }));
    const { accountId, gatewayName } = details;
    const host = "ai.example.com";
    const asked = { ...details, host, segment: "custom-acme", storePrompts: false };
    const text = await after(
      true,
      ({ confirmDomain }) => confirmDomain({ accountId, gatewayName, host }),
      ({ enable }) => enable("acme", asked),
    );
    const BLOCK = z.record(z.string(), z.unknown());
    const file = z.object({ acme: z.object({ cloudflareGateway: BLOCK }) }).parse(parse(text));
    const written = Object.keys(file.acme.cloudflareGateway);
    const listed = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => name);
    expect(listed.toSorted()).toEqual(written.toSorted());
  });
});
