import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  channelOf,
  GATEWAY_METHODS,
  isGatewayMethod,
  type GatewayMethod,
} from "../../shared/contract";
import { countOf, PATIENCE_MS } from "../../shared/testing/counts";
import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { gatewayHandlers, type GatewayHandlers } from "./handlers";
import { registerIpc } from "./ipc";
import { recordingLog } from "../proof/testing/provider";
import { removeDirectory } from "../text/testing/remove-directory";

/** How many invalid inputs each channel receives. */
const INPUTS = countOf("inputs");
/** How many rounds of calls arrive at once. */
const FLOOD = countOf("flood");

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const KEY = "sk-canary-0123456789";
const TOKEN = "cf-canary-9876543210";
const TEXT = `{
  // a comment
  "anthropic": { "apiKey": "${KEY}" },
  "openai": {
    "apiKey": "${KEY}",
    "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "g", "token": "${TOKEN}" },
  },
}
`;

/** A valid input of each method; for `test`, of a provider that does not exist. */
const RIGHT: { readonly [Method in GatewayMethod]: Readonly<Record<string, unknown>> | undefined } =
  {
    providers: undefined,
    enable: {
      provider: "anthropic",
      accountId: ACCOUNT,
      gatewayName: "my-gateway",
      token: TOKEN,
      segment: null,
      seen: "x",
    },
    disable: { provider: "openai", seen: "x" },
    forget: { provider: "openai", seen: "x" },
    route: {
      gateway: {
        accountId: ACCOUNT,
        gatewayName: "my-gateway",
        token: TOKEN,
        storePrompts: false,
      },
      providers: [{ provider: "anthropic", segment: null, seen: "x" }],
    },
    direct: { providers: [{ provider: "openai", seen: "x" }] },
    remove: { providers: [{ provider: "openai", seen: "x" }] },
    updateGateway: {
      gateway: { accountId: ACCOUNT, gatewayName: "g" },
      change: { accountId: ACCOUNT, gatewayName: "another", token: TOKEN },
    },
    confirmDomain: { accountId: ACCOUNT, gatewayName: "g", host: "ai.example.com" },
    fix: { provider: "openai", fix: "adopt_gateway", seen: "x" },
    setMirror: { on: true },
    undo: undefined,
    openFile: undefined,
    test: { provider: "unknown", run: "1", model: "m", route: "saved" },
    stopTest: { run: "1" },
    tests: undefined,
    accountStatus: undefined,
    connectAccount: { token: "", remember: false },
    disconnectAccount: undefined,
    accounts: undefined,
    accountGateways: { accountId: ACCOUNT },
    gatewayDetails: { accountId: ACCOUNT, gatewayName: "g" },
    createGateway: { accountId: ACCOUNT, gatewayName: "g", collectLogs: true },
    customProvider: { accountId: ACCOUNT, provider: "openai", seen: "x" },
    createCustomProvider: { accountId: ACCOUNT, provider: "openai", seen: "x" },
    logRow: {
      accountId: ACCOUNT,
      gatewayName: "g",
      provider: "openai",
      logId: "x",
      startedAt: "x",
      route: "saved",
    },
    traffic: { accountId: ACCOUNT, gatewayName: "g", window: "day" },
    requests: { accountId: ACCOUNT, gatewayName: "g", errorsFirst: true },
    doctor: { accountId: ACCOUNT, gatewayName: "no-provider" },
  };

let home: string;
let gateway: CloudflareGateway;
let handlers: GatewayHandlers;

async function open(): Promise<void> {
  home = await mkdtemp(join(tmpdir(), "fuzz-"));
  await writeFile(join(home, "providers.jsonc"), TEXT);
  gateway = openCloudflareGateway({ home, env: {}, log: recordingLog() });
  handlers = gatewayHandlers(gateway);
}
async function close(): Promise<void> {
  await gateway.close();
  await removeDirectory(home);
}

/** The file's text, and the names of all files in the home. */
async function homeContents(): Promise<readonly string[]> {
  return [await readFile(join(home, "providers.jsonc"), "utf8"), ...(await readdir(home))];
}
const UNTOUCHED = [TEXT, "providers.jsonc"];

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** The memory in use after a collection, in bytes: objects and buffers. */
function memory(): number {
  if (typeof collect === "function") collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function expectRefusal(method: GatewayMethod, input: unknown): Promise<void> {
  const result = await handlers[method](input);
  expect(result).toMatchObject({ success: false, error: { code: "input_invalid" } });
  const text = JSON.stringify(result);
  expect(text.length).toBeLessThan(1000);
  expect(text).not.toMatch(/canary/);
}

const thrower = (): never => {
  throw new Error(`${KEY} in an error`);
};

/** Values that a structured clone rejects, but another transport may pass. Reading some throws. */
const STRANGE: readonly (readonly [name: string, make: () => unknown])[] = [
  ["a function", () => thrower],
  ["a symbol", () => Symbol("x")],
  ["a proxy", () => new Proxy({}, { ownKeys: thrower, get: thrower, getPrototypeOf: thrower })],
  ["a getter", () => Object.defineProperty({}, "run", { enumerable: true, get: thrower })],
  ["a cycle", cycle],
  ["__proto__", () => JSON.parse('{"__proto__":{"provider":"openai","run":"1","on":true}}')],
  ["inherited members", () => Object.create({ provider: "openai", run: "1", on: true })],
  ["a map", () => new Map([["provider", "openai"]])],
  ["a date", () => new Date(Number.NaN)],
  ["an error", () => new Error(KEY)],
  ["a buffer", () => new Uint8Array(1000)],
  ["a boxed string", () => Object("openai")],
  ["a promise", async () => KEY],
  ["a large number", () => 10n ** 100n],
];

function cycle(): unknown {
  const itself: Record<string, unknown> = { provider: "openai" };
  itself["accountId"] = itself;
  return itself;
}

/** One code point. Fast-check's own unit "binary" builds a table of a million of them. */
const codePoint = fc.nat(0x10ffff).map((point) => String.fromCodePoint(point));

const anything: fc.Arbitrary<unknown> = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
});

/** Works for the member `__proto__` too. */
function withMember(right: object, name: string, value: unknown): unknown {
  return Object.defineProperty({ ...right }, name, { enumerable: true, value });
}

/** A valid input with one mistake: a wrong value, an extra or a missing member. */
function nearlyRight(method: GatewayMethod): fc.Arbitrary<unknown> {
  const right = RIGHT[method];
  if (right === undefined) return anything.filter((value) => value !== undefined);
  const [first = ""] = Object.keys(right);
  const wrongValue = anything.filter(
    (value) =>
      typeof value !== "string" &&
      typeof value !== "boolean" &&
      value !== null &&
      value !== undefined,
  );
  return fc.oneof(
    fc
      .record({ name: fc.constantFrom(...Object.keys(right)), value: wrongValue })
      .map(({ name, value }) => withMember(right, name, value)),
    fc
      .record({
        name: fc.constantFrom(...Object.keys(right)),
        size: fc.constantFrom(10_000, 100_000),
      })
      .map(({ name, size }) => withMember(right, name, TOKEN.repeat(size / 20))),
    fc
      .record({ name: fc.string().filter((name) => !(name in right)), value: anything })
      .map(({ name, value }) => withMember(right, name, value)),
    fc.constant(Object.fromEntries(Object.entries(right).filter(([name]) => name !== first))),
    fc.constant([right]),
  );
}

/** Sends invalid inputs to a method, and returns how many. */
async function fuzz(method: GatewayMethod, numRuns: number): Promise<number> {
  const wrong = anything.filter((value) => value !== undefined || RIGHT[method] !== undefined);
  let inputs = 0;
  const property = fc.asyncProperty(fc.oneof(wrong, nearlyRight(method)), async (input) => {
    inputs += 1;
    await expectRefusal(method, input);
  });
  await fc.assert(property, { numRuns });
  return inputs;
}

describe("a method of the contract", () => {
  let before: number;
  beforeAll(async () => {
    await open();
    // Code that runs for the first time takes memory too.
    for (const method of GATEWAY_METHODS) await fuzz(method, 20);
    before = memory();
  });
  afterAll(close);

  it.each(GATEWAY_METHODS)(
    "refuses an invalid input without writing the file or leaking memory: %s",
    { timeout: PATIENCE_MS },
    async (method) => {
      expect(await fuzz(method, INPUTS)).toBe(INPUTS);
      // A collection is slow, so one of them ends this test and starts the next one.
      const after = memory();
      const growth = after - before;
      before = after;
      expect(growth).toBeLessThan(5_000_000);
      expect(await homeContents()).toEqual(UNTOUCHED);
    },
  );
});

describe.each(STRANGE)("%s", (_, make) => {
  beforeAll(open);
  afterAll(close);

  it.each(GATEWAY_METHODS)("is refused by %s, as the input and as a member", async (method) => {
    await expectRefusal(method, make());
    for (const name of Object.keys(RIGHT[method] ?? {})) {
      await expectRefusal(method, { ...RIGHT[method], [name]: make() });
    }
    expect(await homeContents()).toEqual(UNTOUCHED);
  });
});

describe("names that a page may choose", () => {
  beforeAll(open);
  afterAll(close);

  const names = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 600 }),
    fc.constantFrom(
      "__proto__",
      "constructor",
      "toString",
      "",
      " ",
      "..",
      "a/b",
      "\u0000",
      "openai\n",
    ),
  );

  it("never make a call throw, create a file or reveal a secret", async () => {
    await fc.assert(
      fc.asyncProperty(names, names, names, async (provider, accountId, gatewayName) => {
        const known = provider === "anthropic" || provider === "openai";
        const results = [
          // Both names are invalid, or the provider does not exist, so nothing can be written.
          await handlers.enable({ provider: `x${provider}`, accountId, gatewayName, token: TOKEN }),
          await handlers.enable({ provider: "anthropic", accountId: `${accountId}!`, gatewayName }),
          ...(known
            ? []
            : [await handlers.disable({ provider }), await handlers.forget({ provider })]),
          await handlers.stopTest({ run: provider }),
          await handlers.test({ provider: `x${provider}`, run: "1", model: gatewayName }),
        ];
        for (const result of results) {
          expect(typeof result.success).toBe("boolean");
          expect(JSON.stringify(result)).not.toMatch(/canary/);
        }
      }),
      { numRuns: 150 },
    );
    expect(await homeContents()).toEqual(UNTOUCHED);
  });
});

describe("large inputs", () => {
  beforeAll(open);
  afterAll(close);

  it("of 10 MB are refused without leaking memory", async () => {
    const large = (): readonly unknown[] => [
      "x".repeat(10_000_000),
      { provider: "x".repeat(10_000_000) },
      { provider: "openai", ["x".repeat(10_000_000)]: 1 },
      Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`member-${i}`, i])),
      Array.from({ length: 200_000 }, (_, i) => i),
      new Uint8Array(10_000_000),
      { ...RIGHT.enable, token: TOKEN.repeat(500_000) },
    ];
    const run = async (): Promise<void> => {
      for (const input of large()) {
        for (const method of GATEWAY_METHODS) await expectRefusal(method, input);
      }
    };
    await run();
    // A leak grows in every round. One round can end while the collector still holds an input.
    let growth = Infinity;
    for (let round = 0; round < 3 && growth >= 5_000_000; round++) {
      const before = memory();
      await run();
      growth = memory() - before;
    }
    expect(growth).toBeLessThan(5_000_000);
    expect(await homeContents()).toEqual(UNTOUCHED);
  });
});

describe("unknown method names", () => {
  beforeAll(open);
  afterAll(close);

  const LISTED: readonly string[] = GATEWAY_METHODS;
  const names = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 64 }),
    fc.constantFrom(
      ..."__proto__ constructor toString valueOf hasOwnProperty then".split(" "),
      ..."changed invoke Providers enable/test enable:test *".split(" "),
      "",
      "providers ",
      "enable\u0000",
    ),
    // A name of the contract with a change.
    fc
      .tuple(fc.constantFrom(...LISTED), fc.string({ maxLength: 3 }), fc.nat(12))
      .map(([name, other, at]) => name.slice(0, at) + other + name.slice(at + 1)),
  );

  it("are rejected by isGatewayMethod", () => {
    expect(Object.keys(handlers)).toEqual(LISTED);
    const property = fc.property(fc.oneof(names, anything), (name) => {
      expect(isGatewayMethod(name)).toBe(typeof name === "string" && LISTED.includes(name));
    });
    fc.assert(property, { numRuns: INPUTS });
  });

  it("have no handler in the main process", () => {
    const handled: string[] = [];
    const unregister = registerIpc(
      { handle: (channel) => void handled.push(channel), removeHandler: () => undefined },
      gateway,
      { isTrustedSender: () => true },
    );
    expect(handled).toEqual(GATEWAY_METHODS.map(channelOf));
    const property = fc.property(names, (name) => {
      const channel = `cloudflare-gateway:${name}`;
      expect(handled.includes(channel)).toBe(LISTED.includes(name));
      expect(handled).not.toContain(name);
    });
    fc.assert(property, { numRuns: INPUTS });
    unregister();
  });
});

describe("a flood of calls", () => {
  beforeEach(open);
  afterEach(close);

  it("gets a result for each call, applies the last change and leaks no memory", async () => {
    const details = { provider: "anthropic", accountId: ACCOUNT, gatewayName: "my-gateway" };
    const flood = async (times: number): Promise<void> => {
      const calls = Array.from({ length: times }, (_, index) => [
        handlers.providers(undefined),
        handlers.enable(index % 2 === 0 ? details : { ...details, gatewayName: "NOT VALID" }),
        handlers.tests(undefined),
        handlers.stopTest({ run: String(index) }),
        handlers.disable({ provider: "anthropic", seen: "stale" }),
        handlers.test({ provider: "unknown", run: String(index) }),
      ]).flat();
      const results = await Promise.all(calls);
      expect(results.filter((result) => typeof result.success !== "boolean")).toEqual([]);
    };
    await flood(20);
    const before = memory();
    await flood(FLOOD);
    expect(memory() - before).toBeLessThan(5_000_000);
    const view = await handlers.providers(undefined);
    expect(view).toMatchObject({ success: true, data: { problem: null } });
    expect(await readFile(join(home, "providers.jsonc"), "utf8")).toContain("// a comment");
    expect(await readdir(home)).toEqual(["providers.jsonc"]);
  });

  it("starts a limited number of tests", async () => {
    // Accepts every connection and never responds.
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const mine = { providerType: "openai-compatible", baseUrl: `http://127.0.0.1:${port}/v1` };
    await writeFile(join(home, "providers.jsonc"), JSON.stringify({ mine }));
    const runs = Array.from({ length: 200 }, (_, index) => `run-${index}`);
    const answers = runs.map((run) => handlers.test({ provider: "mine", run, model: "m" }));
    await Promise.all(runs.map((run) => handlers.stopTest({ run })));
    const codes = (await Promise.all(answers)).map((answer) =>
      answer.success ? "report" : answer.error.code,
    );
    expect(codes.filter((code) => code === "cancelled")).toHaveLength(64);
    expect(codes.filter((code) => code === "tests_too_many")).toHaveLength(136);
    silent.close();
  });
});
