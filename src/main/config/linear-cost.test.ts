import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { success, type Result } from "../../shared/result";
import type { MirrorSetting } from "../mirror/mirror-setting";
import { openProvidersStore, type ProvidersStore } from "./store";
import { growingTooFast, openRunCounter, type RunCounter, type Runs } from "./testing/count-runs";
import { removeDirectory } from "../text/testing/remove-directory";

let directory: string;
let file: string;
let counter: RunCounter;

beforeAll(async () => {
  counter = await openRunCounter();
});

afterAll(() => counter.close());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "linear-cost-"));
  file = join(directory, "providers.jsonc");
});

afterEach(async () => {
  await removeDirectory(directory);
});

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "g" };
const BLOCK = `"accountId": "${ACCOUNT}", "gatewayName": "g"`;
const silent = { info: () => undefined, warn: () => undefined };

function repeated(count: number, part: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => part(n)).join("");
}

/** One of 2 ** 18 spellings of the token header's name. */
function spelling(n: number): string {
  const letters = "cfaigauthorization".split("");
  const cased = letters.map((letter, bit) => ((n >> bit) & 1 ? letter.toUpperCase() : letter));
  return cased.join("").replace(/^(..)(...)/, "$1-$2-");
}

/** Texts in which one thing is there many times. */
const SHAPES: Readonly<Record<string, (count: number) => string>> = {
  providers: (count) =>
    `{\n${repeated(count, (n) => `  "c-${n}": { "providerType": "openai-compatible", "baseUrl": "https://llm-${n}.example.com/v1", "apiKey": "k" },\n`)}  "openai": { "apiKey": "k", "cloudflareGateway": { ${BLOCK} } }\n}\n`,
  "routed providers": (count) =>
    `{\n${repeated(count, (n) => `  "c-${n}": { "providerType": "openai-compatible", "baseUrl": "https://llm-${n}.example.com/v1", "apiKey": "k", "cloudflareGateway": { ${BLOCK}, "segment": "custom-${n}", "token": "t-${n}" } },\n`)}  "openai": { "apiKey": "k" }\n}\n`,
  "entries of one provider": (count) =>
    `{\n${repeated(count, (n) => `  "openai": { "apiKey": "k-${n}", "cloudflareGateway": { ${BLOCK} } },\n`)}}\n`,
  "blocks of one provider": (count) =>
    `{ "openai": { ${repeated(count, () => `"cloudflareGateway": { ${BLOCK} },\n`)} } }\n`,
  tokens: (count) =>
    `{ "openai": { "apiKey": "k", "cloudflareGateway": { ${BLOCK}${repeated(count, (n) => `, "token": "t-${n % 10}"`)} } } }\n`,
  "token headers": (count) =>
    `{ "openai": { "apiKey": "k", "headers": { ${repeated(count, (n) => `"cf-aig-authorization": "${n}",`)} }, "cloudflareGateway": { ${BLOCK} } } }\n`,
  "spellings of the token header": (count) =>
    `{ "openai": { "apiKey": "k", "headers": { ${repeated(count, (n) => `"${spelling(n)}": "${n}",`)} }, "cloudflareGateway": { ${BLOCK} } } }\n`,
  "saved spellings of it": (count) =>
    `{ "openai": { "apiKey": "k", "headers": { "x": "y", ${repeated(count, (n) => `"${spelling(n)}": "${n}",`)} }, "cloudflareGateway": { ${BLOCK}, "mirror": ["headers"], "direct": { "headers": { ${repeated(count, (n) => `"${spelling(n)}": "${n}",`)} } } } } }\n`,
  headers: (count) =>
    `{ "openai": { "apiKey": "k", "headers": { ${repeated(count, (n) => `"x-${n}": "${n}",`)} }, "cloudflareGateway": { ${BLOCK} } } }\n`,
  models: (count) =>
    `{ "openai": { "apiKey": "k", "models": [ ${repeated(count, (n) => `"m-${n}",`)} ], "cloudflareGateway": { ${BLOCK} } } }\n`,
  comments: (count) =>
    `{\n  "openai": {\n    "apiKey": "k",\n${repeated(count, () => "    // a comment\n")}    "cloudflareGateway": { ${BLOCK} }\n  }\n}\n`,
  "block comments": (count) =>
    `{\n  "openai": { "apiKey": "k", ${repeated(count, () => "/* c */ ")}"cloudflareGateway": { ${BLOCK} } ${repeated(count, () => "/* c */ ")} }\n}\n`,
  "lines without text": (count) =>
    `{\n  "openai": { "apiKey": "k", ${repeated(count, () => "\n  ")}"cloudflareGateway": { ${BLOCK} ${repeated(count, () => "\n  ")} } ${repeated(count, () => "\n  ")} }\n}\n`,
};

type Call = (store: ProvidersStore, count: number) => Promise<Result<unknown>>;

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ provider: `c-${n}`, segment: `custom-${n}` }));

const CALLS: readonly Call[] = [
  async (store) => store.enable("openai", { ...GATEWAY, gatewayName: "g-1" }),
  async (store) => store.enable("openai", { ...GATEWAY, token: "not-a-real-token" }),
  async (store) => store.enable("openai", { ...GATEWAY, token: null }),
  async (store) => store.disable("openai"),
  async (store) => store.enable("openai", GATEWAY),
  async (store) => store.forget("openai"),
  async (store) => store.undo(),
  async (store) => store.setMirror(true),
  async (store) => store.setMirror(false),
  async (store, count) =>
    store.route({ gateway: { ...GATEWAY, token: "another-token" }, providers: many(count) }),
  async (store) =>
    store.updateGateway({ gateway: GATEWAY, change: { gatewayName: "g-2", token: "third-token" } }),
  async (store, count) => store.direct({ providers: many(count) }),
  async (store, count) => store.remove({ providers: many(count) }),
];

function changeableMirror(): MirrorSetting {
  let on = true;
  return {
    canChange: true,
    isOn: async () => on,
    change: async (now) => {
      on = now;
      return success(null);
    },
  };
}

async function runsOf(shape: (count: number) => string, count: number): Promise<Runs> {
  await writeFile(file, shape(count));
  const store = openProvidersStore({ file, env: {}, log: silent, mirror: changeableMirror() });
  return counter.count(async () => {
    await store.read();
    // Also those that are refused for such a file, at any step of their work.
    for (const call of CALLS) await call(store, count);
    await store.close();
  });
}

const SIZE = 16;
/** Counting slows down all code of the worker, and its modules are those of all test files before this one. */
const LIMIT_MS = 90_000;

test.each(Object.entries(SHAPES))(
  "runs no code more than twice as often when there are twice as many %s",
  async (_name, shape) => {
    const one = await runsOf(shape, SIZE);
    const two = await runsOf(shape, 2 * SIZE);
    const four = await runsOf(shape, 4 * SIZE);
    expect([...growingTooFast([one, two, four], SIZE)]).toEqual([]);
  },
  LIMIT_MS,
);
