import { describe, expect, it } from "vitest";

import { redactHeaders, redactor } from "./redact";

const SECRET = 'sk-"weird"/+key=&1';

describe("a secret", () => {
  const redact = redactor([SECRET, "Bearer abcdefgh12345678", "x"]);

  it.each([
    ["in plain form", SECRET],
    ["percent-encoded", encodeURIComponent(SECRET)],
    ["percent-encoded in lower case", encodeURIComponent(SECRET).toLowerCase()],
    ["escaped for JSON", JSON.stringify({ key: SECRET })],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in another case", SECRET.toUpperCase()],
    ["with its scheme", "authorization: Bearer abcdefgh12345678"],
    ["without its scheme", "token=abcdefgh12345678;"],
  ])("is removed %s", (_, text) => {
    const shown = redact(`before ${text} after`);
    expect(shown).toMatch(/^before .*\[redacted\].* after$/);
    expect(shown).not.toMatch(/weird|abcdefgh/i);
  });

  it("is removed when the text was cut in the middle of it", () => {
    expect(redact(`{"key":"${JSON.stringify(SECRET).slice(1, 12)}`, { cut: true })).toBe(
      '{"key":"[redacted]',
    );
  });

  it("is removed completely when a provider has masked it", () => {
    expect(redact("Incorrect API key provided: sk-proj-****wxyz.")).toBe(
      "Incorrect API key provided: [redacted].",
    );
  });

  it("is ignored when it is too short", () => {
    expect(redact("xylophone")).toBe("xylophone");
  });

  it("is removed when it contains regular expression syntax", () => {
    expect(redactor(["a.c$(d)"])("abc$(d) a.c$(d)")).toBe("abc$(d) [redacted]");
  });
});

it("returns the text unchanged without secrets", () => {
  expect(redactor([])("anything at all")).toBe("anything at all");
});

it("hides the value of headers with a secret name", () => {
  const names = [
    "Authorization",
    "x-api-key",
    "x-goog-api-key",
    "cf-aig-authorization",
    "Set-Cookie",
  ];
  const shown = redactHeaders(
    [...names.map((name) => [name, "unknown"] as const), ["date", "now"]],
    redactor([]),
  );
  expect(shown).toEqual([...names.map((name) => [name, "[redacted]"]), ["date", "now"]]);
});
