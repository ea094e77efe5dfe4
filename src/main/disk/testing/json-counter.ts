/** A child process of a test: counts up in a JSON file, or takes the file's lock and keeps it. */
import { lazySchema } from "../../text/schema";
import { openJsonFile } from "../json-file";

const [, , file = "", order = ""] = process.argv;

const counter = openJsonFile({
  file,
  schema: lazySchema((z) => z.object({ version: z.literal(1), count: z.int() })),
  empty: () => ({ version: 1 as const, count: 0 }),
});

async function main(): Promise<void> {
  if (order === "hold") {
    // Never returns: the test kills the process while it holds the lock.
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
}

void main();
