import { describe, expect, it } from "vitest";

import { checkAccountId, checkGatewayName, checkSegment, checkToken } from "./gateway-names";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

const messageOf = (result: ReturnType<typeof checkAccountId>) =>
  result.success ? "accepted" : result.error.message;

describe("an account ID", () => {
  it("is accepted when it has 32 lowercase hex characters", () => {
    expect(messageOf(checkAccountId(ACCOUNT))).toBe("accepted");
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
    ["https://dash.cloudflare.com/x", "looks like a URL"],
    [`${ACCOUNT}\n`, "spaces around"],
  ])("refuses %j, names the mistake and says where to find the ID", (text, what) => {
    expect(messageOf(checkAccountId(text))).toContain(what);
    expect(messageOf(checkAccountId(text))).toContain("dash.cloudflare.com/");
  });
});

describe("a gateway name", () => {
  it.each(["a", "my-gateway", "team_2", "x".repeat(64)])("accepts %s", (name) => {
    expect(messageOf(checkGatewayName(name))).toBe("accepted");
  });

  it.each([
    ["", "is missing"],
    ["my gateway", "cannot contain a space"],
    ["My-Gateway", "must be in lowercase"],
    ["x".repeat(65), "65 characters; 64 is the limit"],
    ["🦊", "cannot contain “🦊”"],
    ["a/b", "cannot contain “/”"],
  ])("refuses %j and names the mistake", (name, what) => {
    expect(messageOf(checkGatewayName(name))).toContain(what);
  });
});

describe("a segment", () => {
  it.each(["custom-moonshot", "custom-a", "custom-a-1", "mistral", "anthropic"])(
    "accepts %s",
    (segment) => expect(messageOf(checkSegment(segment))).toBe("accepted"),
  );

  it.each(["", "custom-", "custom--a", "custom-a-", "custom-A", "moonshot", "custom-a/b"])(
    "refuses %j",
    (segment) => expect(messageOf(checkSegment(segment))).toContain("custom-…"),
  );

  it("is not quoted when it may be a token in the wrong field", () => {
    const token = "Canary_0123456789abcdefghijklmnopqrstuvwx";
    expect(messageOf(checkSegment(token))).toContain("This is not the name of a segment.");
    expect(messageOf(checkSegment(token))).not.toContain("anary");
    expect(messageOf(checkSegment("moonshot"))).toContain("no segment named “moonshot”");
  });
});

describe("a token", () => {
  it("is accepted when it is one line of visible characters", () => {
    expect(messageOf(checkToken("v1.0-abcDEF_123"))).toBe("accepted");
    for (const token of ["", "two words", "line\r\nbreak", "t".repeat(4097), "naïve"]) {
      expect(messageOf(checkToken(token))).toContain("AI Gateway: Run");
    }
  });

  it("is not quoted when it is refused", () => {
    expect(messageOf(checkToken("my secret"))).not.toContain("my secret");
  });
});
