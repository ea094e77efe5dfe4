/** Edits of single members of a provider: texts before and after, and refused edits. */
import { describe, expect, test } from "vitest";

import { parseDocument } from "./document";
import { REMOVED, type Edit, type Wanted } from "./plan";
import { editMembers } from "./testing/edit-members";
import { differsAsAsked } from "./verify";
import { afterEdits } from "./wanted";

function edited(text: string, ...edits: readonly Edit[]): string {
  const result = editMembers(text, [{ of: "p", edits }]);
  return result.success ? result.data.text : result.error.code;
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
  test("replaces the value and keeps its comments, or adds the member at the end when it is new", () => {
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

  test("copies a value exactly as spelled when the original is then removed", () => {
    expect(
      edited(
        BEFORE,
        { kind: "copy", path: ["a"], from: ["b", "y"] },
        { kind: "remove", path: ["b", "y"] },
      ),
    ).toBe(BEFORE.replace(`"old"`, "[2,3]").replace(`, /* in */ "y": [2,3]`, ` /* in */`));
  });

  test("removes all members with a key when it is repeated", () => {
    expect(edited(`{"p":{"a":1,"b":2,"a":3}}`, { kind: "remove", path: ["a"] })).toBe(
      `{"p":{"b":2}}`,
    );
  });

  test("changes the last member of the last provider when both keys are repeated", () => {
    const text = `{"p":{"a":1},"p":{"a":1,"a":2}}`;
    expect(edited(text, { kind: "set", path: ["a"], value: "n" })).toBe(
      `{"p":{"a":1},"p":{"a":1,"a":"n"}}`,
    );
  });

  test("changes several providers when they are named in another order", () => {
    const set = (value: string): readonly Edit[] => [
      { kind: "set", path: ["new"], value },
      { kind: "remove", path: ["a"] },
    ];
    const asked = [
      { of: "q", edits: set("2") },
      { of: "p", edits: set("1") },
    ];
    expect(editMembers(BEFORE, asked)).toMatchObject({
      success: true,
      data: {
        text: `{
  // above
  "p": {
    // beside a
    "b": { "x": 1, /* in */ "y": [2,3] },
    "new": "1",
  },
  "q": { "new": "2" }
}
`,
      },
    });
  });

  test("renames in place, and keeps escapes when one key is a prefix of the other", () => {
    const rename = (key: string, to: string): Edit => ({ kind: "rename", path: [key], to });
    expect(edited(`{"p":{"\\u0061b": 1 /* c */}}`, rename("ab", "abc"))).toBe(
      `{"p":{"\\u0061bc": 1 /* c */}}`,
    );
    expect(edited(`{"p":{"\\u0061bc":1}}`, rename("abc", "ab"))).toBe(`{"p":{"\\u0061b":1}}`);
    expect(edited(`{"p":{"a":1}}`, rename("a", "other"))).toBe(`{"p":{"other":1}}`);
  });

  test.each<[string, string, readonly Edit[], string]>([
    [
      "adds a member when the one before it is removed",
      `{"p":{ "a": 1, "b": 2 }}`,
      [
        { kind: "remove", path: ["b"] },
        { kind: "set", path: ["c"], value: "n" },
      ],
      `{"p":{ "a": 1, "c": "n" }}`,
    ],
    [
      "adds members when the object has just been emptied",
      `{"p":{ "a": 1, }}`,
      [
        { kind: "remove", path: ["a"] },
        { kind: "set", path: ["b"], value: "n" },
        { kind: "set", path: ["c"], value: "m" },
      ],
      `{"p":{ "b": "n", "c": "m", }}`,
    ],
    [
      "edits an object when it has just been added",
      `{\n  "p": {\n    "a": 1\n  }\n}`,
      [
        { kind: "set", path: ["b"], value: [["c", "n"]] },
        { kind: "set", path: ["b", "d"], value: "m" },
        { kind: "remove", path: ["b", "c"] },
      ],
      `{\n  "p": {\n    "a": 1,\n    "b": {\n      "d": "m"\n    }\n  }\n}`,
    ],
    [
      "edits only the copy when a member has been edited and copied",
      `{"p":{"a":{"x":1}}}`,
      [
        { kind: "set", path: ["a", "y"], value: "n" },
        { kind: "copy", path: ["b"], from: ["a"] },
        { kind: "remove", path: ["b", "x"] },
      ],
      `{"p":{"a":{"x":1,"y":"n"},"b":{"y":"n"}}}`,
    ],
    [
      "removes the comma when the last members are removed",
      `{"p":{\n"a": 1, // a\n"b": 2,\n"c": 3\n}}`,
      [
        { kind: "remove", path: ["c"] },
        { kind: "remove", path: ["b"] },
      ],
      `{"p":{\n"a": 1 // a\n}}`,
    ],
    [
      "restores the text when it adds and removes the same member",
      `{"p":{ }}`,
      [
        { kind: "set", path: ["a"], value: "n" },
        { kind: "remove", path: ["a"] },
      ],
      `{"p":{ }}`,
    ],
  ])("%s", (_what, before, edits, after) => {
    expect(edited(before, ...edits)).toBe(after);
  });

  test.each<[string, string, Edit, string]>([
    ["the provider is missing", `{}`, { kind: "remove", path: ["a"] }, "edit_refused"],
    ["the provider is not an object", `{"p":1}`, { kind: "remove", path: ["a"] }, "edit_refused"],
    [
      "an object on the path is missing",
      `{"p":{"a":1}}`,
      { kind: "remove", path: ["a", "b"] },
      "edit_refused",
    ],
    [
      "the source of a copy is missing",
      `{"p":{}}`,
      { kind: "copy", path: ["a"], from: ["b"] },
      "edit_refused",
    ],
    ["the text is broken", `{"p":{}`, { kind: "remove", path: ["a"] }, "file_invalid"],
  ])("is refused when %s", (_of, text, edit, code) => {
    expect(edited(text, edit)).toBe(code);
  });
});

describe("the verification", () => {
  const asked = [{ of: "p", edits: [{ kind: "set", path: ["b", "x"], value: "n" }] }] as const;
  const before = `{"p":{"a":1,"b":{"x":1,"y":2}},"q":{}}`;

  test.each([
    ["the requested change", `{ "p":{"a":1,"b":{"x":"n","y":2}}, "q":{} }`, true],
    ["the old text", before, false],
    ["another spelling", `{"p":{"a":1.0,"b":{"x":"n","y":2}},"q":{}}`, false],
    ["a lost neighbor", `{"p":{"a":1,"b":{"x":"n"}},"q":{}}`, false],
    ["an added neighbor", `{"p":{"a":1,"b":{"x":"n","y":2},"c":1},"q":{}}`, false],
    ["another order", `{"p":{"b":{"x":"n","y":2},"a":1},"q":{}}`, false],
    ["a change of another provider", `{"p":{"a":1,"b":{"x":"n","y":2}},"q":{"a":1}}`, false],
    ["a lost provider", `{"p":{"a":1,"b":{"x":"n","y":2}}}`, false],
    ["a broken text", `{"p":{"a":1,"b":{"x":"n","y":2}},"q":{}`, false],
  ])("judges the result when it is %s", (_what, after, as) => {
    const [old, now] = [parseDocument(before, "file"), parseDocument(after, "file")];
    const wanted = asked.map(({ of, edits }) => {
      return { key: of, asked: (members: Wanted) => afterEdits(members, edits) };
    });
    expect(old.success && now.success && differsAsAsked(old.data, now.data, wanted)).toBe(as);
  });

  test.each([
    ["a removed object that should be removed", `{"p":{"a":1},"q":{}}`, `{"p":{"a":1}}`, true],
    [
      "an object that should have been removed",
      `{"p":{"a":1},"q":{}}`,
      `{"p":{"a":1},"q":{}}`,
      false,
    ],
    ["the removal of another object", `{"p":{"a":1},"q":{}}`, `{"q":{}}`, false],
    ["the removal of all objects", `{"p":{"a":1},"q":{}}`, `{}`, false],
    ["a change of another object", `{"p":{"a":1},"q":{}}`, `{"p":{"a":2}}`, false],
    ["the removal of an object with members", `{"p":{},"q":{"a":1}}`, `{"p":{}}`, false],
    ["the removal of a value that is not an object", `{"p":{},"q":1}`, `{"p":{}}`, false],
    ["the removal of the last of two equal keys", `{"q":{"a":1},"q":{}}`, `{"q":{"a":1}}`, false],
    ["the removal of an object that did not exist", `{"p":{}}`, `{"p":{}}`, false],
  ])("judges the result when it is %s", (_what, whole, after, as) => {
    const [old, now] = [parseDocument(whole, "file"), parseDocument(after, "file")];
    const wanted = [
      { key: "q", asked: (members: Wanted) => (members.length === 0 ? REMOVED : null) },
    ];
    expect(old.success && now.success && differsAsAsked(old.data, now.data, wanted)).toBe(as);
  });
});
