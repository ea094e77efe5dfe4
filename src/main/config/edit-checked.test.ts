import { afterAll, expect, test, vi } from "vitest";

import type { Change } from "./edit";

// The edit engine has no known mistake, so this mock makes one: it changes a number elsewhere.
vi.resetModules();
vi.doMock(import("../jsonc/edit"), async (original) => {
  const { applyChanges } = await original();
  return { applyChanges: (...given) => applyChanges(...given)?.replace("1000", "1001") ?? null };
});
const { applyChange } = await import("./testing/edit-text");

// Other test files share this worker's modules.
afterAll(() => {
  vi.doUnmock("../jsonc/edit");
  vi.resetModules();
});

const details = { accountId: "0123456789abcdef0123456789abcdef", gatewayName: "new" };
const BLOCK = `"cloudflareGateway": { "gatewayName": "old" }`;

test.each<[what: string, block: string, change: Change]>([
  ["adds a block", `"apiKey": ""`, { kind: "enable", provider: "openai", details }],
  ["changes a block", BLOCK, { kind: "enable", provider: "openai", details }],
  ["disables a block", BLOCK, { kind: "disable", provider: "openai" }],
  ["forgets a block", BLOCK, { kind: "forget", provider: "openai" }],
])("refuses the edit when a splice that %s changes other data", (_what, block, change) => {
  const text = `{ "anthropic": { "limit": 1000 }, "openai": { ${block} } }`;
  expect(applyChange(text, change, "providers.jsonc")).toMatchObject({
    success: false,
    error: { code: "edit_refused" },
  });
});
