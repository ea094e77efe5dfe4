import { expect, it } from "vitest";

import { apiTokenIn } from "./api-token";

it.each([
  ["abc_DEF-123", "abc_DEF-123"],
  ["  abc\n", "abc"],
  ["CLOUDFLARE_API_TOKEN=abc", "abc"],
  ['export CLOUDFLARE_API_TOKEN="abc"', "abc"],
  ["Authorization: Bearer abc", "abc"],
  ["Bearer abc", "abc"],
  ["\u200babc\ufeff", "abc"],
  ["", ""],
])("finds the token in %j", (text, token) => {
  expect(apiTokenIn(text)).toBe(token);
});
