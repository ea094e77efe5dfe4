/** Requests of a released version of mux with the mirrored settings, for each row of the table in docs/embedding.md. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "jsonc-parser";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { BUILT_IN_PROVIDERS } from "../../shared/providers";
import { KNOWN_SEGMENTS } from "../../shared/segments";
import type { GatewayDetails } from "../config/store";
import { openCloudflareGateway } from "../gateway";
import { callAsStockMux, SDK_BASE_URL_VARIABLES } from "./testing/stock-mux";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const TOKEN = "gateway-token-1111";
const MODEL = "m-1";

interface Row {
  readonly provider: string;
  /** Members in the file in addition to the key. */
  readonly members: Readonly<Record<string, string>>;
  readonly segment: string | null;
  readonly mirrored: string;
  readonly calls: string;
  /** The URL without a block: before it is added and after it is switched off. */
  readonly direct: string;
}

const row = (
  provider: string,
  members: Row["members"],
  segment: string | null,
  [mirrored, calls, direct]: readonly [mirrored: string, calls: string, direct: string],
): Row => ({ provider, members, segment, mirrored, calls, direct });

const custom = (baseUrl: string) => ({ providerType: "openai-compatible", baseUrl });
const chat = (base: string, direct: string) =>
  [base, `${base}/chat/completions`, `${direct}/chat/completions`] as const;

/** `G` is the gateway's URL, `{model}` the model. */
const ROWS: readonly Row[] = [
  row("anthropic", {}, null, [
    "G/anthropic/v1",
    "G/anthropic/v1/messages",
    "https://api.anthropic.com/v1/messages",
  ]),
  row("openai", {}, null, [
    "G/openai",
    "G/openai/responses",
    "https://api.openai.com/v1/responses",
  ]),
  row(
    "openai",
    { wireFormat: "chatCompletions" },
    null,
    chat("G/openai", "https://api.openai.com/v1"),
  ),
  row("google", {}, null, [
    "G/google-ai-studio/v1beta",
    "G/google-ai-studio/v1beta/models/{model}:streamGenerateContent?alt=sse",
    "https://generativelanguage.googleapis.com/v1beta/models/{model}:streamGenerateContent?alt=sse",
  ]),
  row("xai", {}, null, chat("G/grok/v1", "https://api.x.ai/v1")),
  row("deepseek", {}, null, chat("G/deepseek", "https://api.deepseek.com")),
  row(
    "moonshotai",
    {},
    "custom-moonshot",
    chat("G/custom-moonshot/v1", "https://api.moonshot.ai/v1"),
  ),
  row("openrouter", {}, null, chat("G/openrouter/v1", "https://openrouter.ai/api/v1")),
  row(
    "mistral",
    custom("https://api.mistral.ai/v1"),
    null,
    chat("G/mistral/v1", "https://api.mistral.ai/v1"),
  ),
  row(
    "groq",
    custom("https://api.groq.com/openai/v1"),
    null,
    chat("G/groq", "https://api.groq.com/openai/v1"),
  ),
  row(
    "perplexity",
    custom("https://api.perplexity.ai"),
    null,
    chat("G/perplexity-ai", "https://api.perplexity.ai/v1"),
  ),
  row(
    "cerebras",
    custom("https://api.cerebras.ai/v1"),
    null,
    chat("G/cerebras", "https://api.cerebras.ai/v1"),
  ),
  row(
    "fireworks",
    custom("https://api.fireworks.ai/inference/v1"),
    null,
    chat("G/fireworks", "https://api.fireworks.ai/inference/v1"),
  ),
  row(
    "cohere",
    custom("https://api.cohere.ai/compatibility/v1"),
    null,
    chat("G/cohere/compatibility/v1", "https://api.cohere.ai/compatibility/v1"),
  ),
  row(
    "baseten",
    custom("https://inference.baseten.co/v1"),
    null,
    chat("G/baseten/v1", "https://inference.baseten.co/v1"),
  ),
  row(
    "workers",
    custom(`https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai/v1`),
    null,
    chat("G/workers-ai/v1", `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai/v1`),
  ),
  row(
    "gemini",
    custom("https://generativelanguage.googleapis.com/v1beta/openai"),
    null,
    chat(
      "G/google-ai-studio/v1beta/openai",
      "https://generativelanguage.googleapis.com/v1beta/openai",
    ),
  ),
  row(
    "acme",
    custom("https://llm.acme.com"),
    "custom-acme",
    chat("G/custom-acme/v1", "https://llm.acme.com/v1"),
  ),
  row(
    "zed",
    custom("https://llm.zed.example/api/v4"),
    "custom-zed",
    chat("G/custom-zed/api/v4", "https://llm.zed.example/api/v4"),
  ),
];

const named = ROWS.map(
  (each) => [`${each.provider} ${JSON.stringify(each.members)}`, each] as const,
);

let home: string;

beforeEach(async () => {
  for (const name of SDK_BASE_URL_VARIABLES) vi.stubEnv(name, undefined);
  home = await mkdtemp(join(tmpdir(), "mirror-route-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await removeDirectory(home);
});

const text = () => readFile(join(home, "providers.jsonc"), "utf8");

/** A file with a custom header, comments and trailing commas. */
async function write({ provider, members }: Pick<Row, "provider" | "members">): Promise<string> {
  const lines = Object.entries({ apiKey: "provider-key-1", ...members }).map(
    ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const written = `// Mine\n{\n  ${JSON.stringify(provider)}: {\n${lines.join("\n")} // yes, a comma\n    "headers": { "X-Team": "a" },\n  },\n}\n`;
  await writeFile(join(home, "providers.jsonc"), written);
  return written;
}

async function change(
  provider: string,
  to: GatewayDetails | "off" | "forget",
  mirror = true,
): Promise<void> {
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home, env: {}, log, mirror });
  const calls = { off: gateway.disable, forget: gateway.forget };
  const result = await (typeof to === "string"
    ? calls[to](provider)
    : gateway.enable(provider, to));
  await gateway.close();
  if (!result.success) throw new Error(result.error.message);
}

const block = ({ segment }: Pick<Row, "segment">, token: string | null = TOKEN) => ({
  accountId: ACCOUNT,
  gatewayName: "gw",
  segment,
  token,
});

const PROVIDER = z.looseObject({ baseUrl: z.string().optional() });
const baseUrlIn = (written: string, provider: string): string | undefined =>
  z.record(z.string(), PROVIDER).parse(parse(written))[provider]?.baseUrl;

/** Replaces the placeholders in a URL of a row. */
const full = (url: string) => url.replace(/^G/, GATEWAY).replace("{model}", MODEL);
const call = async (provider: string) => callAsStockMux(await text(), provider, MODEL);

describe("a released version of mux", () => {
  test.each(named)(
    "uses the gateway when it is on and goes direct when it is off: %s",
    async (_name, each) => {
      const { provider, mirrored, calls, direct } = each;
      const before = await write(each);
      expect((await call(provider)).url).toBe(full(direct));

      await change(provider, { ...block(each), storePrompts: false });
      expect(baseUrlIn(await text(), provider)).toBe(full(mirrored));
      const routed = await call(provider);
      expect(routed.url).toBe(full(calls));
      expect(routed.headers.get("cf-aig-authorization")).toBe(`Bearer ${TOKEN}`);
      expect(routed.headers.get("cf-aig-collect-log-payload")).toBe("false");
      expect(routed.headers.get("x-team")).toBe("a");

      await change(provider, "off");
      const off = await call(provider);
      expect(off.url).toBe(full(direct));
      expect([...off.headers.keys()].filter((name) => name.startsWith("cf-aig-"))).toEqual([]);
      expect(off.headers.get("x-team")).toBe("a");

      await change(provider, "forget");
      expect(await text()).toBe(before);
    },
  );

  test.each(named)("sends no token when the block has none: %s", async (_name, each) => {
    await write(each);
    await change(each.provider, block(each, null));
    const { url, headers } = await call(each.provider);
    expect(url).toBe(full(each.calls));
    expect(headers.has("cf-aig-authorization")).toBe(false);
  });

  test.each(named)("bypasses the gateway when nothing is mirrored: %s", async (_name, each) => {
    await write(each);
    // OpenRouter's token is stored in the mirror alone.
    await change(each.provider, block(each, each.provider === "openrouter" ? null : TOKEN), false);
    const { url, headers } = await call(each.provider);
    expect(url).toBe(full(each.direct));
    expect(headers.has("cf-aig-authorization")).toBe(false);
  });

  test("uses the user's own base URL, in either spelling, when the gateway is off", async () => {
    for (const [members, direct] of [
      [{ baseUrl: "https://eu.api.anthropic.com//" }, "https://eu.api.anthropic.com/v1/messages"],
      [{ baseURL: "https://eu.api.anthropic.com/v1" }, "https://eu.api.anthropic.com/v1/messages"],
    ] as const) {
      await write({ provider: "anthropic", members });
      await change("anthropic", block({ segment: null }));
      expect((await call("anthropic")).url).toBe(full("G/anthropic/v1/messages"));
      await change("anthropic", "off");
      expect((await call("anthropic")).url).toBe(direct);
    }
  });

  test("sends the block without the token when the provider is OpenRouter", async () => {
    await write({ provider: "openrouter", members: {} });
    await change("openrouter", block({ segment: null }));
    const { body } = await call("openrouter");
    expect(JSON.parse(body)).toMatchObject({
      cloudflareGateway: { accountId: ACCOUNT, gatewayName: "gw" },
    });
    expect(body).not.toContain(TOKEN);
    await change("openrouter", "off");
    expect((await call("openrouter")).body).not.toContain(TOKEN);
  });
});

describe("the table in docs/embedding.md", () => {
  test("contains every routable provider and every known segment", () => {
    const providers = new Set(ROWS.map(({ provider }) => provider));
    for (const { id, gateway } of BUILT_IN_PROVIDERS) {
      expect(providers.has(id)).toBe(gateway.kind !== "unroutable");
    }
    const segments = new Set(ROWS.map(({ mirrored }) => mirrored.split("/")[1] ?? ""));
    expect([...KNOWN_SEGMENTS.keys()].filter((segment) => !segments.has(segment))).toEqual([]);
  });

  test("equals these rows", async () => {
    const page = await readFile(join(__dirname, "../../../docs/embedding.md"), "utf8");
    const section = page.slice(page.indexOf("## 8."), page.indexOf("## 9."));
    const shown = section.split("\n").filter((line) => line.startsWith("|"));
    expect(shown.join("\n")).toBe(table());
  });
});

function table(): string {
  const code = (cell: string) => `\`${cell}\``;
  const lines = [
    ["provider", "gateway settings", "`baseUrl`", "mux then calls", "switched off, mux calls"],
    ...ROWS.map(({ provider, members, segment, mirrored, calls, direct }) => {
      const { baseUrl, wireFormat } = members;
      const how = baseUrl ?? (wireFormat && `"wireFormat": "${wireFormat}"`);
      const details = `{ accountId, gatewayName${segment === null ? "" : `, segment: "${segment}"`} }`;
      return [
        code(provider) + (how === undefined ? "" : ` (${code(how)})`),
        code(details),
        code(mirrored),
        code(calls),
        code(direct),
      ];
    }),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...rest] = lines;
  const rule = line(["", "", "", "", ""], "-");
  return [line(head), rule, ...rest.map((cells) => line(cells))].join("\n");
}
