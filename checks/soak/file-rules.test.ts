import { describe, expect, it } from "vitest";

import { damageBetween, routedIn } from "./file-rules";

const BEFORE = `// keys of the team
{
  "anthropic": {
    "apiKey": "a", // rotated in March
    "models": ["m"] /* small */
  },
  "acme": { "providerType": "openai-compatible", "displayName": "Acme", "baseUrl": "https://a.example/v1", "headers": { "x": "1" }, "n": 1.0 },
}
`;

const ON = BEFORE.replace(
  '"models": ["m"] /* small */',
  '"models": ["m"], /* small */\n    "cloudflareGateway": { "gatewayName": "g" }',
);

describe("a gateway change is not damage", () => {
  it.each([
    ["a block", ON],
    ["when a block is turned off", ON.replace("cloudflareGateway", "cloudflareGatewayDisabled")],
    [
      "when a provider has only a block",
      BEFORE.replace("{\n", '{ "xai": { "cloudflareGateway": {} },\n'),
    ],
    [
      "when the mirror stores the earlier values",
      BEFORE.replace("https://a.example/v1", "https://gateway.ai.cloudflare.com/v1/a/g/custom-acme")
        .replace('{ "x": "1" }', '{ "x": "1", "cf-aig-authorization": "Bearer t" }')
        .replace(
          '"n"',
          '"cloudflareGateway": { "direct": { "baseUrl": "https://a.example/v1" } }, "n"',
        ),
    ],
  ])("%s", (_, after) => {
    expect(damageBetween(BEFORE, after)).toEqual([]);
    expect(damageBetween(after, BEFORE)).toEqual([]);
  });

  it("when the file was missing before or after", () => {
    const created = '{ "xai": { "cloudflareGateway": { "gatewayName": "g" } } }';
    expect(damageBetween(null, created)).toEqual([]);
    expect(damageBetween(created, null)).toEqual([]);
  });
});

describe("any other change is damage", () => {
  it.each([
    ["when a comment is missing", ON.replace(" // rotated in March", "")],
    [
      "when a comment moved to another line",
      ON.replace(" // rotated in March", "\n    // rotated in March"),
    ],
    ["when a key changed", ON.replace('"a"', '"b"')],
    ["when a provider is missing", ON.replace(/ {2}"acme".*\n/, "")],
    ["when a number is spelled differently", ON.replace("1.0", "1")],
    ["when a base URL is missing", ON.replace('"baseUrl": "https://a.example/v1", ', "")],
    ["when a header is missing", ON.replace('{ "x": "1" }', "{}")],
    ["when the line ends changed", ON.replaceAll("\n", "\r\n")],
    ["when a BOM was added", `\uFEFF${ON}`],
    ["when the text is truncated", ON.slice(0, 90)],
    ["when the file is empty", ""],
    ["when the file is missing", null],
  ])("%s", (_, after) => {
    expect(damageBetween(BEFORE, after)).not.toEqual([]);
  });

  it("when the earlier text does not parse", () => {
    expect(damageBetween(BEFORE.slice(0, 90), ON)).not.toEqual([]);
  });
});

it("lists the providers with an active block, by their names in the panel", () => {
  expect(routedIn(ON)).toEqual(["Anthropic"]);
  expect(routedIn(BEFORE)).toEqual([]);
  expect(routedIn(null)).toEqual([]);
  expect(routedIn("{")).toBeNull();
});
