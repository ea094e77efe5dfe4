import { describe, expect, it } from "vitest";

import { ACCOUNT } from "../../testing/sample-views";
import { cleaned, detailsIn } from "./pasted";

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
    [`\u200b${URL_OF}\u200b`, GATEWAY],
    [`\u200e${ACCOUNT}`, { accountId: ACCOUNT }],
    [`${ACCOUNT.toUpperCase()}\u200b`, { accountId: ACCOUNT }],
    [
      `CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}\nCLOUDFLARE_GATEWAY_NAME=my-gw\nCLOUDFLARE_AI_GATEWAY_TOKEN="run-token"`,
      { ...GATEWAY, token: "run-token" },
    ],
    ["abc", { accountId: "abc" }],
  ])("gives the details in %j", (text, details) => {
    expect(detailsIn(text, "accountId")).toEqual(details);
  });

  it("keeps only the gateway's details of a command, and no other credential", () => {
    const command = `curl -X POST ${URL_OF}/anthropic/v1/messages -H 'x-api-key: sk-ant-secret' -H "cf-aig-authorization: Bearer run-token" -H 'Authorization: Bearer sk-other'`;
    expect(detailsIn(command, "accountId")).toEqual({ ...GATEWAY, token: "run-token" });
  });

  it.each([
    "curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-secret'",
    "https://user:secret@evil.example/v1",
    `https://evil.example/v1/${ACCOUNT}/my-gw?key=secret`,
    "https://dash.cloudflare.com/profile/api-tokens",
  ])("gives nothing of %j", (text) => {
    expect(detailsIn(text, "accountId")).toEqual({});
  });
});

describe("a plain value", () => {
  it.each([
    ["gatewayName", "My-GW\u200b", "my-gw"],
    ["gatewayName", "“my-gw”", "my-gw"],
    ["gatewayName", 'CLOUDFLARE_GATEWAY_NAME="my-gw"', "my-gw"],
    ["segment", "acme", "custom-acme"],
    ["segment", "custom-acme", "custom-acme"],
    ["segment", "groq", "groq"],
    ["segment", "../x", "../x"],
    ["token", "Bearer abc", "abc"],
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

it("reads a text of a megabyte in a moment, whatever it repeats", () => {
  for (const piece of ["a.", "https://", "account id:", '"', "a ", "\u200b", "token=", "Bearer "]) {
    expect(detailsIn(piece.repeat(1_000_000 / piece.length), "token")).toBeDefined();
  }
});
