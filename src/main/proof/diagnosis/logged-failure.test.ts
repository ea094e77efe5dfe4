/** The diagnosis of a logged failure says only what it can show. */
import { expect, it } from "vitest";

import { diagnoseLogged } from "./logged-failure";

const LOGGED = {
  accountId: "0123456789abcdef0123456789abcdef",
  gatewayName: "my-gateway",
  segment: "openai",
  providerName: "OpenAI",
  model: "m",
  at: Date.parse("2026-11-23T07:00:00Z"),
};

const BODIES: readonly (readonly [number, unknown])[] = [
  [401, { error: { message: "Incorrect API key: canary", code: "invalid_api_key" } }],
  [400, { error: { message: "canary words", type: "strange_error" } }],
  [403, { error: { message: "canary: of a kind. That is new." } }],
  [404, { error: { message: "The model canary does not exist", code: "model_not_found" } }],
  [429, { error: { message: "Slow down, canary" } }],
  [500, "canary"],
  [502, "<title>canary</title>"],
  [400, { success: false, error: [{ code: 9999, message: "canary" }] }],
  [424, { success: false, error: [{ code: 2016, message: "canary" }] }],
  [403, { success: false, error: { message: "Access denied by policy: canary" } }],
  [200, "data: canary"],
  [0, ""],
];

it.each(BODIES)("has whole sentences without quotes for status %i and %j", (status, body) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const { title, meaning, action } = diagnoseLogged({ ...LOGGED, status, body: text });
  const all = [title, meaning, action].join(" ");
  expect(all).not.toContain("canary");
  expect(all).not.toContain("not shown");
  expect(all).not.toMatch(/[:“] ?(?:$|[.”])/u);
  expect(title).toMatch(/^\p{Lu}.*\.$/u);
});
