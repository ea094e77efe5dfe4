/** A process that counts up in a JSON file, or takes its lock and keeps it; started by a test. */
import { z } from "zod";

import { openJsonFile } from "../json-file";

const [, , file = "", order = ""] = process.argv;

const counter = openJsonFile({
  file,
  schema: z.object({ version: z.literal(1), count: z.int() }),
  empty: () => ({ version: 1 as const, count: 0 }),
});

if (order === "hold") {
  // Never returns: the process is killed in here, with the lock in hand.
  await counter.change(() => {
    process.send?.("holding");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return { version: 1, count: -1 };
  });
}
for (let n = 0; n < Number(order); n++) {
  const changed = await counter.change((before) => ({ ...before, count: before.count + 1 }));
  if (!changed.success) throw new Error(changed.error.message);
}
