import { expect, it } from "vitest";

import { provider } from "../../testing/sample-views";
import { matches } from "./provider-filter";

it.each([
  ["", true],
  ["  ", true],
  ["acme", true],
  ["LLM acme", true],
  ["team-7", true],
  ["acme mistral", false],
])("a filter %j on “Acme LLM (work)” with the key team-7: %s", (text, found) => {
  const acme = provider({ id: "team-7", name: "Acme LLM (work)" });
  expect(matches(acme, text)).toBe(found);
});
