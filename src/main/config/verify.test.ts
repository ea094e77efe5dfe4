import { describe, expect, test } from "vitest";

import type { Change } from "./edit";
import { applyChange } from "./testing/edit-text";
import { parseDocument } from "../jsonc/document";
import { differsAsAsked } from "../jsonc/verify";
import { askedOf } from "./verify";

const BEFORE = `{
  // mine
  "anthropic": {
    "apiKey": "k",
    "limit": 1.0,
    "cloudflareGateway": {
      "accountId": "acc",
      "gatewayName": "old",
      "token": "t",
      "note": [1, 2],
    },
    "cloudflareGatewayDisabled": {},
  },
  "openai": { "apiKey": "k" },
  "openai": { "apiKey": "l" },
}
`;

const enable: Change = {
  kind: "enable",
  provider: "anthropic",
  details: { accountId: "acc", gatewayName: "gw", token: null, segment: "custom-s" },
};
const enableOther: Change = { ...enable, provider: "openai" };
const enableMissing: Change = { ...enable, provider: "xai" };
const disable: Change = { kind: "disable", provider: "anthropic" };
const forget: Change = { kind: "forget", provider: "anthropic" };
const CHANGES = [enable, enableOther, enableMissing, disable, forget];

function isAsAsked(text: string, change: Change): boolean {
  const [old, now] = [parseDocument(BEFORE, "file"), parseDocument(text, "file")];
  const changes = [{ key: change.provider, asked: askedOf(change) }];
  return old.success && now.success && differsAsAsked(old.data, now.data, changes);
}

function after(change: Change): string {
  const changed = applyChange(BEFORE, change, "file");
  if (!changed.success) throw new Error(changed.error.message);
  return changed.data;
}

/** Mistakes that no change may make. */
const SLIPS: readonly (readonly [name: string, slip: (text: string) => string])[] = [
  ["another value", (text) => text.replace(`"apiKey": "k"`, `"apiKey": "x"`)],
  ["a respelled number", (text) => text.replace("1.0", "1")],
  ["a lost member", (text) => text.replace(`    "limit": 1.0,\n`, "")],
  ["an added member", (text) => text.replace(`"limit"`, `"more": 1, "limit"`)],
  ["a changed key", (text) => text.replace(`"limit"`, `"Limit"`)],
  ["a lost provider", (text) => text.replace(`  "openai": { "apiKey": "k" },\n`, "")],
  ["an added provider", (text) => text.replace(`// mine`, `"mine": {},`)],
  ["a text that no longer parses", (text) => text.replace(`"k",\n`, `"k"\n`)],
  ["an empty text", () => ""],
];

describe.each(CHANGES)("after $kind of $provider", (change) => {
  test("accepts the new text", () => {
    expect(isAsAsked(after(change), change)).toBe(true);
  });

  test("rejects the old text and the results of other changes", () => {
    expect(isAsAsked(BEFORE, change)).toBe(false);
    for (const other of CHANGES.filter((candidate) => candidate !== change)) {
      expect(isAsAsked(after(other), change)).toBe(false);
    }
  });

  test.each(SLIPS)("rejects %s", (_name, slip) => {
    const slipped = slip(after(change));
    expect(slipped).not.toBe(after(change));
    expect(isAsAsked(slipped, change)).toBe(false);
  });
});

test.each([
  ["a gateway name that was not requested", enable, `"gw"`, `"other"`],
  [
    "a token that should be removed",
    enable,
    `"gatewayName": "gw",`,
    `"gatewayName": "gw", "token": "t",`,
  ],
  ["a missing segment", enable, `"segment"`, `"other"`],
  ["a changed unknown member of the block", enable, `[1, 2]`, `[1,2]`],
  ["an unrequested member of a new block", enableOther, `"segment"`, `"more": "x", "segment"`],
  [
    "a block in the wrong provider of two",
    enableOther,
    `{ "apiKey": "k" }`,
    `{ "apiKey": "k", "cloudflareGateway": {} }`,
  ],
  ["a block that is still active", disable, `"cloudflareGatewayDisabled"`, `"cloudflareGateway"`],
  ["a disabled block that changed", disable, `"token": "t"`, `"token": "u"`],
  [
    "a block that should be forgotten",
    forget,
    `"limit": 1.0,`,
    `"limit": 1.0, "cloudflareGatewayDisabled": {},`,
  ],
] as const)("rejects %s", (_name, change, from, to) => {
  const slipped = after(change).replace(from, to);
  expect(slipped).not.toBe(after(change));
  expect(isAsAsked(slipped, change)).toBe(false);
});
