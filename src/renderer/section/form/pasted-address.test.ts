import { expect, it } from "vitest";

import { ACCOUNT } from "../../testing/sample-views";
import { partsOfAddress } from "./pasted-address";

it.each([
  [
    `https://dash.cloudflare.com/${ACCOUNT}/ai/ai-gateway/gateways/team-a/logs?x=1`,
    { accountId: ACCOUNT, gatewayName: "team-a" },
  ],
  [`https://dash.cloudflare.com/${ACCOUNT}/ai/ai-gateway`, { accountId: ACCOUNT }],
  [
    ` https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/team-a/openai `,
    { accountId: ACCOUNT, gatewayName: "team-a" },
  ],
  [
    `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/team-a/custom-acme/v1`,
    { accountId: ACCOUNT, gatewayName: "team-a", segment: "custom-acme" },
  ],
  [`dash.cloudflare.com/${ACCOUNT}/ai/ai-gateway`, { accountId: ACCOUNT }],
  [`ftp://dash.cloudflare.com/${ACCOUNT}`, null],
  [`https://evil.example/v1/${ACCOUNT}/team-a`, null],
  ["https://dash.cloudflare.com/profile/api-tokens", null],
  [ACCOUNT, null],
])("takes %j apart", (text, parts) => {
  expect(partsOfAddress(text)).toEqual(parts);
});
