import { afterAll, expect, test, vi } from "vitest";

import type { Edit } from "./plan";

// Our engine makes no mistake that we know of, so it is made to: it also changes a number elsewhere.
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
  ["adds one", { kind: "set", path: ["b"], value: "new" }],
  ["copies one", { kind: "copy", path: ["b"], from: ["a"] }],
  ["takes one out", { kind: "remove", path: ["a"] }],
  ["renames one", { kind: "rename", path: ["a"], to: "b" }],
])("a plan that goes wrong as it %s is refused", (_what, edit) => {
  const text = `{ "anthropic": { "limit": 1000 }, "openai": { "a": "old" } }`;
  expect(editMembers(text, [{ of: "openai", edits: [edit] }])).toMatchObject({
    success: false,
    error: { code: "edit_refused" },
  });
});
