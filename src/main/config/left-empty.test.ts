/** Removes an entry that the panel created and that is empty after its gateway is forgotten. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { removeDirectory } from "../text/testing/remove-directory";

const BLOCK = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "gw" };
const WITH_TOKEN = { ...BLOCK, token: "gateway-token-1111" };

let home: string;
const opened: CloudflareGateway[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "left-empty-"));
});

afterEach(async () => {
  for (const gateway of opened.splice(0)) await gateway.close();
  await removeDirectory(home);
});

const file = () => join(home, "providers.jsonc");
const text = () => readFile(file(), "utf8");

/** Opens a new gateway for each step, because only the file may carry state. */
function open(mirror: boolean): CloudflareGateway {
  const log = { info: () => undefined, warn: () => undefined };
  const gateway = openCloudflareGateway({ home, env: {}, log, mirror });
  opened.push(gateway);
  return gateway;
}

async function forgotten(mirror: boolean, between = (on: string) => on): Promise<string> {
  const gateway = open(mirror);
  expect(await gateway.enable("openai", mirror ? WITH_TOKEN : BLOCK)).toMatchObject({
    success: true,
  });
  await writeFile(file(), between(await text()));
  const later = open(mirror);
  expect(await later.forget("openai")).toMatchObject({ success: true });
  return text();
}

describe.each([false, true])("a provider that the panel created, with the mirror %s", (mirror) => {
  test.each([
    ["the last of several", `{\n  // mine\n  "xai": { "apiKey": "k" } // x\n}\n`],
    ["with a trailing comma", `{\n\t"xai": { "apiKey": "k" },\n}`],
    ["in a file without providers", `{\n}\n`],
    ["with CRLF line breaks", `{\r\n  "xai": {}\r\n}\r\n`],
  ])("is removed without a trace when it is forgotten: %s", async (_where, before) => {
    await writeFile(file(), before);
    expect(await forgotten(mirror)).toBe(before);
  });

  test("is removed when it is disabled and forgotten, and restored by undo", async () => {
    await writeFile(file(), `{\n  "xai": {}\n}\n`);
    await open(mirror).enable("openai", mirror ? WITH_TOKEN : BLOCK);
    await open(mirror).disable("openai");
    const off = await text();
    const gateway = open(mirror);
    await gateway.forget("openai");
    expect(await text()).toBe(`{\n  "xai": {}\n}\n`);
    await gateway.undo();
    expect(await text()).toBe(off);
  });

  test.each([
    ["another member", `"apiKey": "k", "cloudflareGateway":`],
    ["a comment", `// mine\n    "cloudflareGateway":`],
    ["a comment before its brace", null],
  ])("stays when a user has added %s", async (_what, member) => {
    await writeFile(file(), `{\n  "xai": {}\n}\n`);
    const left = await forgotten(mirror, (on) =>
      member === null
        ? on.replace(`"openai": {`, `"openai": /* mine */ {`)
        : on.replace(`"cloudflareGateway":`, member),
    );
    expect(left).toContain(`"openai":`);
    expect(left).toMatch(/"apiKey"|mine/);
  });
});

test.each([
  ["an empty object of the user's own", `{\n  "openai": {}\n}\n`],
  ["an empty object in a file on one line", `{"xai":{"apiKey":"k"},"openai":{}}`],
  ["a duplicate provider", `{\n  "openai": { "apiKey": "k" },\n  "openai": {}\n}\n`],
])("keeps %s when its gateway is forgotten", async (_what, before) => {
  await writeFile(file(), before);
  expect(await forgotten(true)).toBe(before);
});
