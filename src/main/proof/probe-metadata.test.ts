import { expect, it } from "vitest";

import { probeMetadata } from "./probe-metadata";
import { provider } from "./testing/provider";

const metadata = (value: unknown, name = "cf-aig-metadata") =>
  probeMetadata(provider("openai", { headers: { [name]: value } }), "n");
const OURS = { nonce: "n", source: "panel-test" };

it.each([
  ["no headers", undefined, OURS],
  ["no JSON", "team=a", OURS],
  ["a list", "[1]", OURS],
  ["their own entries", '{"team":"a","cost":7}', { team: "a", cost: 7, ...OURS }],
  ["an entry with our name", '{"nonce":"theirs","source":"x"}', OURS],
  ["four entries", '{"a":1,"b":2,"c":3,"d":4}', { a: 1, b: 2, c: 3, d: 4, nonce: "n" }],
  ["five entries", '{"a":1,"b":2,"c":3,"d":4,"e":5}', { a: 1, b: 2, c: 3, d: 4, e: 5 }],
])("marks a probe of a provider with %s", (_, value, expected) => {
  expect(JSON.parse(metadata(value))).toEqual(expected);
});

it("keeps the user's metadata when the header's name has another case", () => {
  expect(JSON.parse(metadata('{"team":"a"}', "CF-AIG-Metadata"))).toEqual({ team: "a", ...OURS });
});

it("holds only characters of a header when the user's metadata has others", () => {
  const text = metadata('{"team":"\\u4e2d\\u6587 é"}');
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(text)).toEqual({ team: "中文 é", ...OURS });
});
