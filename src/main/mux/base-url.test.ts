import { expect, test } from "vitest";

import { ownBaseUrl } from "./base-url";
import type { ProviderConfig } from "./provider-config";

function provider(id: string, values: ProviderConfig["values"]): ProviderConfig {
  const kind = id === "mine" ? "custom" : "built-in";
  return { id, kind, inFile: true, enabled: true, values, block: null };
}

test.each([
  ["the SDK's default", "openai", {}, {}, "https://api.openai.com/v1", "default", null],
  [
    "from the environment",
    "openai",
    {},
    { OPENAI_API_BASE: "https://e/v1" },
    "https://e/v1",
    "environment",
    "OPENAI_API_BASE",
  ],
  [
    "from the first variable",
    "openai",
    {},
    { OPENAI_API_BASE: "https://b/x", OPENAI_BASE_URL: " https://a/x " },
    "https://a/x",
    "environment",
    "OPENAI_BASE_URL",
  ],
  [
    "from baseURL",
    "openai",
    { baseURL: "https://f/x" },
    { OPENAI_BASE_URL: "https://e" },
    "https://f/x",
    "file",
    "baseURL",
  ],
  [
    "from baseUrl",
    "openai",
    { baseURL: "https://f", baseUrl: " https://g/x " },
    {},
    " https://g/x ",
    "file",
    "baseUrl",
  ],
  [
    "not a blank value",
    "openai",
    { baseUrl: " ", baseURL: 3 },
    { OPENAI_BASE_URL: " " },
    "https://api.openai.com/v1",
    "default",
    null,
  ],
  [
    "with /v1 for anthropic",
    "anthropic",
    { baseUrl: "https://f//" },
    {},
    "https://f/v1",
    "file",
    "baseUrl",
  ],
  [
    "with one /v1 for anthropic",
    "anthropic",
    { baseUrl: "https://f/v1/" },
    {},
    "https://f/v1",
    "file",
    "baseUrl",
  ],
  [
    "with /v1 for OpenAI's origin",
    "openai",
    { baseUrl: "https://f/" },
    {},
    "https://f/v1",
    "file",
    "baseUrl",
  ],
  [
    "with /v1 for an origin in the environment",
    "openai",
    {},
    { OPENAI_BASE_URL: "https://e" },
    "https://e/v1",
    "environment",
    "OPENAI_BASE_URL",
  ],
  [
    "without /v1 for a custom origin with a slash",
    "mine",
    { baseUrl: "https://f/" },
    {},
    "https://f/",
    "file",
    "baseUrl",
  ],
  [
    "with /v1 for a custom origin",
    "mine",
    { baseUrl: "https://f" },
    {},
    "https://f/v1",
    "file",
    "baseUrl",
  ],
  [
    "unchanged for a custom path",
    "mine",
    { baseUrl: "https://f/api/" },
    {},
    "https://f/api/",
    "file",
    "baseUrl",
  ],
])("finds the base URL: %s", (_name, id, values, env, url, source, name) => {
  expect(ownBaseUrl(provider(id, values), env)).toEqual({ url, source, name });
});

test("returns null when a custom provider has no base URL", () => {
  expect(ownBaseUrl(provider("mine", {}), { OPENAI_BASE_URL: "https://e" })).toBeNull();
});
