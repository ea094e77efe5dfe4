/** A program that saves like mux: increments a counter in the file, or takes the lock and holds it. */
import { muxEdit, muxLock, type Json } from "./mux-writer";
import { obey, type Count, type CountDone, type MuxOrder } from "./orders";
import { randomFrom, timed } from "./scenario";

void obey(async (line) => {
  const order: MuxOrder = JSON.parse(line);
  return order.kind === "hold" ? muxLock(order.file) : count(order);
});

/** Increments its own member. An unexpected value means that an update was lost. */
async function count({ file, provider, times, pause, seed, lock }: Count): Promise<CountDone> {
  const random = randomFrom(seed);
  let longestMs = 0;
  for (let n = 1; n <= times; n++) {
    let found: unknown;
    try {
      const { ms } = await timed(async () =>
        muxEdit(file, lock, (data) => {
          const own = ownObject(data, provider);
          found = own["count"];
          own["count"] = n;
        }),
      );
      longestMs = Math.max(longestMs, ms);
    } catch (error) {
      return { error: error instanceof Error ? error.message : "unknown", longestMs };
    }
    if (found !== n - 1) return { error: `lost: ${String(found)} instead of ${n - 1}`, longestMs };
    await new Promise((resolve) => setTimeout(resolve, random() * pause));
  }
  return { error: null, longestMs };
}

function ownObject(data: Json, provider: string): Json {
  const own = data[provider];
  if (typeof own !== "object" || own === null) throw new Error(`${provider} is gone`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object out of JSON.parse
  return own as Json;
}
