import { expect, test } from "vitest";

import { keyOrigin } from "./key-source";
import type { ProviderConfig } from "./provider-config";

function provider(id: string, values: ProviderConfig["values"]): ProviderConfig {
  const kind = id === "mine" ? "custom" : "built-in";
  return { id, kind, inFile: true, enabled: true, values, block: null };
}

test.each([
  ["apiKey", { apiKey: " k ", apiKeyFile: "f" }, {}, { source: "file", key: "k" }],
  [
    "apiKeyFile when apiKey is blank",
    { apiKey: "  ", apiKeyFile: " ~/f " },
    {},
    { source: "key-file", path: "~/f" },
  ],
  [
    "apiKeyFile when apiKey is a reference to a vault",
    { apiKey: " op://v/k", apiKeyFile: "f" },
    {},
    { source: "key-file", path: "f" },
  ],
  [
    "the environment",
    { apiKey: 5, apiKeyFile: "" },
    { ANTHROPIC_AUTH_TOKEN: " t " },
    { source: "environment", variable: "ANTHROPIC_AUTH_TOKEN", key: "t" },
  ],
  [
    "the first variable",
    {},
    { ANTHROPIC_AUTH_TOKEN: "t", ANTHROPIC_API_KEY: "k" },
    { source: "environment", variable: "ANTHROPIC_API_KEY", key: "k" },
  ],
  [
    "nowhere",
    {},
    { ANTHROPIC_API_KEY: " " },
    { source: "none", variables: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"] },
  ],
])("finds the key in %s", (_name, values, env, origin) => {
  expect(keyOrigin(provider("anthropic", values), env)).toEqual(origin);
});

test("ignores the environment when the provider is custom", () => {
  expect(keyOrigin(provider("mine", {}), { OPENAI_API_KEY: "k" })).toEqual({
    source: "none",
    variables: [],
  });
});
