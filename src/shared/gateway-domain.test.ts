import { describe, expect, it } from "vitest";

import { checkGatewayDomain, unconfirmedDomain } from "./gateway-domain";
import { gatewayBaseUrl } from "./gateway-url";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const DOMAIN = { accountId: ACCOUNT, gatewayName: "gw", host: "ai.example.com" };

describe("a custom domain", () => {
  it.each([
    "ai.example.com",
    "a.b-c.example.co.uk",
    "xn--bcher-kva.example",
    "1.example.com",
    "ai.example.xn--p1ai",
    `${"a".repeat(63)}.example`,
  ])("is valid when it is the public name %j", (host) => {
    expect(checkGatewayDomain(host)).toEqual({ success: true, data: host });
  });

  it.each([
    ["", "missing"],
    [" ai.example.com", "spaces"],
    ["https://ai.example.com", "https://"],
    ["ai.example.com/openai", "path"],
    ["ai.example.com?x", "path"],
    ["ai.example.com#x", "path"],
    ["ai.example.com\\x", "path"],
    ["user@ai.example.com", "user name"],
    ["ai.example.com:8443", "port"],
    ["ai.example.com:443", "port"],
    ["AI.example.com", "lowercase"],
    ["ai.example.com.", "dot"],
    [".example.com", "valid"],
    ["ai..example.com", "valid"],
    ["-ai.example.com", "valid"],
    ["ai_x.example.com", "valid"],
    ["ai.example.com\n", "spaces"],
    ["ai.exam\u200bple.com", "valid"],
    ["bücher.example", "valid"],
    ["аi.example.com", "valid"],
    ["ai。example。com", "dot"],
    ["%61i.example.com", "valid"],
    ["*.example.com", "valid"],
    ["localhost", "no dot"],
    ["intranet", "no dot"],
    ["printer.local", "public"],
    ["app.localhost", "public"],
    ["vault.internal", "public"],
    ["x.home.arpa", "public"],
    ["127.0.0.1", "IP address"],
    ["127.1", "IP address"],
    ["0x7f.1", "IP address"],
    ["10.0.0.1", "IP address"],
    ["2130706433", "IP address"],
    ["0x7f000001", "IP address"],
    ["[::1]", "IP address"],
    ["::1", "IP address"],
    ["[fe80::1%25eth0]", "port"],
    ["gateway.ai.cloudflare.com", "Cloudflare's own host"],
    ["api.cloudflare.com", "Cloudflare"],
    ["evil.workers.dev", "Cloudflare"],
    ["api.openai.com", "provider"],
    ["x.api.openai.com", "provider"],
    ["api.mistral.ai", "provider"],
    [`${"a".repeat(64)}.example`, "valid"],
    [`${"a.".repeat(126)}example`, "253"],
  ])("is refused with its reason when it is %j", (host, reason) => {
    const checked = checkGatewayDomain(host);
    expect(checked).toMatchObject({ success: false, error: { code: "host_invalid" } });
    expect(checked.success ? "" : checked.error.message).toContain(reason);
  });
});

describe("a base URL on a custom domain", () => {
  it.each([
    ["anthropic", null, "https://ai.example.com/anthropic/v1"],
    ["openai", null, "https://ai.example.com/openai"],
    ["google", null, "https://ai.example.com/google-ai-studio/v1beta"],
    ["openai", "custom-x", "https://ai.example.com/custom-x/v1"],
  ])("has no account and gateway in its path for %s with the segment %j", (id, segment, url) => {
    const provider = { id, kind: "built-in", ownBaseUrl: null } as const;
    expect(gatewayBaseUrl(provider, { ...DOMAIN, segment })).toEqual({ success: true, data: url });
  });

  it("is refused when the domain is not valid, whatever else is", () => {
    const provider = { id: "openai", kind: "built-in", ownBaseUrl: null } as const;
    for (const host of ["", "AI.example.com", "api.openai.com", "127.0.0.1"]) {
      expect(gatewayBaseUrl(provider, { ...DOMAIN, host })).toMatchObject({
        error: { code: "host_invalid" },
      });
    }
  });
});

describe("a confirmation", () => {
  it.each([
    ["the same gateway", DOMAIN, null],
    ["no custom domain", { ...DOMAIN, host: null }, null],
    ["another account", { ...DOMAIN, accountId: "f".repeat(32) }, DOMAIN.host],
    ["another gateway", { ...DOMAIN, gatewayName: "other" }, DOMAIN.host],
    ["a subdomain", { ...DOMAIN, host: "x.ai.example.com" }, "x.ai.example.com"],
    ["another spelling", { ...DOMAIN, host: "AI.example.com" }, "AI.example.com"],
    ["a trailing dot", { ...DOMAIN, host: "ai.example.com." }, "ai.example.com."],
    ["an empty host", { ...DOMAIN, host: "" }, ""],
  ])("counts only for the confirmed gateway and host: %s", (_name, gateway, unconfirmed) => {
    expect(unconfirmedDomain(gateway, [DOMAIN])).toBe(unconfirmed);
    expect(unconfirmedDomain(gateway, [])).toBe(gateway.host);
  });
});
