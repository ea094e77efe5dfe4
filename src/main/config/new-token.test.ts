/** A credential for Cloudflare's API never reaches providers.jsonc as a gateway's token. */
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openCloudflareGateway, type CloudflareGateway } from "../gateway";
import { environmentGateway } from "./gateways";
import { checkNewToken } from "./new-token";
import { removeDirectory } from "../text/testing/remove-directory";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const API_TOKEN = "api-token-of-the-account";
const gateway = { accountId: ACCOUNT, gatewayName: "gw" };
const FILE = `{ "openai": { "apiKey": "k" }, "xai": { "apiKey": "k", "cloudflareGateway": { "accountId": "${ACCOUNT}", "gatewayName": "gw" } } }`;

test.each([
  ["another token", "run-token", { CLOUDFLARE_API_TOKEN: API_TOKEN }, null],
  ["the API token", API_TOKEN, { CLOUDFLARE_API_TOKEN: API_TOKEN }, "token_of_api"],
  [
    "spaces in the environment",
    API_TOKEN,
    { CLOUDFLARE_API_TOKEN: ` ${API_TOKEN} ` },
    "token_of_api",
  ],
  ["its older name", API_TOKEN, { CF_API_TOKEN: API_TOKEN }, "token_of_api"],
  ["an API key", API_TOKEN, { CLOUDFLARE_API_KEY: API_TOKEN }, "token_of_api"],
  ["its older name", API_TOKEN, { CF_API_KEY: API_TOKEN }, "token_of_api"],
  ["a global API key", `${ACCOUNT}01234`, {}, "token_of_api"],
  ["an empty variable", "", { CLOUDFLARE_API_TOKEN: "" }, "token_invalid"],
])("a new token is refused by its value: %s", (_what, token, env, code) => {
  const checked = checkNewToken(token, env);
  expect(checked.success ? null : checked.error.code).toBe(code);
  expect(JSON.stringify(checked.success ? "" : checked.error)).not.toContain(API_TOKEN);
});

describe("with an API token in the environment", () => {
  let home: string;
  let opened: CloudflareGateway;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "new-token-"));
    await writeFile(join(home, "providers.jsonc"), FILE);
    const env = {
      CLOUDFLARE_API_TOKEN: API_TOKEN,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
      CLOUDFLARE_GATEWAY_NAME: "gw",
      CLOUDFLARE_AI_GATEWAY_TOKEN: API_TOKEN,
    };
    const log = { info: () => undefined, warn: () => undefined };
    opened = openCloudflareGateway({ home, env, log, mirror: true });
  });
  afterEach(async () => {
    await opened.close();
    await removeDirectory(home);
  });

  const providers = [{ provider: "openai" }];
  const token = { from: "environment" } as const;

  test.each<readonly [string, () => ReturnType<CloudflareGateway["route" | "enable"]>]>([
    ["enable", () => opened.enable("openai", { ...gateway, token: API_TOKEN })],
    ["route", () => opened.route({ gateway: { ...gateway, token: API_TOKEN }, providers })],
    [
      "route from the environment",
      () => opened.route({ gateway: { ...gateway, token }, providers }),
    ],
    ["updateGateway", () => opened.updateGateway({ gateway, change: { token: API_TOKEN } })],
    [
      "updateGateway from the environment",
      () => opened.updateGateway({ gateway, change: { token } }),
    ],
  ])("%s does not store it", async (_call, call) => {
    const answer = await call();
    expect(answer).toMatchObject({ success: false, error: { code: "token_of_api" } });
    expect(JSON.stringify(answer)).not.toContain(API_TOKEN);
    expect(await readFile(join(home, "providers.jsonc"), "utf8")).toBe(FILE);
  });

  test("is not offered as the gateway's token when the page asks", () => {
    const env = { CLOUDFLARE_ACCOUNT_ID: ACCOUNT, CLOUDFLARE_GATEWAY_NAME: "gw" };
    const withToken = { ...env, CLOUDFLARE_AI_GATEWAY_TOKEN: API_TOKEN };
    expect(environmentGateway(withToken)?.hasToken).toBe(true);
    expect(environmentGateway({ ...withToken, CLOUDFLARE_API_TOKEN: API_TOKEN })?.hasToken).toBe(
      false,
    );
  });
});
