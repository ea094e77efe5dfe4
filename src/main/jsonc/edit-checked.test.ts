import { afterAll, expect, test, vi } from "vitest";

import type { Edit } from "./plan";

// The edit engine has no known mistake, so this mock makes one: it changes a number elsewhere.
vi.resetModules();
vi.doMock(import("./edit"), async (original) => {
  const { applyChanges } = await original();
  return { applyChanges: (...given) => applyChanges(...given)?.replace("1000", "1001") ?? null };
});
const { editMembers } = await import("./testing/edit-members");

// Other test files share this worker's modules.
afterAll(() => {
  vi.doUnmock("./edit");
  vi.resetModules();
});

test.each<[what: string, edit: Edit]>([
  ["sets a member", { kind: "set", path: ["a"], value: "new" }],
  ["adds a member", { kind: "set", path: ["b"], value: "new" }],
  ["copies a member", { kind: "copy", path: ["b"], from: ["a"] }],
  ["removes a member", { kind: "remove", path: ["a"] }],
  ["renames a member", { kind: "rename", path: ["a"], to: "b" }],
])("refuses the edit when a splice that %s changes other data", (_what, edit) => {
  const text = `{ "anthropic": { "limit": 1000 }, "openai": { "a": "old" } }`;
  expect(editMembers(text, [{ of: "openai", edits: [edit] }])).toMatchObject({
    success: false,
    error: { code: "edit_refused" },
  });
});
