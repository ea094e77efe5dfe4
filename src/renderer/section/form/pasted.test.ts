import { describe, expect, it } from "vitest";

import { ACCOUNT } from "../../testing/sample-views";
import { cleaned, detailsIn, refusalOf, tokenIn, type GatewayField } from "./pasted";

const OTHER = "fedcba9876543210fedcba9876543210";
const GATEWAY = { accountId: ACCOUNT, gatewayName: "my-gw" };
const URL_OF = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gw`;

describe("a text pasted into the account field", () => {
  it.each([
    [`https://dash.cloudflare.com/${ACCOUNT}/ai/ai-gateway/gateways/my-gw/logs?x=1`, GATEWAY],
    [`https://dash.cloudflare.com/${ACCOUNT.toUpperCase()}/ai/ai-gateway/gateways/my-gw`, GATEWAY],
    [`dash.cloudflare.com/${ACCOUNT}/ai/ai-gateway`, { accountId: ACCOUNT }],
    [` ${URL_OF}/openai `, GATEWAY],
    [`${URL_OF}/custom-acme/v1`, { ...GATEWAY, segment: "custom-acme" }],
    [`"${URL_OF}/anthropic",`, GATEWAY],
    [`\`${URL_OF}\``, GATEWAY],
    [`<${URL_OF}>`, GATEWAY],
    [`"baseUrl": "${URL_OF}/openai"`, GATEWAY],
    [`export ANTHROPIC_BASE_URL=${URL_OF}/anthropic`, GATEWAY],
    [`wss://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gw/openai`, GATEWAY],
    [`https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai-gateway/gateways/my-gw`, GATEWAY],
    [`https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai/v1`, { accountId: ACCOUNT }],
    [`Account ID: ${ACCOUNT}`, { accountId: ACCOUNT }],
    [`CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`, { accountId: ACCOUNT }],
    [`account_id = "${ACCOUNT}"`, { accountId: ACCOUNT }],
    [`{ "accountId": "${ACCOUNT}", "gatewayName": "my-gw" }`, GATEWAY],
    [`\u200b${URL_OF}`, GATEWAY],
    [`${URL_OF}\u200b`, GATEWAY],
    [`curl -X POST ${URL_OF}/anthropic/v1/messages -H 'x-api-key: X'`, GATEWAY],
    [`\u200e${ACCOUNT}`, { accountId: ACCOUNT }],
    [`${ACCOUNT}\u200b`, { accountId: ACCOUNT }],
    [`${ACCOUNT.toUpperCase()}\u200b`, { accountId: ACCOUNT }],
    [
      `CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}\nCLOUDFLARE_GATEWAY_NAME=my-gw\nCLOUDFLARE_AI_GATEWAY_TOKEN="run-token"`,
      { ...GATEWAY, token: "run-token" },
    ],
    ["abc", { accountId: "abc" }],
  ])("finds the details in %j", (text, details) => {
    expect(detailsIn(text, "accountId")).toEqual(details);
  });

  it("keeps only the gateway's details of a command, and no other credential", () => {
    const command = `curl -X POST ${URL_OF}/anthropic/v1/messages -H 'x-api-key: sk-ant-secret' -H "cf-aig-authorization: Bearer run-token" -H 'Authorization: Bearer sk-other'`;
    expect(detailsIn(command, "accountId")).toEqual({ ...GATEWAY, token: "run-token" });
  });

  it.each([
    [`${URL_OF}/openai https://dash.cloudflare.com/${OTHER}`, GATEWAY],
    [`${URL_OF}/openai https://gateway.ai.cloudflare.com/v1/${OTHER}/g/custom-x`, GATEWAY],
    [`https://dash.cloudflare.com/${OTHER} ${URL_OF}/openai`, { accountId: OTHER }],
    [`Account ID: ${OTHER}, see ${URL_OF}/openai`, { accountId: OTHER }],
  ])("never combines two accounts: %j", (text, details) => {
    expect(detailsIn(text, "accountId")).toEqual(details);
  });

  it.each([
    "curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-secret'",
    "https://user:secret@evil.example/v1",
    `https://evil.example/v1/${ACCOUNT}/my-gw?key=secret`,
    "https://dash.cloudflare.com/profile/api-tokens",
    "user:secret@ai.example.com",
  ])("finds no details in %j", (text) => {
    expect(detailsIn(text, "accountId")).toEqual({});
  });
});

describe("a plain value", () => {
  it.each([
    ["gatewayName", "My-GW\u200b", "my-gw"],
    ["gatewayName", "my-gw\u200b", "my-gw"],
    ["gatewayName", "“my-gw”", "my-gw"],
    ["gatewayName", 'CLOUDFLARE_GATEWAY_NAME="my-gw"', "my-gw"],
    ["segment", "acme", "custom-acme"],
    ["segment", "custom-acme", "custom-acme"],
    ["segment", "groq", "groq"],
    ["segment", "../x", "../x"],
    ["token", "Bearer abc", "abc"],
    ["token", "Bearer abc\u200b", "abc"],
    ["token", "abc\u200b\u200b\ufeff", "abc"],
    ["token", '"abc"\u200b', "abc"],
    ["token", '"abc"', "abc"],
    ["token", "export CLOUDFLARE_AI_GATEWAY_TOKEN='abc'", "abc"],
    ["token", "cf-aig-authorization: Bearer abc", "abc"],
    ["token", "AbC_d-9", "AbC_d-9"],
    ["token", "ab:c=d", "ab:c=d"],
  ] as const)("of the %s %j becomes %j", (field, text, value) => {
    expect(detailsIn(text, field)).toEqual({ [field]: value });
    expect(cleaned(text, field)).toBe(value);
  });
});

describe("the text of a token field", () => {
  it.each([
    ["$TOKEN", "token_invalid"],
    ["${TOKEN}", "token_invalid"],
    ["CLOUDFLARE_AI_GATEWAY_TOKEN=$TOKEN", "token_invalid"],
    ["op://vault/item/field", "token_invalid"],
    ["{CF_AIG_TOKEN}", "token_invalid"],
    ["cf-aig-authorization: Bearer {CF_AIG_TOKEN}", "token_invalid"],
    ["two words", "token_invalid"],
    ["CLOUDFLARE_API_TOKEN=abc", "token_of_api"],
    ["export CF_API_TOKEN='abc'", "token_of_api"],
    ['$env:CLOUDFLARE_API_KEY = "abc"', "token_of_api"],
    ["X-Auth-Key: abc", "token_of_api"],
    ['"CLOUDFLARE_API_TOKEN": "abc",', "token_of_api"],
    ["\u200bcloudflare_api_token=abc", "token_of_api"],
    ["0123456789abcdef0123456789abcdef01234", "token_of_api"],
    [' "0123456789ABCDEF0123456789abcdef01234" ', "token_of_api"],
    [
      'curl "https://api.cloudflare.com/client/v4/user/tokens/verify" -H "Authorization: Bearer abc"',
      "token_of_api",
    ],
  ])("is refused when it is %j", (text, code) => {
    expect(tokenIn(text)).toMatchObject({ success: false, error: { code } });
  });

  it.each(["abc", "Bearer abc", "CLOUDFLARE_AI_GATEWAY_TOKEN=abc", "cf-aig-authorization: abc"])(
    "is accepted when it is %j",
    (text) => {
      expect(tokenIn(text)).toEqual({ success: true, data: "abc" });
    },
  );
});

describe("a credential that is not the gateway's token", () => {
  const api = `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/ai-gateway/gateways/my-gw`;

  it.each([
    ["CLOUDFLARE_API_TOKEN=secret", {}, "api-token"],
    ["CF_API_TOKEN: secret", {}, "api-token"],
    ["CLOUDFLARE_API_KEY=secret", {}, "api-token"],
    ["X-Auth-Key: secret", {}, "api-token"],
    ["5ec2e70123456789abcdef0123456789abcde", {}, "api-token"],
    [`curl ${api} -H "Authorization: Bearer secret"`, GATEWAY, "api-token"],
    [
      `curl https://api.cloudflare.com/client/v4/user/tokens/verify -H "Authorization: Bearer secret"`,
      {},
      "api-token",
    ],
    [
      `CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}\nCLOUDFLARE_API_TOKEN=secret`,
      { accountId: ACCOUNT },
      "api-token",
    ],
    [
      `CLOUDFLARE_API_TOKEN=secret\nCLOUDFLARE_AI_GATEWAY_TOKEN=run-token`,
      { token: "run-token" },
      null,
    ],
    ["ANTHROPIC_API_KEY=sk-ant-secret", {}, "nothing"],
    [`{ "anthropic": { "apiKey": "sk-ant-secret" } }`, {}, "nothing"],
    [`"apiKey": "sk-secret",`, {}, "nothing"],
    ["x-api-key: sk-secret", {}, "nothing"],
    ["curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-secret'", {}, "nothing"],
  ] as const)("is dropped in every field: %j", (text, details, refusal) => {
    const fields: readonly GatewayField[] = ["accountId", "gatewayName", "segment", "token"];
    for (const field of fields) {
      expect(detailsIn(text, field)).toEqual(details);
      expect(refusalOf(text, detailsIn(text, field))).toBe(refusal);
    }
  });
});

it("reads a megabyte of any repeated text without delay", () => {
  for (const piece of ["a.", "https://", "account id:", '"', "a ", "\u200b", "token=", "Bearer "]) {
    expect(detailsIn(piece.repeat(1_000_000 / piece.length), "token")).toBeDefined();
  }
});
