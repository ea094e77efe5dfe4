import { describe, expect, it } from "vitest";

import { provider } from "../proof/testing/provider";
import { headerSecrets, readUserHeaders } from "./user-headers";

const KEY = "sk-canary-abcdefghijklmnop";

describe("a header that cannot be sent", () => {
  it.each([
    ["x-team", "a\nb", 'The header “x-team” in "headers" of “openai”'],
    ["Authorization", "Bearer a\u0000", "The header “Authorization”"],
    [`Bearer ${KEY}`, "x", 'Header 2 in "headers" of “openai”'],
    [KEY, "x\u0000", "Header 2"],
    [`${KEY}:`, KEY, "Header 2"],
    ["", KEY, "Header 2"],
  ])("is quoted only when its name cannot be a secret: %j", (name, value, named) => {
    const read = readUserHeaders(provider("openai", { headers: { fine: "1", [name]: value } }));
    expect(read).toMatchObject({
      success: false,
      error: { code: "header_invalid", message: expect.stringContaining(named) },
    });
    expect(JSON.stringify(read)).not.toContain("canary");
  });
});

it.each([KEY, "gsk_0123456789", "AIzaSyA0000000000000000000000000000000"])(
  "counts a name as a secret when it looks like a key: %s",
  (name) => {
    expect(headerSecrets({ [name]: "v", "x-team": "research" })).toEqual(["v", "research", name]);
  },
);

it.each(["authorization", "anthropic-version", "x-stainless-retry-count", "HTTP-Referer"])(
  "does not count a common name as a secret: %s",
  (name) => {
    expect(headerSecrets({ [name]: "v" })).toEqual(["v"]);
  },
);
