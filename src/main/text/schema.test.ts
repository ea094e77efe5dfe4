import { expect, it } from "vitest";

import { lazySchema } from "./schema";

it("builds a schema once, at the first call", async () => {
  let builds = 0;
  const count = lazySchema((z) => {
    builds += 1;
    return z.int();
  });
  expect(builds).toBe(0);
  const [first, second] = await Promise.all([count(), count()]);
  expect(first).toBe(second);
  expect(builds).toBe(1);
  expect(first.safeParse(1.5).success).toBe(false);
});
