/**
 * Files that version 0.1.0 wrote, each from `before.jsonc`, and its settings and tests. In
 * `testing/from-0.1.0`, `{file}` in settings.json is the path of providers.jsonc.
 */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { Result } from "../shared/result";
import { openCloudflareGateway, type CloudflareGateway } from "./gateway";
import { removeDirectory } from "./text/testing/remove-directory";

const WRITTEN = join(__dirname, "config/testing/from-0.1.0");
const GATEWAY = {
  accountId: "de305d5475b4431badb2eb6b9e54600e",
  gatewayName: "my-gateway",
};

let home: string;
let opened: CloudflareGateway[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "upgrade-"));
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((gateway) => gateway.close()));
  await removeDirectory(home);
});

function written(name: string): Promise<string> {
  return readFile(join(WRITTEN, name), "utf8");
}

function textNow(): Promise<string> {
  return readFile(join(home, "providers.jsonc"), "utf8");
}

/** Opens a copy of the files as the window does. */
async function open(state: string): Promise<CloudflareGateway> {
  const file = join(home, "providers.jsonc");
  await writeFile(file, await written(state));
  const settingsFile = join(home, "settings.json");
  if (state === "mirror-off.jsonc") {
    const settings = (await written("settings.json")).replace('"{file}"', JSON.stringify(file));
    await writeFile(settingsFile, settings);
  }
  const testsFile = join(home, "tests.json");
  if (state === "tested.jsonc") await writeFile(testsFile, await written("tests.json"));
  const gateway = openCloudflareGateway({
    home,
    env: {},
    log: { info: () => undefined, warn: () => undefined },
    mirror: true,
    settingsFile,
    testsFile,
  });
  opened.push(gateway);
  return gateway;
}

function dataOf<T>(result: Result<T>): T {
  if (!result.success) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.data;
}

const all = (providers: readonly string[]) => ({
  providers: providers.map((provider) => ({ provider })),
});

const STATES = [
  { state: "mirrored.jsonc", on: ["openai", "google", "mistral"], off: [] },
  { state: "own-values.jsonc", on: ["anthropic"], off: [] },
  { state: "disabled.jsonc", on: [], off: ["openai", "google"] },
  { state: "mirror-off.jsonc", on: ["openai", "mistral"], off: [] },
  { state: "tested.jsonc", on: ["openai", "mistral"], off: [] },
] as const;

describe.each(STATES)("$state of version 0.1.0", ({ state, on, off }) => {
  it("is read with its gateway, and without a change of the file", async () => {
    const gateway = await open(state);
    const view = dataOf(await gateway.providers());
    expect(view.problem).toBeNull();
    expect(view.gateways).toMatchObject([{ ...GATEWAY, token: "all" }]);
    expect(new Set(view.gateways[0]?.active)).toEqual(new Set(on));
    expect(new Set(view.gateways[0]?.disabled)).toEqual(new Set(off));
    expect(view.mirror.on).toBe(state !== "mirror-off.jsonc");
    expect(await textNow()).toBe(await written(state));
  });

  it("becomes the file from before version 0.1.0 when everything is removed", async () => {
    const gateway = await open(state);
    dataOf(await gateway.remove(all([...on, ...off])));
    expect(await textNow()).toBe(await written("before.jsonc"));
    dataOf(await gateway.undo());
    expect(await textNow()).toBe(await written(state));
  });

  it("moves to another gateway and back", async () => {
    const gateway = await open(state);
    const change = { gatewayName: "next" };
    const moved = dataOf(await gateway.updateGateway({ gateway: GATEWAY, change }));
    expect(moved.leftOut).toEqual([]);
    expect(new Set(moved.changed)).toEqual(new Set([...on, ...off]));
    expect(await textNow()).not.toContain("my-gateway/");
    const next = { ...GATEWAY, gatewayName: "next" };
    const back = { gatewayName: GATEWAY.gatewayName };
    dataOf(await gateway.updateGateway({ gateway: next, change: back }));
    expect(await textNow()).toBe(inTodaysForm(await written(state)));
  });

  it("goes direct with the user's own values, and through the gateway again", async () => {
    const gateway = await open(state);
    dataOf(await gateway.direct(all(on)));
    const before = JSON.parse(withoutComments(await written("before.jsonc")));
    const direct = JSON.parse(withoutComments(await textNow()));
    for (const id of on) {
      const { cloudflareGatewayDisabled: block, ...own } = direct[id];
      expect(own).toEqual(before[id]);
      expect(block).toMatchObject(GATEWAY);
    }
    const providers = all([...on, ...off]).providers;
    const routed = dataOf(await gateway.route({ gateway: GATEWAY, providers }));
    expect(routed.leftOut).toEqual([]);
    expect(new Set(routed.view.gateways[0]?.active)).toEqual(new Set([...on, ...off]));
  });
});

it("keeps an adopted gateway of version 0.1.0, and removes it without other changes", async () => {
  const gateway = await open("adopted.jsonc");
  const view = dataOf(await gateway.providers());
  expect(view.gateways).toMatchObject([{ gatewayName: "by-hand", active: ["deepseek"] }]);
  dataOf(await gateway.remove(all(["deepseek"])));
  const removed = (await written("before.jsonc")).replace(
    /("deepseek": \{ "apiKey": "[^"]+").*\}( \},)/,
    "$1 },",
  );
  expect(await textNow()).toBe(removed);
});

it("shows the tests of version 0.1.0 as current, with the saved models", async () => {
  const gateway = await open("tested.jsonc");
  const { tests, models } = dataOf(await gateway.tests());
  expect(tests).toMatchObject([
    { provider: "openai", stale: false, report: { ok: false, diagnosis: { rule: "malformed" } } },
    { provider: "mistral", stale: false, report: { ok: true, verdict: "gateway" } },
  ]);
  expect(models).toEqual(["openai", "mistral"].map((provider) => ({ provider, model: "m-1" })));
});

/** A changed block keeps the user's own values in one member, which mux hides from its agents. */
function inTodaysForm(text: string): string {
  return text
    .replaceAll(/"directBaseUrl": ("[^"]*")/g, '"direct": { "baseUrl": $1 }')
    .replaceAll('"directHeaders": {}', '"direct": { "headers": {} }');
}

/** The fixtures hold no string with a comment or a comma before a bracket. */
function withoutComments(text: string): string {
  return text.replaceAll(/ \/\/.*$/gm, "").replaceAll(/,(\s*[\]}])/g, "$1");
}
