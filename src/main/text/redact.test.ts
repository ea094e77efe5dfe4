import { describe, expect, it } from "vitest";

import { redactHeaders, redactor } from "./redact";

const SECRET = 'sk-"weird"/+key=&1';

describe("a secret", () => {
  const redact = redactor([SECRET, "Bearer abcdefgh12345678", "x"]);

  it.each([
    ["as it is", SECRET],
    ["percent-encoded", encodeURIComponent(SECRET)],
    ["percent-encoded in small letters", encodeURIComponent(SECRET).toLowerCase()],
    ["escaped for JSON", JSON.stringify({ key: SECRET })],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in another case", SECRET.toUpperCase()],
    ["with its scheme", "authorization: Bearer abcdefgh12345678"],
    ["without its scheme", "token=abcdefgh12345678;"],
  ])("is taken out %s", (_, text) => {
    const shown = redact(`before ${text} after`);
    expect(shown).toMatch(/^before .*\[redacted\].* after$/);
    expect(shown).not.toMatch(/weird|abcdefgh/i);
  });

  it("is taken out where a text was cut in the middle of it", () => {
    expect(redact(`{"key":"${JSON.stringify(SECRET).slice(1, 12)}`, { cut: true })).toBe(
      '{"key":"[redacted]',
    );
  });

  it("that a provider has masked itself is taken out whole", () => {
    expect(redact("Incorrect API key provided: sk-proj-****wxyz.")).toBe(
      "Incorrect API key provided: [redacted].",
    );
  });

  it("that is too short to be one does not tear texts apart", () => {
    expect(redact("xylophone")).toBe("xylophone");
  });

  it("may hold what patterns mean something by", () => {
    expect(redactor(["a.c$(d)"])("abc$(d) a.c$(d)")).toBe("abc$(d) [redacted]");
  });
});

it("without secrets, every text stays as it is", () => {
  expect(redactor([])("anything at all")).toBe("anything at all");
});

it("headers that hold secrets by their name never show them", () => {
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
