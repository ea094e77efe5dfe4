/** The mirror through the public API: one write, a setting per home, undo, models and tokens. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateText } from "ai";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { Result } from "../../shared/result";
import type { ProvidersView } from "../../shared/view";
import { openCloudflareGateway, type CloudflareGateway, type GatewayOptions } from "../gateway";
import { gatewayHandlers } from "../ipc/handlers";
import { PRIVATE_FILE } from "../disk/testing/posix";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw`;
const TOKEN = "gateway-token-1111";
const details = { accountId: ACCOUNT, gatewayName: "gw", token: TOKEN };
const OWN = `{
  "openai": { "apiKey": "key-1", "baseUrl": "https://eu.api.openai.com/v1" }, // mine
  "anthropic": { "apiKey": "key-2" }
}
`;

let directory: string;
const opened: CloudflareGateway[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mirror-"));
  await writeFile(join(directory, "providers.jsonc"), OWN);
});

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await removeDirectory(directory);
});

const settingsFile = () => join(directory, "profile", "settings.json");

function open(options: GatewayOptions = {}): CloudflareGateway {
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home: directory, env: {}, log, ...options });
  opened.push(gateway);
  return gateway;
}

const openWindow = () => open({ mirror: true, settingsFile: settingsFile() });
const text = () => readFile(join(directory, "providers.jsonc"), "utf8");

async function ok<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.success) throw new Error(result.error.code);
  return result.data;
}

const codesIn = ({ providers }: ProvidersView) =>
  providers.flatMap(({ notices }) => notices.map(({ code }) => code));

describe("the mirror's setting", () => {
  test("is off for a host and on for the app when each requests that", async () => {
    const host = open();
    expect((await ok(host.providers())).mirror).toEqual({ on: false, canChange: false });
    expect(await host.setMirror(true)).toMatchObject({ error: { code: "mirror_fixed" } });
    await ok(host.enable("openai", details));
    expect(await text()).not.toContain("mirror");
    const bare = await text();
    expect(await host.setMirror(true)).toMatchObject({ error: { code: "mirror_fixed" } });
    expect(await text()).toBe(bare);
    expect((await ok(host.providers())).undoSteps).toBe(1);

    const window = openWindow();
    expect((await ok(window.providers())).mirror).toEqual({ on: true, canChange: true });
  });

  test("is saved privately for each home when it changes", async () => {
    const other = join(directory, "other");
    await mkdir(other);
    const window = openWindow();
    expect((await ok(window.setMirror(false))).mirror.on).toBe(false);
    expect((await ok(openWindow().providers())).mirror.on).toBe(false);
    const elsewhere = open({ home: other, mirror: true, settingsFile: settingsFile() });
    expect((await ok(elsewhere.providers())).mirror.on).toBe(true);
    await ok(elsewhere.setMirror(false));
    await ok(window.setMirror(true));
    expect(JSON.parse(await readFile(settingsFile(), "utf8"))).toEqual({
      version: 1,
      homes: [
        { file: join(other, "providers.jsonc"), mirror: false },
        { file: join(directory, "providers.jsonc"), mirror: true },
      ],
    });
    expect((await stat(settingsFile())).mode & 0o777).toBe(PRIVATE_FILE);
  });

  test("has the default value when the settings file is invalid", async () => {
    await mkdir(join(directory, "profile"));
    await writeFile(settingsFile(), "{");
    const window = openWindow();
    expect((await ok(window.providers())).mirror.on).toBe(true);
    await ok(window.setMirror(false));
    expect((await ok(openWindow().providers())).mirror.on).toBe(false);
  });

  test("rewrites all routed providers in one step when it changes", async () => {
    const window = openWindow();
    await ok(window.setMirror(false));
    await ok(window.enable("openai", details));
    await ok(window.enable("anthropic", details));
    const bare = await text();
    const view = await ok(window.setMirror(true));
    expect(view.undoSteps).toBe(4);
    expect(codesIn(view)).toEqual(["voice_input"]);
    const both = await text();
    expect(both).toContain(`${GATEWAY}/openai`);
    expect(both).toContain(`${GATEWAY}/anthropic/v1`);
    const undone = await ok(window.undo());
    expect(undone).toMatchObject({ mirror: { on: false }, undoSteps: 3 });
    expect(await text()).toBe(bare);
    expect((await ok(openWindow().providers())).mirror.on).toBe(false);
  });

  test("is undone alone when there was nothing to mirror", async () => {
    const window = openWindow();
    await ok(window.enable("openai", details));
    await ok(window.disable("openai"));
    const direct = await text();
    const view = await ok(window.setMirror(false));
    expect(view).toMatchObject({ mirror: { on: false }, undoSteps: 3, made: 1 });
    expect(await ok(window.setMirror(false))).toMatchObject({ undoSteps: 3, made: 0 });
    expect(await ok(window.undo())).toMatchObject({ mirror: { on: true }, undoSteps: 2 });
    expect(await text()).toBe(direct);
    expect(await ok(window.undo())).toMatchObject({ mirror: { on: true }, undoSteps: 1 });
    expect(await text()).not.toBe(direct);
  });

  test("adds no undo step when it cannot be saved", async () => {
    // A file blocks the directory of the settings file.
    await writeFile(join(directory, "profile"), "");
    const window = openWindow();
    expect((await window.setMirror(false)).success).toBe(false);
    expect(await ok(window.providers())).toMatchObject({ undoSteps: 0 });
  });

  test("is undone without creating a file when there is none", async () => {
    await rm(join(directory, "providers.jsonc"));
    const window = openWindow();
    await ok(window.setMirror(false));
    expect(await ok(window.undo())).toMatchObject({
      mirror: { on: true },
      exists: false,
      undoSteps: 0,
    });
  });

  test("skips a provider when it has two blocks with the same key", async () => {
    const twice = `{ "openai": { "apiKey": "k",
      "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "a" },
      "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "b" } } }`;
    await writeFile(join(directory, "providers.jsonc"), twice);
    const window = openWindow();
    await ok(window.setMirror(false));
    await ok(window.setMirror(true));
    expect(await text()).toBe(twice);
  });

  test("keeps its value when the file cannot be changed", async () => {
    await writeFile(join(directory, "providers.jsonc"), "{");
    const window = openWindow();
    expect(await window.setMirror(false)).toMatchObject({ error: { code: "file_invalid" } });
    expect((await ok(window.providers())).mirror.on).toBe(true);
    await expect(stat(settingsFile())).rejects.toThrow("ENOENT");
  });

  test("notifies listeners and accepts only booleans when it changes", async () => {
    const window = openWindow();
    const emitted: boolean[] = [];
    window.onChange(({ mirror }) => emitted.push(mirror.on));
    const { setMirror } = gatewayHandlers(window);
    expect((await setMirror({ on: false })).success).toBe(true);
    expect(emitted).toContain(false);
    expect(await setMirror({ on: "no" })).toMatchObject({ error: { code: "input_invalid" } });
  });
});

describe("a mirrored provider", () => {
  test("is called at the user's own URL without the token when direct", async () => {
    const called: { readonly url: string; readonly headers: Headers }[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : input;
      called.push({ url: String(url), headers: new Headers(init?.headers) });
      return Promise.reject(new Error("not today"));
    };
    const window = open({ mirror: true, settingsFile: settingsFile(), fetch });
    await ok(window.enable("openai", details));
    expect(await text()).toContain(`"direct": { "baseUrl": "https://eu.api.openai.com/v1" }`);
    const call = async () => {
      const model = await ok(window.languageModel("openai:m"));
      await generateText({ model, prompt: "Hello", maxRetries: 0 }).catch(() => null);
      return called.at(-1);
    };
    expect(await call()).toMatchObject({ url: `${GATEWAY}/openai/responses` });
    expect(called.at(-1)?.headers.get("cf-aig-authorization")).toBe(`Bearer ${TOKEN}`);
    await window.test("openai", { route: "direct" });
    expect(called.at(-1)?.url).toBe("https://eu.api.openai.com/v1/responses");
    expect(called.at(-1)?.headers.has("cf-aig-authorization")).toBe(false);
    await ok(window.disable("openai"));
    expect(await call()).toMatchObject({ url: "https://eu.api.openai.com/v1/responses" });
  });

  test("leaves the original bytes when it is disabled and forgotten", async () => {
    const window = openWindow();
    await ok(window.enable("openai", details));
    await ok(window.enable("anthropic", details));
    await ok(window.disable("openai"));
    expect((await text()).match(new RegExp(TOKEN, "g"))).toHaveLength(3);
    await ok(window.forget("anthropic"));
    await ok(window.forget("openai"));
    expect(await text()).toBe(OWN);
  });

  test("loses its fields when a host without the mirror disables it", async () => {
    await ok(openWindow().enable("openai", details));
    const host = open();
    expect(codesIn(await ok(host.providers()))).toEqual(["voice_input"]);
    await ok(host.disable("openai"));
    await ok(host.forget("openai"));
    expect(await text()).toBe(OWN);
  });

  test("is fixed by its warning's call when another program wrote the block", async () => {
    await ok(open().enable("openai", details));
    const window = openWindow();
    const { providers } = await ok(window.providers());
    const shown = providers.find(({ id }) => id === "openai");
    expect(shown?.notices).toMatchObject([{ code: "mirror_out_of_step", fix: "mend_mirror" }]);
    const { fix } = gatewayHandlers(window);
    const fixed = await fix({ provider: "openai", fix: "mend_mirror", seen: shown?.mark ?? "" });
    expect(fixed).toMatchObject({ success: true, data: { undoSteps: 1 } });
    expect(await text()).toContain(`"baseUrl": "${GATEWAY}/openai"`);
  });
});
