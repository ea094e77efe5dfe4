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

describe("what only gateways make of a file is no damage", () => {
  it.each([
    ["a block", ON],
    ["a block that is switched off", ON.replace("cloudflareGateway", "cloudflareGatewayDisabled")],
    [
      "a provider that is nothing but a block",
      BEFORE.replace("{\n", '{ "xai": { "cloudflareGateway": {} },\n'),
    ],
    [
      "a mirror that keeps what stood in its place",
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

  it("also where there was no file, and none afterwards", () => {
    const created = '{ "xai": { "cloudflareGateway": { "gatewayName": "g" } } }';
    expect(damageBetween(null, created)).toEqual([]);
    expect(damageBetween(created, null)).toEqual([]);
  });
});

describe("everything else is damage", () => {
  it.each([
    ["a comment is gone", ON.replace(" // rotated in March", "")],
    [
      "a comment is on another line",
      ON.replace(" // rotated in March", "\n    // rotated in March"),
    ],
    ["a key is another one", ON.replace('"a"', '"b"')],
    ["a provider is gone", ON.replace(/ {2}"acme".*\n/, "")],
    ["a number is spelled in another way", ON.replace("1.0", "1")],
    ["a base URL is lost", ON.replace('"baseUrl": "https://a.example/v1", ', "")],
    ["a header is lost", ON.replace('{ "x": "1" }', "{}")],
    ["the line ends are others", ON.replaceAll("\n", "\r\n")],
    ["a BOM has come", `\uFEFF${ON}`],
    ["it is cut off", ON.slice(0, 90)],
    ["it is empty", ""],
    ["it is gone", null],
  ])("%s", (_, after) => {
    expect(damageBetween(BEFORE, after)).not.toEqual([]);
  });

  it("whatever is made of a text that does not parse", () => {
    expect(damageBetween(BEFORE.slice(0, 90), ON)).not.toEqual([]);
  });
});

it("the routed providers are those with a block that is on, by the names that the panel has for them", () => {
  expect(routedIn(ON)).toEqual(["Anthropic"]);
  expect(routedIn(BEFORE)).toEqual([]);
  expect(routedIn(null)).toEqual([]);
  expect(routedIn("{")).toBeNull();
});
