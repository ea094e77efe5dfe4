import { expect, it } from "vitest";

import { block, provider } from "../../testing/sample-views";
import { matches } from "./provider-filter";

const ACME = provider({
  id: "team-7",
  name: "Acme LLM (work)",
  directBaseUrl: "https://llm.acme.example/v1",
  gateway: block({ gatewayName: "cached-gateway" }),
});

it.each([
  ["", true],
  ["  ", true],
  ["acme", true],
  ["LLM acme", true],
  ["team-7", true],
  ["acme mistral", false],
  ["llm.acme.example", true],
  ["CACHED", true],
  ["work cached acme.ex", true],
  ["https", false],
  ["v1", false],
])("the filter %j finds Acme by its name, key, host or gateway: %s", (text, found) => {
  expect(matches(ACME, text)).toBe(found);
});

it("finds a provider by the gateway in its own base URL", () => {
  const gatewayByHand = { accountId: "a", gatewayName: "by-hand" };
  expect(matches(provider({ gatewayByHand }), "by-hand")).toBe(true);
  expect(matches(provider(), "by-hand")).toBe(false);
});
