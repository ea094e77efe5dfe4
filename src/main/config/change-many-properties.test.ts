/** Properties of calls for many providers, for any file and any change in between. */
import { mkdtemp, readFile, rename, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";

import type { Changed } from "../../shared/view";
import type { Result } from "../../shared/result";
import { countOf, PATIENCE_MS } from "../../shared/testing/counts";
import { isObject } from "../mux/gateway-header";
import { generatedDocument } from "../jsonc/testing/generated-documents";
import { fixedMirror } from "../mirror/mirror-setting";
import type { Log } from "../text/log";
import type { ChangeContext } from "./mirror-edits";
import { directProviders, removeProviders, routeProviders, type Given } from "./change-many";
import type { ReadProvider } from "./providers";
import { snapshotOf } from "./snapshot";
import { openProvidersStore, type ProvidersStore } from "./store";
import { disableProvider, enableProvider, forgetProvider } from "./testing/edit-text";
import { removeDirectory } from "../text/testing/remove-directory";

const A = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const KEYS = Object.fromEntries(
  ["ANTHROPIC", "OPENAI", "GOOGLE_GENERATIVE_AI", "OPENROUTER"].map((name) => [
    `${name}_API_KEY`,
    "k",
  ]),
);
const silent: Log = { info: () => undefined, warn: () => undefined };

function given(text: string, mirror: boolean): Given | null {
  const snapshot = snapshotOf({ success: true, data: Buffer.from(text) }, "file");
  if (!snapshot.document.success) return null;
  const context: ChangeContext = { file: "file", env: KEYS, mirror, domains: [] };
  const { document, providers } = snapshot;
  return { document: document.data, providers, context, markOf: () => "" };
}

type Single = (
  text: string,
  provider: ReadProvider,
  context: ChangeContext,
) => ReturnType<typeof disableProvider>;

/** The text after a change of each of them, one write after the other. */
function oneByOne(text: string, ids: readonly string[], mirror: boolean, single: Single): string {
  return ids.reduce((before, id) => {
    const now = given(before, mirror);
    const provider = now?.providers.find(({ config }) => config.id === id);
    if (!now || !provider) throw new Error(id);
    const after = single(before, provider, now.context);
    if (!after.success) throw new Error(after.error.code);
    return after.data;
  }, text);
}

describe("one write of many providers", () => {
  const gateway = { accountId: A, gatewayName: "gw", token: "a-token" };
  const calls = {
    route: [
      routeProviders,
      (text, provider, context) => enableProvider(text, provider, gateway, context),
    ],
    direct: [directProviders, disableProvider],
    remove: [removeProviders, forgetProvider],
  } as const satisfies Record<string, readonly [unknown, Single]>;

  test.each(["route", "direct", "remove"] as const)(
    "is to the byte what single changes make: %s",
    (call) => {
      let written = 0;
      fc.assert(
        fc.property(generatedDocument, fc.boolean(), ({ text }, mirror) => {
          const now = given(text, mirror);
          if (now === null) return;
          const providers = now.providers.map(({ config }) => ({ provider: config.id }));
          const [many, single] = calls[call];
          const outcome = many(now, { gateway, providers });
          if (!outcome.success) throw new Error(outcome.error.code);
          const { document, changed, leftOut } = outcome.data;
          written += changed.length;
          expect(new Set([...changed, ...leftOut.map(({ provider }) => provider)]).size).toBe(
            changed.length + leftOut.length,
          );
          const expected = oneByOne(text, changed, mirror, single);
          // Each of several new members copies the layout of the one before it.
          const areAllThere = changed.every((id) =>
            now.providers.some(({ config }) => config.id === id && config.inFile),
          );
          const comparable = (each: string) => (areAllThere ? each : each.replace(/\s+/g, ""));
          expect(comparable(document.text)).toBe(comparable(expected));
        }),
        { numRuns: countOf("mirrors") },
      );
      expect(written).toBeGreaterThan(0);
    },
  );
});

const IDS = ["anthropic", "openai", "google", "openrouter", "xai", "mine"] as const;
/** Which account each token belongs to. */
const TOKENS: Readonly<Record<string, string>> = { "a-1": A, "a-2": A, "b-1": B };

const account = fc.constantFrom(A, B);
const key = fc.record({ accountId: account, gatewayName: fc.constantFrom("g1", "g2") });
const some = fc
  .subarray([...IDS], { minLength: 1 })
  .map((ids) =>
    ids.map((provider) => ({ provider, ...(provider === "mine" ? { segment: "custom-m" } : {}) })),
  );

const tokensFor = (accountId: unknown) =>
  Object.keys(TOKENS).filter((token) => TOKENS[token] === accountId);

const tokenOf = (accountId: string) =>
  fc.constantFrom(
    null,
    ...tokensFor(accountId),
    { from: "environment" } as const,
    ...IDS.map((provider) => ({ from: "provider", provider }) as const),
  );

const withToken = key.chain((names) =>
  fc.record(
    {
      accountId: fc.constant(names.accountId),
      gatewayName: fc.constant(names.gatewayName),
      token: tokenOf(names.accountId),
      storePrompts: fc.boolean(),
    },
    { requiredKeys: ["accountId", "gatewayName"] },
  ),
);

const step = fc.oneof(
  fc.record({ call: fc.constant("route" as const), gateway: withToken, providers: some }),
  fc.record({ call: fc.constant("direct" as const), providers: some }),
  fc.record({ call: fc.constant("remove" as const), providers: some }),
  fc.record({ call: fc.constant("updateGateway" as const), gateway: key, change: withToken }),
  fc.record({ call: fc.constant("undo" as const) }),
  fc.record({ call: fc.constant("muxSaves" as const) }),
);

const START = `// mine
{
  "anthropic": { "apiKey": "k" }, "openai": { "apiKey": "k", "headers": { "x": "1" } },
  "google": { "apiKey": "k", "cloudflareGateway": { "accountId": "${A}", "gatewayName": "g1", "token": "a-1" } },
  "openrouter": { "apiKey": "k" },
  "xai": { "apiKey": "k", "baseUrl": "https://api.x.ai/v1", "cloudflareGatewayDisabled": { "accountId": "${B}", "gatewayName": "g2", "token": "b-1" } },
  "mine": { "providerType": "openai-compatible", "apiKey": "k", "baseUrl": "https://llm.example.com/v1" }
}
`;

const blocksOf = (provider: unknown): readonly Readonly<Record<string, unknown>>[] =>
  isObject(provider)
    ? [provider["cloudflareGateway"], provider["cloudflareGatewayDisabled"]].filter(isObject)
    : [];

/** The log's header is beside a block that asks for it, and only where requests go to a gateway. */
function expectLogHeaderAtHome(provider: unknown, headers: unknown): void {
  const isWritten = isObject(headers) && "cf-aig-collect-log-payload" in headers;
  if (!isWritten || !isObject(provider)) return;
  expect(provider["baseUrl"]).toContain("gateway.ai.cloudflare.com/v1/");
  expect(provider["cloudflareGateway"]).toMatchObject({ storePrompts: false });
}

/** Every token is in its own account's blocks alone, and OpenRouter's blocks have none. */
function expectTokensAtHome(text: string): void {
  const data: unknown = parse(text, [], { allowTrailingComma: true });
  if (!isObject(data)) throw new Error("no object");
  for (const [id, provider] of Object.entries(data)) {
    for (const { token, accountId } of blocksOf(provider)) {
      const allowed =
        id === "openrouter" ? [undefined] : [undefined, null, ...tokensFor(accountId)];
      expect(allowed).toContain(token);
    }
    const headers = isObject(provider) ? provider["headers"] : null;
    expectLogHeaderAtHome(provider, headers);
    const value = isObject(headers) ? headers["cf-aig-authorization"] : undefined;
    if (typeof value !== "string" || !isObject(provider)) continue;
    const accountId = TOKENS[value.replace("Bearer ", "")] ?? "none";
    expect(provider["baseUrl"]).toContain(`gateway.ai.cloudflare.com/v1/${accountId}/`);
  }
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Call = Exclude<Step, { readonly call: "undo" | "muxSaves" }>;

function makeCall(store: ProvidersStore, call: Call): Promise<Result<Changed>> {
  switch (call.call) {
    case "route":
      return store.route(call);
    case "direct":
    case "remove":
      return store[call.call]({
        providers: call.providers.map(({ provider }) => ({ provider })),
      });
    case "updateGateway":
      return store.updateGateway(call);
    default:
      return call satisfies never;
  }
}

/** Saves as mux does: parses the file, writes it from scratch, and renames it into place. */
async function saveAsMux(file: string, text: string): Promise<void> {
  const data: unknown = parse(text, [], { allowTrailingComma: true });
  await writeFile(`${file}.mux`, `// saved by mux\n${JSON.stringify(data, null, 2)}`);
  await rename(`${file}.mux`, file);
}

interface Running {
  readonly file: string;
  readonly store: ProvidersStore;
  /** The texts that undo leads back to. */
  past: string[];
}

async function expectUndo({ file, store, past }: Running, before: string): Promise<void> {
  const expected = past.pop();
  expect((await store.undo()).success).toBe(expected !== undefined);
  expect(await readFile(file, "utf8")).toBe(expected ?? before);
}

async function expectOneWrite(running: Running, call: Call, before: string): Promise<void> {
  const { file, store, past } = running;
  const { ino } = await stat(file);
  const done = await makeCall(store, call);
  const after = await readFile(file, "utf8");
  const isWritten = (await stat(file)).ino !== ino;
  if (isWritten) past.push(before);
  expect(isWritten).toBe(after !== before);
  expect(outcomeOf(done)).toEqual(
    done.success
      ? { steps: isWritten ? 1 : 0, isChanged: isWritten, undoSteps: past.length }
      : { isOfToken: !isWritten },
  );
  expectTokensAtHome(after);
}

/** A sequence of steps on a file of its own, with what must hold after each. */
async function runSteps(steps: readonly Step[], mirror: boolean): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "sequence-"));
  const file = join(directory, "providers.jsonc");
  await writeFile(file, START);
  const env = { CLOUDFLARE_ACCOUNT_ID: A, CLOUDFLARE_AI_GATEWAY_TOKEN: "a-2" };
  const store = openProvidersStore({ file, env, log: silent, mirror: fixedMirror(mirror) });
  const running: Running = { file, store, past: [] };
  for (const each of steps) {
    const before = await readFile(file, "utf8");
    if (each.call === "undo") await expectUndo(running, before);
    else if (each.call === "muxSaves") {
      await saveAsMux(file, before);
      if ((await readFile(file, "utf8")) !== before) running.past = [];
    } else await expectOneWrite(running, each, before);
  }
  await store.close();
  await removeDirectory(directory);
  return running.past.length;
}

function outcomeOf(done: Result<Changed>): object {
  if (!done.success) return { isOfToken: done.error.code.startsWith("token_") };
  const { steps, changed, view } = done.data;
  return { steps, isChanged: changed.length > 0, undoSteps: view.undoSteps };
}

test(
  "any sequence of calls makes one write and one undo each, and keeps tokens with their account",
  async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, mirror) => {
        longest = Math.max(longest, await runSteps(steps, mirror));
      }),
      { numRuns: countOf("mirrors") / 4 },
    );
    expect(longest).toBeGreaterThan(1);
  },
  PATIENCE_MS,
);
