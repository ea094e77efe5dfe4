import { describe, expect, it } from "vitest";

import { elementsOf, lightFormat, membersOf } from "./light-format";

const nameOf = ({ name }: Readonly<Record<string, unknown>>) =>
  typeof name === "string" ? { name } : null;

describe("a format without zod", () => {
  it("accepts a value whose members match, and drops the others", async () => {
    const format = await lightFormat(nameOf)();
    expect(format.safeParse({ name: "a", other: 1 })).toEqual({
      success: true,
      data: { name: "a" },
    });
  });

  it.each([{ name: 1 }, {}, [], ["name"], "name", 1, null, undefined])(
    "refuses %j",
    async (value) => {
      expect((await lightFormat(nameOf)()).safeParse(value)).toEqual({ success: false });
    },
  );

  it("reads a list only if every element matches", () => {
    expect(elementsOf([{ name: "a" }, { name: "b" }], nameOf)).toEqual([
      { name: "a" },
      { name: "b" },
    ]);
    expect(elementsOf([], nameOf)).toEqual([]);
    for (const value of [[{ name: "a" }, null], [["a"]], { 0: { name: "a" } }, undefined]) {
      expect(elementsOf(value, nameOf)).toBeNull();
    }
  });

  it("reads the own members of a JSON object only", () => {
    expect(membersOf(JSON.parse('{"__proto__":{"name":"a"}}'))["name"]).toBeUndefined();
    expect(membersOf(["a"])).toEqual({});
  });
});
