/** Single members of a provider: texts in, texts out, and what is refused. */
import { describe, expect, test } from "vitest";

import { parseDocument } from "./document";
import { GONE, type Edit, type Wanted } from "./plan";
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

  test("renames it where it is, inside its quotes where it can", () => {
    const rename = (key: string, to: string): Edit => ({ kind: "rename", path: [key], to });
    expect(edited(`{"p":{"\\u0061b": 1 /* c */}}`, rename("ab", "abc"))).toBe(
      `{"p":{"\\u0061bc": 1 /* c */}}`,
    );
    expect(edited(`{"p":{"\\u0061bc":1}}`, rename("abc", "ab"))).toBe(`{"p":{"\\u0061b":1}}`);
    expect(edited(`{"p":{"a":1}}`, rename("a", "other"))).toBe(`{"p":{"other":1}}`);
  });

  test.each<[string, string, readonly Edit[], string]>([
    [
      "adds behind a member that goes",
      `{"p":{ "a": 1, "b": 2 }}`,
      [
        { kind: "remove", path: ["b"] },
        { kind: "set", path: ["c"], value: "n" },
      ],
      `{"p":{ "a": 1, "c": "n" }}`,
    ],
    [
      "empties an object and fills it again",
      `{"p":{ "a": 1, }}`,
      [
        { kind: "remove", path: ["a"] },
        { kind: "set", path: ["b"], value: "n" },
        { kind: "set", path: ["c"], value: "m" },
      ],
      `{"p":{ "b": "n", "c": "m", }}`,
    ],
    [
      "makes an object and fills it",
      `{\n  "p": {\n    "a": 1\n  }\n}`,
      [
        { kind: "set", path: ["b"], value: [["c", "n"]] },
        { kind: "set", path: ["b", "d"], value: "m" },
        { kind: "remove", path: ["b", "c"] },
      ],
      `{\n  "p": {\n    "a": 1,\n    "b": {\n      "d": "m"\n    }\n  }\n}`,
    ],
    [
      "copies what it has edited, and edits the copy alone",
      `{"p":{"a":{"x":1}}}`,
      [
        { kind: "set", path: ["a", "y"], value: "n" },
        { kind: "copy", path: ["b"], from: ["a"] },
        { kind: "remove", path: ["b", "x"] },
      ],
      `{"p":{"a":{"x":1,"y":"n"},"b":{"y":"n"}}}`,
    ],
    [
      "removes neighbours at the end",
      `{"p":{\n"a": 1, // a\n"b": 2,\n"c": 3\n}}`,
      [
        { kind: "remove", path: ["c"] },
        { kind: "remove", path: ["b"] },
      ],
      `{"p":{\n"a": 1 // a\n}}`,
    ],
    [
      "adds and removes the same member",
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
    ["of no provider", `{}`, { kind: "remove", path: ["a"] }, "edit_refused"],
    ["of no object", `{"p":1}`, { kind: "remove", path: ["a"] }, "edit_refused"],
    ["in no object", `{"p":{"a":1}}`, { kind: "remove", path: ["a", "b"] }, "edit_refused"],
    ["of nothing", `{"p":{}}`, { kind: "copy", path: ["a"], from: ["b"] }, "edit_refused"],
    ["of a broken text", `{"p":{}`, { kind: "remove", path: ["a"] }, "file_invalid"],
  ])("%s is refused", (_of, text, edit, code) => {
    expect(edited(text, edit)).toBe(code);
  });
});

describe("the second look", () => {
  const asked = [{ of: "p", edits: [{ kind: "set", path: ["b", "x"], value: "n" }] }] as const;
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
    const wanted = asked.map(({ of, edits }) => {
      return { key: of, asked: (members: Wanted) => afterEdits(members, edits) };
    });
    expect(old.success && now.success && differsAsAsked(old.data, now.data, wanted)).toBe(as);
  });

  test.each([
    ["an object that goes as asked", `{"p":{"a":1},"q":{}}`, `{"p":{"a":1}}`, true],
    ["an object that stays", `{"p":{"a":1},"q":{}}`, `{"p":{"a":1},"q":{}}`, false],
    ["another object that goes", `{"p":{"a":1},"q":{}}`, `{"q":{}}`, false],
    ["all objects that go", `{"p":{"a":1},"q":{}}`, `{}`, false],
    ["another object that changes", `{"p":{"a":1},"q":{}}`, `{"p":{"a":2}}`, false],
    ["an object that goes with members in it", `{"p":{},"q":{"a":1}}`, `{"p":{}}`, false],
    ["a value that goes", `{"p":{},"q":1}`, `{"p":{}}`, false],
    ["the last of two that goes", `{"q":{"a":1},"q":{}}`, `{"q":{"a":1}}`, false],
    ["an object that never was", `{"p":{}}`, `{"p":{}}`, false],
  ])("sees %s", (_what, whole, after, as) => {
    const [old, now] = [parseDocument(whole, "file"), parseDocument(after, "file")];
    const wanted = [{ key: "q", asked: (members: Wanted) => (members.length === 0 ? GONE : null) }];
    expect(old.success && now.success && differsAsAsked(old.data, now.data, wanted)).toBe(as);
  });
});
