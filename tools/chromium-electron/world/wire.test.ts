/** Tests structured clones as text: supported and refused values. */
import { expect, test } from "vitest";

import { createWire } from "./wire.mjs";

const { encode, decode } = createWire();

function carry<Value>(value: Value): Value {
  return decode(encode(value));
}

test.each([
  ["undefined", undefined],
  ["null", null],
  ["a sparse array", [1, , 3]], // eslint-disable-line no-sparse-arrays -- the hole is the point.
  ["NaN and the infinities", [Number.NaN, Infinity, -Infinity]],
  ["a bigint", 2n ** 80n],
  ["a date", new Date(1_700_000_000_000)],
  ["an invalid date", new Date(Number.NaN)],
  ["a regular expression", /a+/giu],
  ["a map with an object as key", new Map([[{ a: 1 }, new Set([undefined])]])],
  ["typed arrays", [new Float64Array([1.5]), new BigInt64Array([-1n]), new Uint8Array([0, 255])]],
  ["a boxed string", Object("boxed")],
  ["a member called __proto__", JSON.parse('{ "__proto__": { "polluted": true } }')],
])("carries %s", (_kind, value) => {
  expect(carry(value)).toEqual(value);
});

test("carries minus zero as minus zero", () => {
  expect(carry(-0)).toBe(-0);
});

test("preserves holes in arrays", () => {
  expect(Object.keys(carry([, "second"]))).toEqual(["1"]); // eslint-disable-line no-sparse-arrays -- the hole is the point.
});

test("preserves cycles and shared references", () => {
  const shared = { name: "shared" };
  const cyclic: Record<string, unknown> = { first: shared, second: shared };
  cyclic["self"] = cyclic;

  const carried = carry(cyclic);

  expect(carried["self"]).toBe(carried);
  expect(carried["first"]).toBe(carried["second"]);
  expect(carried["first"]).toEqual(shared);
});

test("preserves two views of one buffer", () => {
  const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
  const { all, part } = carry({ all: new Uint8Array(buffer), part: new Uint8Array(buffer, 2, 1) });

  expect(part.buffer).toBe(all.buffer);
  expect([...part]).toEqual([3]);
});

test("preserves an error's class, message and cause", () => {
  const carried = carry(new RangeError("too far", { cause: "legs" }));

  expect(carried).toBeInstanceOf(RangeError);
  expect(carried).toMatchObject({ message: "too far", cause: "legs" });
});

test("drops the prototype of an instance", () => {
  class Point {
    x = 1;
  }

  const carried = carry(new Point());

  expect(carried).toEqual({ x: 1 });
  expect(Object.getPrototypeOf(carried)).toBe(Object.prototype);
});

test.each([
  ["a function", () => {}],
  ["a symbol", Symbol("no")],
  ["a promise", Promise.resolve()],
  ["a weak map", new WeakMap()],
  ["a function deep inside", { list: [{ call: () => {} }] }],
])("refuses %s with Electron's message", (_kind, value) => {
  expect(() => encode(value)).toThrow("An object could not be cloned.");
});
