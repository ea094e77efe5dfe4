import { expect, test, vi } from "vitest";

import { editMembers, type MemberEdit } from "./member-edits";

// Our splices make no mistake that we know of, so these are made to: they also change a number elsewhere.
vi.mock(import("./splice"), async (original) => {
  const splice = await original();
  return {
    ...splice,
    replaceValue: (...given) => splice.replaceValue(...given).replace("1000", "1001"),
    removeMember: (...given) => splice.removeMember(...given).replace("1000", "1001"),
    appendMember: (...given) => splice.appendMember(...given).replace("1000", "1001"),
  };
});

test.each<[what: string, edit: MemberEdit]>([
  ["sets a member", { kind: "set", path: ["a"], value: "new" }],
  ["adds one", { kind: "set", path: ["b"], value: "new" }],
  ["copies one", { kind: "copy", path: ["b"], from: ["a"] }],
  ["takes one out", { kind: "remove", path: ["a"] }],
])("a splice that goes wrong as it %s is refused", (_what, edit) => {
  const text = `{ "anthropic": { "limit": 1000 }, "openai": { "a": "old" } }`;
  expect(editMembers(text, [{ provider: "openai", edits: [edit] }], "file")).toMatchObject({
    success: false,
    error: { code: "edit_refused" },
  });
});
