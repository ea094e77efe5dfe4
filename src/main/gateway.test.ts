import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "./gateway";
import type { Log } from "./text/log";
import { removeDirectory } from "./text/testing/remove-directory";

const KEY = "sk-canary-in-an-error";

let home: string;
let warnings: unknown[][];
let gateway: CloudflareGateway;

/** A host's broken log, whose error quotes a key as a library's error may. */
const log: Log = {
  info: () => {
    throw new TypeError(`cannot log ${KEY}`);
  },
  warn: (...given) => void warnings.push(given),
};

beforeEach(async () => {
  warnings = [];
  home = await mkdtemp(join(tmpdir(), "gateway-"));
  const block = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "mine" };
  const providers = { anthropic: { apiKey: KEY, cloudflareGateway: block } };
  await writeFile(join(home, "providers.jsonc"), JSON.stringify(providers));
  gateway = openCloudflareGateway({ home, env: {}, log });
});

afterEach(async () => {
  await gateway.close();
  await removeDirectory(home);
});

it("logs the class and stack frames of an internal error, but not its message", async () => {
  const model = await gateway.languageModel("anthropic:claude-haiku-4-5");
  expect(model).toMatchObject({ success: false, error: { code: "internal" } });
  expect(warnings).toEqual([
    ["Unexpected error", { what: "TypeError", at: expect.stringContaining("gateway.test.ts") }],
  ]);
  expect(JSON.stringify([model, warnings])).not.toContain(KEY);
});

it("logs the class and stack frames when a listener throws, but not its message", async () => {
  gateway.onChange(() => {
    throw new RangeError(`cannot show ${KEY}`);
  });
  expect(await gateway.disable("anthropic")).toMatchObject({ success: true });
  expect(warnings).toEqual([
    ["A listener failed", { what: "RangeError", at: expect.stringContaining("gateway.test.ts") }],
  ]);
});

it("refuses a key as the name of a model before the name is saved or quoted", async () => {
  const testsFile = join(home, "tests.json");
  const tested = openCloudflareGateway({ home, env: {}, log, testsFile });
  const result = await tested.test("anthropic", { model: KEY });
  expect(result).toMatchObject({ success: false, error: { code: "model_holds_key" } });
  expect(JSON.stringify([result, await tested.tests()])).not.toContain(KEY);
  expect(await readdir(home)).toEqual(["providers.jsonc"]);
  await tested.close();
  expect(await gateway.languageModel(`anthropic:${KEY}`)).toMatchObject({
    error: { code: "model_holds_key" },
  });
});

it.each([
  [true, { success: true, data: null }],
  [false, { success: false, error: { code: "file_not_opened" } }],
])("opens its own file with the host's function, which returns %s", async (works, result) => {
  const opened: string[] = [];
  const openFile = (file: string): Promise<boolean> => {
    opened.push(file);
    return Promise.resolve(works);
  };
  const host = openCloudflareGateway({ home, env: {}, log, openFile });
  expect(await host.openFile()).toMatchObject(result);
  expect(opened).toEqual([join(home, "providers.jsonc")]);
  expect(await host.providers()).toMatchObject({ data: { canOpenFile: true } });
  await host.close();
});

it.each([
  ["the place where the file cannot be read", '{\n  "openai" {}\n}\n', { line: 2, column: 12 }],
  ["no place while the file can be read", '{ "openai": {} }\n', null],
])("tells the host's function %s", async (_what, text, place) => {
  await writeFile(join(home, "providers.jsonc"), text);
  const places: unknown[] = [];
  const host = openCloudflareGateway({
    home,
    env: {},
    log,
    openFile: (_file, at) => {
      places.push(at);
      return Promise.resolve(true);
    },
  });
  expect(await host.openFile()).toEqual({ success: true, data: null });
  expect(places).toEqual([place]);
  await host.close();
});

it("opens nothing without the host's function, and tells the panel so", async () => {
  expect(await gateway.openFile()).toMatchObject({
    success: false,
    error: { code: "file_not_opened" },
  });
  expect(await gateway.providers()).toMatchObject({ data: { canOpenFile: false } });
});
