import { describe, expect, it } from "vitest";

import { checkAccountId, checkGatewayName, checkSegment, checkToken } from "./gateway-names";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

const said = (result: ReturnType<typeof checkAccountId>) =>
  result.success ? "accepted" : result.error.message;

describe("an account ID", () => {
  it("of 32 lowercase hex characters is accepted", () => {
    expect(said(checkAccountId(ACCOUNT))).toBe("accepted");
  });

  it.each([
    ["", "is missing"],
    ["  ", "is missing"],
    [` ${ACCOUNT}`, "spaces around"],
    [ACCOUNT.toUpperCase(), "must be in lowercase"],
    [ACCOUNT.slice(1), "31 characters instead of 32"],
    [`${ACCOUNT.slice(1)}g`, "cannot contain “g”"],
    ["12 34", "cannot contain a space"],
    ["12🦊34", "cannot contain “🦊”"],
    ["https://dash.cloudflare.com/x", "looks like an address"],
    [`${ACCOUNT}\n`, "spaces around"],
  ])("%j is refused with what is wrong and where to find the right one", (text, what) => {
    expect(said(checkAccountId(text))).toContain(what);
    expect(said(checkAccountId(text))).toContain("dash.cloudflare.com/");
  });
});

describe("a gateway name", () => {
  it.each(["a", "my-gateway", "team_2", "x".repeat(64)])("%s is accepted", (name) => {
    expect(said(checkGatewayName(name))).toBe("accepted");
  });

  it.each([
    ["", "is missing"],
    ["my gateway", "cannot contain a space"],
    ["My-Gateway", "must be in lowercase"],
    ["x".repeat(65), "65 characters; 64 is the limit"],
    ["🦊", "cannot contain “🦊”"],
    ["a/b", "cannot contain “/”"],
  ])("%j is refused with what is wrong", (name, what) => {
    expect(said(checkGatewayName(name))).toContain(what);
  });
});

describe("a segment", () => {
  it.each(["custom-moonshot", "custom-a", "custom-a-1", "mistral", "anthropic"])(
    "%s is accepted",
    (segment) => expect(said(checkSegment(segment))).toBe("accepted"),
  );

  it.each(["", "custom-", "custom--a", "custom-a-", "custom-A", "moonshot", "custom-a/b"])(
    "%j is refused",
    (segment) => expect(said(checkSegment(segment))).toContain("custom-…"),
  );

  it("is not quoted when it may be a token in the wrong field", () => {
    const token = "Canary_0123456789abcdefghijklmnopqrstuvwx";
    expect(said(checkSegment(token))).toContain("This is not the name of a segment.");
    expect(said(checkSegment(token))).not.toContain("anary");
    expect(said(checkSegment("moonshot"))).toContain("no segment named “moonshot”");
  });
});

describe("a token", () => {
  it("is one line of visible characters", () => {
    expect(said(checkToken("v1.0-abcDEF_123"))).toBe("accepted");
    for (const token of ["", "two words", "line\r\nbreak", "t".repeat(4097), "naïve"]) {
      expect(said(checkToken(token))).toContain("AI Gateway: Run");
    }
  });

  it("is not repeated when it is refused", () => {
    expect(said(checkToken("my secret"))).not.toContain("my secret");
  });
});
