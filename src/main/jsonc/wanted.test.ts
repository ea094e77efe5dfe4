import fc from "fast-check";
import { expect, test } from "vitest";

import type { Edit, Wanted } from "./plan";
import { afterEdits } from "./wanted";

const key = fc.constantFrom("a", "b", "c");
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("set"), path: fc.tuple(key), value: fc.constantFrom("x", "y") }),
    fc.record({ kind: fc.constant("copy"), path: fc.tuple(key), from: fc.tuple(key) }),
    fc.record({ kind: fc.constant("remove"), path: fc.tuple(key) }),
  ) satisfies fc.Arbitrary<Edit>,
  { maxLength: 7 },
);
const members: fc.Arbitrary<Wanted> = fc.array(fc.tuple(key, fc.constantFrom("1", "2")), {
  maxLength: 6,
});

/** So many that the members are looked up in an index from then on. */
const MANY: readonly Edit[] = Array.from({ length: 20 }, () => {
  return { kind: "set", path: ["other"], value: "z" };
});

test("has the same members after edits when so many were made before that an index is used", () => {
  fc.assert(
    fc.property(members, edits, (before, made) => {
      const few = afterEdits([...before, ["other", "z"]], made);
      expect(afterEdits(before, [...MANY, ...made])).toEqual(few);
    }),
  );
});
