/** IDs in the format of the gateway's log. */
import { createHash, randomBytes } from "node:crypto";

/** A UUID of version 7, which begins with the time in ms; random, or the same for the same seed. */
export function logId(time: number, seed?: string): string {
  const random =
    seed === undefined
      ? randomBytes(10).toString("hex")
      : createHash("sha256").update(seed).digest("hex").slice(0, 20);
  const stamp = time.toString(16).padStart(12, "0");
  const variant = "89ab"[Number.parseInt(random.slice(3, 4), 16) % 4] ?? "8";
  return [
    stamp.slice(0, 8),
    stamp.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(4, 7)}`,
    random.slice(7, 19),
  ].join("-");
}
