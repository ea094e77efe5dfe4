/** What is never edited: the code, the message's place and the text that stays as it is. */
import { describe, expect, test } from "vitest";

import type { ErrorCode } from "../../shared/errors";
import { applyChange } from "./edit";

interface Row {
  readonly name: string;
  readonly text: string;
  readonly code: ErrorCode;
  readonly line?: number;
  readonly column?: number;
  /** A part of the message. */
  readonly says?: string;
  /** By default anthropic. */
  readonly provider?: string;
}

const ROWS: readonly Row[] = [
  {
    name: "a root that is a list",
    text: `// c
 [1]
`,
    code: "file_not_object",
    line: 2,
    column: 2,
  },
  { name: "a root that is a string", text: '"x"', code: "file_not_object", line: 1, column: 1 },
  { name: "a root that is a number", text: "12", code: "file_not_object", line: 1, column: 1 },
  { name: "a root that is null", text: "null", code: "file_not_object", line: 1, column: 1 },
  { name: "an unknown provider", text: "{}", code: "provider_unknown", provider: "nobody" },
  {
    name: "a name that JavaScript knows",
    text: "{}",
    code: "provider_unknown",
    provider: "constructor",
  },
  {
    name: "a key that is no provider to mux",
    text: '{ "mine": { "apiKey": "k" } }',
    code: "provider_unknown",
    provider: "mine",
  },
  {
    name: "a provider that is null",
    text: '{ "anthropic": null }',
    code: "provider_not_object",
    line: 1,
    column: 16,
  },
  {
    name: "a provider that is a string",
    text: `{
  "anthropic": "sk"
}`,
    code: "provider_not_object",
    line: 2,
    column: 16,
  },
  {
    name: "a provider that is a list",
    text: `{
  "anthropic": []
}`,
    code: "provider_not_object",
    line: 2,
    column: 16,
  },
  {
    name: "a provider that is a number",
    text: '{ "anthropic": 1 }',
    code: "provider_not_object",
    line: 1,
    column: 16,
  },
  {
    name: "the last of two providers is no object",
    text: `{ "anthropic": {},
  "anthropic": false }`,
    code: "provider_not_object",
    line: 2,
    column: 16,
  },
  {
    name: "a block that is null",
    text: `{
  "anthropic": {
    "cloudflareGateway": null
  }
}
`,
    code: "block_not_object",
    line: 3,
    column: 26,
  },
  {
    name: "a block that is a string",
    text: `{
  "anthropic": {
    "cloudflareGateway": "x"
  }
}
`,
    code: "block_not_object",
    line: 3,
    column: 26,
  },
  {
    name: "a block that is a list",
    text: `{
  "anthropic": {
    "cloudflareGateway": []
  }
}
`,
    code: "block_not_object",
    line: 3,
    column: 26,
  },
  {
    name: "a disabled block that is no object",
    text: `{
  "anthropic": {
    "cloudflareGatewayDisabled": 1
  }
}
`,
    code: "block_not_object",
    line: 3,
    column: 34,
  },
  {
    name: "a block that stands twice",
    text: `{
  "anthropic": {
    "cloudflareGateway": {},
    "apiKey": "k",
    "cloudflareGateway": {}
  }
}
`,
    code: "block_duplicate",
    says: "(lines 3 and 5)",
  },
  {
    name: "a disabled block that stands twice",
    text: `{
  "anthropic": {
    "cloudflareGatewayDisabled": {},
    "cloudflareGatewayDisabled": {}
  }
}
`,
    code: "block_duplicate",
    says: "(lines 3 and 4)",
  },
  {
    name: "a block that stands twice, once with escapes",
    text: `{
  "anthropic": {
    "cloudflareGateway": {},
    "cloudflare\\u0047ateway": {}
  }
}
`,
    code: "block_duplicate",
    says: "(lines 3 and 4)",
  },
  {
    name: "a brace is missing",
    text: `{
  "anthropic": {
`,
    code: "file_invalid",
    line: 3,
    column: 1,
    says: "the text ends before its last bracket is closed",
  },
  {
    name: "a comma is missing",
    text: `{
  "anthropic": {}
  "openai": {}
}`,
    code: "file_invalid",
    line: 3,
    column: 3,
    says: "a comma or a brace is missing",
  },
  {
    name: "a comma too many",
    text: '{ "anthropic": {}, , }',
    code: "file_invalid",
    line: 1,
    column: 20,
    says: "a name in double quotes is missing",
  },
  {
    name: "only a comma",
    text: "{ , }",
    code: "file_invalid",
    line: 1,
    column: 3,
    says: "a name in double quotes is missing",
  },
  {
    name: "a colon is missing",
    text: '{ "anthropic" {} }',
    code: "file_invalid",
    line: 1,
    column: 15,
    says: "a colon is missing",
  },
  {
    name: "a value is missing",
    text: '{ "anthropic": }',
    code: "file_invalid",
    line: 1,
    column: 16,
    says: "a value is missing",
  },
  {
    name: "a name without quotes",
    text: "{ anthropic: {} }",
    code: "file_invalid",
    line: 1,
    column: 3,
    says: "a name in double quotes is missing",
  },
  {
    name: "single quotes",
    text: "{ 'anthropic': {} }",
    code: "file_invalid",
    line: 1,
    column: 3,
    says: "a name in double quotes is missing",
  },
  {
    name: "a string that is not closed",
    text: `{ "anthropic": { "apiKey": "sk-secret
 } }`,
    code: "file_invalid",
    line: 1,
    column: 28,
    says: "a string is not closed",
  },
  {
    name: "a comment that is not closed",
    text: "{} /* never",
    code: "file_invalid",
    line: 1,
    column: 4,
    says: "a comment is not closed",
  },
  {
    name: "something behind the object",
    text: `{}
{}`,
    code: "file_invalid",
    line: 2,
    column: 1,
    says: "there is something after the end of the object",
  },
  {
    name: "a brace too many",
    text: "{} }",
    code: "file_invalid",
    line: 1,
    column: 4,
    says: "there is something after the end of the object",
  },
  {
    name: "a wrong bracket",
    text: '{ "anthropic": { "models": [1} } }',
    code: "file_invalid",
    line: 1,
    column: 30,
    says: "a comma or a bracket is missing",
  },
  {
    name: "a word that is no value",
    text: '{ "anthropic": sk-secret }',
    code: "file_invalid",
    line: 1,
    column: 16,
    says: "a value is missing",
  },
  {
    name: "an unknown escape",
    text: '{ "anthropic": { "a": "\\x" } }',
    code: "file_invalid",
    line: 1,
    column: 23,
    says: "a string has an escape that JSON does not know",
  },
  {
    name: "half an escape",
    text: '{ "anthropic": { "a": "\\u12" } }',
    code: "file_invalid",
    line: 1,
    column: 23,
    says: "a \\u escape needs four hex digits",
  },
  {
    name: "a tab in a string",
    text: '{ "anthropic": { "a": "\t" } }',
    code: "file_invalid",
    line: 1,
    column: 23,
    says: "a string has a control character, which must be escaped",
  },
  {
    name: "a number with a leading zero",
    text: '{ "anthropic": { "a": 01 } }',
    code: "file_invalid",
    line: 1,
    column: 24,
    says: "a comma or a brace is missing",
  },
  {
    name: "half a number",
    text: '{ "anthropic": { "a": 1. } }',
    code: "file_invalid",
    line: 1,
    column: 23,
    says: "a number is not complete",
  },
  {
    name: "a second byte order mark",
    text: "\ufeff\ufeff{}",
    code: "file_invalid",
    line: 1,
    column: 1,
    says: "a value is missing",
  },
  {
    name: "an error on a line after CRLF and CR",
    text: ["{\r\n", "\r", "  x\r\n", "}"].join(""),
    code: "file_invalid",
    line: 3,
    column: 3,
    says: "a name in double quotes is missing",
  },
  {
    name: "a column behind a byte order mark",
    text: "\ufeff{ x }",
    code: "file_invalid",
    line: 1,
    column: 3,
    says: "a name in double quotes is missing",
  },
];

describe.each(ROWS)(
  "refused: $name",
  ({ text, code, line, column, says, provider = "anthropic" }) => {
    const changes = [
      { kind: "enable", provider, details: { accountId: "acc", gatewayName: "gw" } },
      { kind: "disable", provider },
      { kind: "forget", provider },
    ] as const;

    test.each(changes)("to $kind", (change) => {
      const refused = applyChange(text, change, "file");
      expect(refused).toMatchObject({
        success: false,
        error: { code, ...(line && { line }), ...(column && { column }) },
      });
      const message = refused.success ? "" : refused.error.message;
      expect(message).toContain(says ?? "");
      expect(message).not.toContain("secret");
    });
  },
);

test.each(["disable", "forget"] as const)("there is nothing to %s without a block", (kind) => {
  for (const text of ["", "{}", `{ "anthropic": { "apiKey": "k" } }`]) {
    const refused = applyChange(text, { kind, provider: "anthropic" }, "file");
    expect(refused).toMatchObject({ success: false, error: { code: "block_missing" } });
  }
});
