import { expect, it } from "vitest";

import { heapIn } from "./heap";

it("separates data, code and attribute nodes, and omits other native objects", () => {
  const kinds = ["object", "code", "native"];
  const meta = { node_fields: ["type", "name", "self_size"], node_types: [kinds, "string"] };
  const strings = ["Map", "Attr", "<div>"];
  const nodes = [0, 0, 100, 0, 1, 10, 1, 0, 30, 2, 1, 5, 2, 1, 5, 2, 2, 7];
  expect(heapIn(JSON.stringify({ snapshot: { meta }, nodes, strings }))).toEqual({
    data: 110,
    code: 30,
    attributeNodes: 2,
  });
});
