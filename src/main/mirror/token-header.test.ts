/** After any manual edit, no gateway token stays in a header once its gateway is not used. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { Result } from "../../shared/result";
import { openCloudflareGateway, type CloudflareGateway, type GatewayOptions } from "../gateway";
import { PRIVATE_FILE } from "../disk/testing/posix";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const GATEWAY = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}`;
const TOKEN = "gateway-token-1111";
const HEADER = `"cf-aig-authorization": "Bearer ${TOKEN}"`;
const plain = { accountId: ACCOUNT, gatewayName: "gw" };
const withToken = { ...plain, token: TOKEN };

let directory: string;
const opened: CloudflareGateway[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "token-header-"));
});

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await removeDirectory(directory);
});

const file = () => join(directory, "providers.jsonc");
const settingsFile = () => join(directory, "profile", "settings.json");
const text = () => readFile(file(), "utf8");
const write = (content: string) => writeFile(file(), content);

function open(options: GatewayOptions = {}): CloudflareGateway {
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home: directory, env: {}, log, ...options });
  opened.push(gateway);
  return gateway;
}

const openWindow = () => open({ mirror: true, settingsFile: settingsFile() });

async function ok<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}

async function edit(change: (before: string) => string): Promise<void> {
  const before = await text();
  const after = change(before);
  expect(after).not.toBe(before);
  await write(after);
}

/** The fields that a mirrored `enable` writes on one line after the block. */
const own = `{ "openai": { "apiKey": "k", "baseUrl": "https://eu.api.openai.com/v1", "headers": { "X": "1" } } }`;

const calls: readonly (readonly [string, (gateway: CloudflareGateway) => Promise<unknown>])[] = [
  ["disabled", (gateway) => ok(gateway.disable("openai"))],
  ["forgotten", (gateway) => ok(gateway.forget("openai"))],
];

describe.each(calls)("a %s provider has no token in a header", (_name, call) => {
  const parsed = async (): Promise<unknown> => JSON.parse(await text());

  test.each([
    [`deletes "mirror"`, (before: string) => before.replace(/, "mirror": \[.*?\]/, "")],
    [`empties "mirror"`, (before: string) => before.replace(/"mirror": \[.*?\]/, `"mirror": []`)],
    ["deletes the saved values", (before: string) => before.replace(/, "mirror".*? \} \}/, " }")],
    ["writes the name in capitals", (before: string) => before.replace("cf-aig", "CF-AIG")],
    [
      "adds the name a second time",
      (before: string) =>
        before.replace(
          HEADER,
          `${HEADER}, ${HEADER.toUpperCase().replace(/: .*/, `: "Bearer ${TOKEN}"`)}`,
        ),
    ],
    ["removes the word Bearer", (before: string) => before.replace("Bearer ", "")],
  ])("when a user %s", async (_what, change) => {
    await write(own);
    await ok(openWindow().enable("openai", withToken));
    await edit(change);
    await call(openWindow());
    expect(await parsed()).toMatchObject({ openai: { headers: { X: "1" } } });
    expect(await text()).not.toContain("uthorization");
    expect(await text()).not.toContain("AUTHORIZATION");
  });

  test("when a user adds the token to an unmirrored block and its headers", async () => {
    await write(own);
    await ok(open().enable("openai", plain));
    await edit((before) =>
      before
        .replace(`"gatewayName": "gw"`, `"gatewayName": "gw", "token": "${TOKEN}"`)
        .replace(`"X": "1"`, `"X": "1", ${HEADER}`),
    );
    await call(open());
    expect(await parsed()).toMatchObject({ openai: { headers: { X: "1" } } });
    expect(await text()).not.toContain(HEADER);
  });

  test("when a user adds the header before entering the same token", async () => {
    await write(own.replace(`"X": "1"`, `"X": "1", ${HEADER}`));
    const window = openWindow();
    await ok(window.enable("openai", withToken));
    expect(await text()).toContain(
      `"direct": { "baseUrl": "https://eu.api.openai.com/v1", "headers": {} }`,
    );
    await call(window);
    expect(await parsed()).toMatchObject({
      openai: { baseUrl: "https://eu.api.openai.com/v1", headers: { X: "1" } },
    });
    expect(await text()).not.toContain(HEADER);
  });

  test("when a user renames the block and pastes another one", async () => {
    await write(own);
    await ok(openWindow().enable("openai", withToken));
    const pasted = `"cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw2", "token": "t-2" }`;
    await edit((before) =>
      before.replace(`"cloudflareGateway"`, `${pasted}, "cloudflareGatewayDisabled"`),
    );
    await call(openWindow());
    expect(await parsed()).toMatchObject({
      openai: { baseUrl: "https://eu.api.openai.com/v1", headers: { X: "1" } },
    });
    expect(await text()).not.toContain("uthorization");
  });

  test("when a user removes the block", async () => {
    await write(own);
    await ok(openWindow().enable("openai", withToken));
    await edit((before) => before.replace(/, "cloudflareGateway".*? \} \} \}/, ` }`));
    await call(openWindow());
    expect(JSON.parse(await text())).toEqual({ openai: { apiKey: "k", headers: { X: "1" } } });
  });
});

describe("a token that this panel wrote", () => {
  /** Leaves only the header, so that no block contains the token. */
  const onlyHeader = (before: string) =>
    before
      .replace(`"token": "${TOKEN}", `, "")
      .replace(/, "mirror": .*? \} \}/, " }")
      .replace(/"baseUrl": "https:\/\/gateway[^"]*"/, `"baseUrl": "https://eu.api.openai.com/v1"`);

  test("is recognized when the panel has restarted", async () => {
    await write(own);
    await ok(openWindow().enable("openai", withToken));
    await edit(onlyHeader);
    await edit((before) =>
      before.replace("{ ", `{ "xai": { "headers": { "cf-aig-authorization": "Bearer mine" } }, `),
    );
    const window = openWindow();
    await ok(window.disable("openai"));
    expect(await text()).not.toContain(TOKEN);
    expect(await text()).toContain("Bearer mine");
  });

  test("is recognized until restart when a host has no settings file", async () => {
    await write(own);
    const host = open({ mirror: true });
    await ok(host.enable("openai", withToken));
    await edit(onlyHeader);
    await ok(host.disable("openai"));
    expect(await text()).not.toContain(TOKEN);
  });

  test("is recognized when the last block with it was forgotten", async () => {
    const byHand = `"xai": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": "${TOKEN}" } }`;
    await write(`{ "openai": { "headers": { "X": "1", ${HEADER} } }, ${byHand} }`);
    const host = open();
    await ok(host.forget("xai"));
    await ok(host.disable("openai"));
    expect(await text()).toBe(`{ "openai": { "headers": { "X": "1" } }, "xai": {} }`);
  });

  test("is recognized when its forgotten block had spaces around it", async () => {
    await write(`{ "openai": { "apiKey": "k", "cloudflareGateway":
      { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": " ${TOKEN} " } },
      "xai": { "apiKey": "k", "headers": { ${HEADER} } } }`);
    const window = openWindow();
    await ok(window.forget("openai"));
    await ok(window.forget("xai"));
    expect(await text()).not.toContain(TOKEN);
  });

  test.each([
    ["damaged", () => writeFile(settingsFile(), `{"version":1,"homes":[],"tok`)],
    ["removed", () => rm(settingsFile())],
  ])("is recognized until restart when the settings file was %s", async (_how, harm) => {
    await write(own);
    const window = openWindow();
    await ok(window.enable("openai", withToken));
    await edit(onlyHeader);
    await harm();
    await ok(window.disable("openai"));
    expect(await text()).not.toContain(TOKEN);
  });

  test("has a different hash in each settings file when it is saved", async () => {
    await write(own);
    await ok(openWindow().enable("openai", withToken));
    const first = await readFile(settingsFile(), "utf8");
    expect(first).not.toContain(TOKEN);
    expect((await stat(settingsFile())).mode & 0o777).toBe(PRIVATE_FILE);
    await rm(settingsFile());
    await ok(openWindow().enable("openai", { ...withToken, token: "t-2" }));
    const second = await readFile(settingsFile(), "utf8");
    expect(second).not.toContain(/"hashes": \[\s*"(\w+)"/.exec(first)?.[1] ?? "none");
  });

  test("is not written when its hash cannot be saved first", async () => {
    await write(own);
    // A file blocks the directory of the settings file.
    await writeFile(join(directory, "profile"), "");
    const window = openWindow();
    expect(await window.enable("openai", withToken)).toMatchObject({
      error: { code: "token_not_remembered" },
    });
    expect(await text()).toBe(own);
    expect(await ok(window.providers())).toMatchObject({ undoSteps: 0 });
    await ok(window.enable("openai", plain));
    await ok(window.disable("openai"));
  });

  test("is removable when a user wrote it and hashes cannot be saved", async () => {
    await write(own);
    await ok(open({ mirror: true }).enable("openai", withToken));
    await mkdir(settingsFile(), { recursive: true });
    await ok(openWindow().disable("openai"));
    expect(await text()).not.toContain(HEADER);
  });
});

describe("OpenRouter's token", () => {
  const other = "f".repeat(32);
  const routed = `{ "openrouter": { "apiKey": "k" } }`;

  test.each([
    [
      "the mirror is fixed",
      (gateway: CloudflareGateway) => gateway.fix("openrouter", "mend_mirror"),
    ],
    [
      "the provider is enabled again",
      (gateway: CloudflareGateway) => gateway.enable("openrouter", { ...plain, accountId: other }),
    ],
  ])("is not used for another account in an edited block when %s", async (_when, call) => {
    await write(routed);
    const window = openWindow();
    await ok(window.enable("openrouter", withToken));
    await edit((before) => before.replace(`"accountId": "${ACCOUNT}"`, `"accountId": "${other}"`));
    await ok(call(window));
    expect(await text()).toContain(`/v1/${other}/gw/openrouter/v1`);
    expect(await text()).not.toContain(TOKEN);
  });

  test("is not written when the headers are not an object", async () => {
    const headers = `"headers": "X-Secret: 1"`;
    await write(`{ "openrouter": { "apiKey": "k", ${headers} } }`);
    const view = await ok(openWindow().enable("openrouter", withToken));
    const shown = view.providers.find(({ id }) => id === "openrouter");
    expect(shown?.notices.map(({ code }) => code)).toContain("openrouter_own_header");
    expect((await text()).split("X-Secret")).toHaveLength(2);
    expect(await text()).toContain(headers);
    expect(await text()).not.toContain(TOKEN);
  });
});

describe("a manually configured gateway", () => {
  const byHand = (accountId: string) => `{ "openai": { "apiKey": "k",
    "baseUrl": "${GATEWAY.replace(ACCOUNT, accountId)}/gw/openai",
    "cloudflareGatewayDisabled": { "accountId": "${ACCOUNT}", "gatewayName": "old", "token": "${TOKEN}" } } }`;

  test("keeps the token when it belongs to the same account", async () => {
    await write(byHand(ACCOUNT));
    await ok(openWindow().fix("openai", "adopt_gateway"));
    expect(await text()).toContain(HEADER);
    expect(await text()).toContain(`"token": "${TOKEN}"`);
  });

  test("drops the token when it belongs to another account", async () => {
    await write(byHand("f".repeat(32)));
    await ok(openWindow().fix("openai", "adopt_gateway"));
    expect(await text()).not.toContain(TOKEN);
  });
});

describe("turning the mirror off", () => {
  test("removes known tokens when any provider has them in its headers", async () => {
    await write(own);
    const window = openWindow();
    await ok(window.enable("openai", withToken));
    await edit((before) =>
      before
        .replace(/, "mirror": .*? \} \}/, " }")
        .replace(
          "{ ",
          `{ "xai": { "headers": { ${HEADER} } }, "google": { "headers": { "Cf-Aig-Authorization": "Bearer mine" } }, `,
        ),
    );
    await ok(window.setMirror(false));
    expect(await text()).not.toContain(HEADER);
    expect(await text()).toContain("Bearer mine");
    expect(JSON.parse(await text())).toMatchObject({ openai: { cloudflareGateway: withToken } });
  });
});

describe("values that 0.1.0 saved where mux's agents can read them", () => {
  const old = `{ "openai": { "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw", "token": "${TOKEN}", "mirror": ["baseUrl", "headers"], "directBaseUrl": "https://eu.api.openai.com/v1", "directHeaders": { "Cf-Aig-Authorization": "Bearer mine" } }, "baseUrl": "${GATEWAY}/gw/openai", "headers": { "Cf-Aig-Authorization": "Bearer ${TOKEN}" } } }`;
  const renewed = old.replace(
    /"directBaseUrl".*?"Bearer mine" \}/,
    `"direct": { "baseUrl": "https://eu.api.openai.com/v1", "headers": { "Cf-Aig-Authorization": "Bearer mine" } }`,
  );
  const direct = {
    openai: {
      baseUrl: "https://eu.api.openai.com/v1",
      headers: { "Cf-Aig-Authorization": "Bearer mine" },
    },
  };

  test("stay unchanged and have a fix when the file is read", async () => {
    await write(old);
    const window = openWindow();
    const { providers } = await ok(window.providers());
    expect(providers.find(({ id }) => id === "openai")).toMatchObject({
      directBaseUrl: "https://eu.api.openai.com/v1",
      notices: [{ code: "saved_values_readable", fix: "hide_saved_values" }],
    });
    await ok(window.enable("xai", plain));
    expect(await text()).toContain(old.slice(2, -2));
    const fixed = await ok(window.fix("openai", "hide_saved_values"));
    expect(await text()).toContain(renewed.slice(2, -2));
    expect(fixed.providers.find(({ id }) => id === "openai")?.notices).toEqual([]);
  });

  test.each([true, false])(
    "are moved when the provider changes next (mirror: %s)",
    async (mirror) => {
      await write(old);
      await ok(open({ mirror }).enable("openai", plain));
      expect(await text()).toBe(renewed);
    },
  );

  test("are restored when the provider is disabled", async () => {
    await write(old);
    await ok(openWindow().forget("openai"));
    expect(JSON.parse(await text())).toEqual(direct);
  });
});

test("restores two spellings exactly when the provider is disabled", async () => {
  const two = `{ "openai": { "headers": { "Cf-Aig-Authorization": "a", "X": "1", /* both */ "cf-aig-authorization": "b" } } }`;
  await write(two);
  const window = openWindow();
  await ok(window.enable("openai", withToken));
  expect(await text()).toContain(`"headers": { "X": "1", /* both */ ${HEADER} }`);
  await ok(window.forget("openai"));
  expect(await text()).toBe(two);
  await ok(window.enable("openai", withToken));
  await edit((before) =>
    before.replaceAll(`"X": "1", /* both */ ${HEADER} }, "c`, `"Y": "2", ${HEADER} }, "c`),
  );
  await ok(window.forget("openai"));
  expect(JSON.stringify(JSON.parse(await text()))).toBe(
    `{"openai":{"headers":{"Y":"2","Cf-Aig-Authorization":"a","cf-aig-authorization":"b"}}}`,
  );
});
