/** Single members of a provider: texts in, texts out, and what is refused. */
import { describe, expect, test } from "vitest";

import { editMembers, type MemberEdit } from "./member-edits";
import { parseDocument } from "./document";
import { afterEdits, differsAsAsked, type Wanted } from "./verify";

function edited(text: string, ...edits: readonly MemberEdit[]): string {
  const result = editMembers(text, [{ provider: "p", edits }], "file");
  return result.success ? result.data : result.error.code;
}

const BEFORE = `{
  // above
  "p": {
    "a": "old", // beside a
    "b": { "x": 1, /* in */ "y": [2,3] },
  },
  "q": { "a": 1 }
}
`;

describe("an edit of a member", () => {
  test("sets it where it stands, with its comments, or adds it at the end", () => {
    expect(
      edited(
        BEFORE,
        { kind: "set", path: ["a"], value: "new" },
        { kind: "set", path: ["c"], value: [["k", "v"]] },
        { kind: "set", path: ["b", "z"], value: { spelled: "false" } },
      ),
    ).toBe(`{
  // above
  "p": {
    "a": "new", // beside a
    "b": { "x": 1, /* in */ "y": [2,3], "z": false },
    "c": {
      "k": "v"
    },
  },
  "q": { "a": 1 }
}
`);
  });

  test("copies a value to the letter, and then takes the old one out", () => {
    expect(
      edited(
        BEFORE,
        { kind: "copy", path: ["a"], from: ["b", "y"] },
        { kind: "remove", path: ["b", "y"] },
      ),
    ).toBe(BEFORE.replace(`"old"`, "[2,3]").replace(`, /* in */ "y": [2,3]`, ` /* in */`));
  });

  test("takes out every one of equal names, so that none comes to count", () => {
    expect(edited(`{"p":{"a":1,"b":2,"a":3}}`, { kind: "remove", path: ["a"] })).toBe(
      `{"p":{"b":2}}`,
    );
  });

  test("of equal names sets the last, in the last of equal providers", () => {
    const text = `{"p":{"a":1},"p":{"a":1,"a":2}}`;
    expect(edited(text, { kind: "set", path: ["a"], value: "n" })).toBe(
      `{"p":{"a":1},"p":{"a":1,"a":"n"}}`,
    );
  });

  test("reaches several providers at once, wherever they stand", () => {
    const set = (value: string): readonly MemberEdit[] => [
      { kind: "set", path: ["new"], value },
      { kind: "remove", path: ["a"] },
    ];
    const asked = [
      { provider: "q", edits: set("2") },
      { provider: "p", edits: set("1") },
    ];
    expect(editMembers(BEFORE, asked, "file")).toEqual({
      success: true,
      data: `{
  // above
  "p": {
    // beside a
    "b": { "x": 1, /* in */ "y": [2,3] },
    "new": "1",
  },
  "q": { "new": "2" }
}
`,
    });
  });

  test.each<[string, string, MemberEdit, string]>([
    ["of no provider", `{}`, { kind: "remove", path: ["a"] }, "provider_unknown"],
    ["of no object", `{"p":1}`, { kind: "remove", path: ["a"] }, "provider_not_object"],
    ["in no object", `{"p":{"a":1}}`, { kind: "remove", path: ["a", "b"] }, "edit_refused"],
    ["of nothing", `{"p":{}}`, { kind: "copy", path: ["a"], from: ["b"] }, "edit_refused"],
    ["of a broken text", `{"p":{}`, { kind: "remove", path: ["a"] }, "file_invalid"],
  ])("%s is refused", (_of, text, edit, code) => {
    expect(edited(text, edit)).toBe(code);
  });
});

describe("the second look", () => {
  const asked = [
    { provider: "p", edits: [{ kind: "set", path: ["b", "x"], value: "n" }] },
  ] as const;
  const before = `{"p":{"a":1,"b":{"x":1,"y":2}},"q":{}}`;

  test.each([
    ["what was asked", `{ "p":{"a":1,"b":{"x":"n","y":2}}, "q":{} }`, true],
    ["nothing done", before, false],
    ["another spelling", `{"p":{"a":1.0,"b":{"x":"n","y":2}},"q":{}}`, false],
    ["a neighbour lost", `{"p":{"a":1,"b":{"x":"n"}},"q":{}}`, false],
    ["a neighbour added", `{"p":{"a":1,"b":{"x":"n","y":2},"c":1},"q":{}}`, false],
    ["another order", `{"p":{"b":{"x":"n","y":2},"a":1},"q":{}}`, false],
    ["another provider changed", `{"p":{"a":1,"b":{"x":"n","y":2}},"q":{"a":1}}`, false],
    ["a provider lost", `{"p":{"a":1,"b":{"x":"n","y":2}}}`, false],
    ["a broken text", `{"p":{"a":1,"b":{"x":"n","y":2}},"q":{}`, false],
  ])("sees %s", (_what, after, as) => {
    const [old, now] = [parseDocument(before, "file"), parseDocument(after, "file")];
    const wanted = new Map(
      asked.map(({ provider, edits }) => [provider, (m: Wanted) => afterEdits(m, edits)] as const),
    );
    expect(old.success && now.success && differsAsAsked(old.data, now.data, wanted)).toBe(as);
  });
});
