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
  const asked = new Map([[change.provider, askedOf(change)]]);
  return old.success && now.success && differsAsAsked(old.data, now.data, asked);
}

function after(change: Change): string {
  const changed = applyChange(BEFORE, change, "file");
  if (!changed.success) throw new Error(changed.error.message);
  return changed.data;
}

/** Slips that no change may make, whatever was asked. */
const SLIPS: readonly (readonly [name: string, slip: (text: string) => string])[] = [
  ["another value", (text) => text.replace(`"apiKey": "k"`, `"apiKey": "x"`)],
  ["a number spelled anew", (text) => text.replace("1.0", "1")],
  ["a member that is lost", (text) => text.replace(`    "limit": 1.0,\n`, "")],
  ["a member that came", (text) => text.replace(`"limit"`, `"more": 1, "limit"`)],
  ["a key that changed", (text) => text.replace(`"limit"`, `"Limit"`)],
  ["a provider that is lost", (text) => text.replace(`  "openai": { "apiKey": "k" },\n`, "")],
  ["a provider that came", (text) => text.replace(`// mine`, `"mine": {},`)],
  ["a text that no longer parses", (text) => text.replace(`"k",\n`, `"k"\n`)],
  ["nothing left", () => ""],
];

describe.each(CHANGES)("after $kind of $provider", (change) => {
  test("the new text is what was asked", () => {
    expect(isAsAsked(after(change), change)).toBe(true);
  });

  test("the old text, and what others would make of it, is not", () => {
    expect(isAsAsked(BEFORE, change)).toBe(false);
    for (const other of CHANGES.filter((candidate) => candidate !== change)) {
      expect(isAsAsked(after(other), change)).toBe(false);
    }
  });

  test.each(SLIPS)("%s is noticed", (_name, slip) => {
    const slipped = slip(after(change));
    expect(slipped).not.toBe(after(change));
    expect(isAsAsked(slipped, change)).toBe(false);
  });
});

test.each([
  ["a name that is not the one asked", enable, `"gw"`, `"other"`],
  ["a token that was to go", enable, `"gatewayName": "gw",`, `"gatewayName": "gw", "token": "t",`],
  ["a segment that was to come", enable, `"segment"`, `"other"`],
  ["an unknown member of the block that changed", enable, `[1, 2]`, `[1,2]`],
  [
    "a member of a new block that nobody asked for",
    enableOther,
    `"segment"`,
    `"more": "x", "segment"`,
  ],
  [
    "a block in the wrong one of two providers",
    enableOther,
    `{ "apiKey": "k" }`,
    `{ "apiKey": "k", "cloudflareGateway": {} }`,
  ],
  ["a block that is still on", disable, `"cloudflareGatewayDisabled"`, `"cloudflareGateway"`],
  ["a block that changed while it was switched off", disable, `"token": "t"`, `"token": "u"`],
  [
    "a block that was to be forgotten",
    forget,
    `"limit": 1.0,`,
    `"limit": 1.0, "cloudflareGatewayDisabled": {},`,
  ],
] as const)("%s is noticed", (_name, change, from, to) => {
  const slipped = after(change).replace(from, to);
  expect(slipped).not.toBe(after(change));
  expect(isAsAsked(slipped, change)).toBe(false);
});
