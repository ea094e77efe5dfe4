import { expect, it } from "vitest";

import { gatewayLogsPage, gatewayPage } from "./dashboard";

it("builds the URLs of one gateway and its log", () => {
  const gateway = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "my-gateway" };
  const page =
    "https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/ai/ai-gateway/gateways/my-gateway";
  expect(gatewayPage(gateway)).toBe(page);
  expect(gatewayLogsPage(gateway)).toBe(`${page}/logs`);
});
