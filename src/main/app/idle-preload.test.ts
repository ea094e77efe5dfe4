import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { preloadWhenIdle } from "./idle-preload";
import { removeDirectorySync } from "../text/testing/remove-directory";

const block = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "my-gateway" };
const log = { info: () => undefined, warn: () => undefined };

let home: string;
let opened: CloudflareGateway;
const loaded: (readonly string[])[] = [];

const preload = (load = async (providers: readonly string[]) => void loaded.push(providers)) =>
  preloadWhenIdle(opened, { load, idleMs: 1000 });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "idle-preload-"));
  const anthropic = {
    apiKey: "sk-1",
    cloudflareGateway: { ...block, token: "cf-token-1234567890" },
  };
  const file = { anthropic, openai: { apiKey: "sk-2" } };
  writeFileSync(join(home, "providers.jsonc"), JSON.stringify(file));
  opened = openCloudflareGateway({ home, env: {}, log });
  loaded.length = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(async () => {
  vi.useRealTimers();
  await opened.close();
  removeDirectorySync(home);
});

it("loads nothing before the page has its first view", async () => {
  const { touch } = preload();
  touch();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loaded).toEqual([]);
});

it("loads once, for the routed providers, when the page is idle", async () => {
  const { gateway, touch } = preload();
  await gateway.providers();
  await vi.advanceTimersByTimeAsync(999);
  touch();
  await vi.advanceTimersByTimeAsync(999);
  await gateway.tests();
  await vi.advanceTimersByTimeAsync(999);
  expect(loaded).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(loaded).toEqual([["anthropic"]]);
  await gateway.providers();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loaded).toHaveLength(1);
});

it("loads nothing after the gateway is closed", async () => {
  const { gateway } = preload();
  await gateway.providers();
  await gateway.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loaded).toEqual([]);
});

it("ignores a package that cannot be loaded", async () => {
  const { gateway } = preload(() => Promise.reject(new Error("missing")));
  await gateway.providers();
  await vi.advanceTimersByTimeAsync(1000);
  expect((await gateway.providers()).success).toBe(true);
});
