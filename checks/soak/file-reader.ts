/**
 * A program that does nothing but read one file, every millisecond or two, and tells of every version
 * that it meets. Apart from the soak itself, so that nothing that is busy there keeps it from reading.
 */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";

const PAUSE_MS = 1;

/** A version as it was met, or null for none; `file` tells one that was renamed there from an older one. */
export interface MetVersion {
  readonly kind: "version";
  readonly at: number;
  readonly text: string | null;
  readonly file: string;
}

export interface ReadUntil {
  readonly kind: "until";
  readonly mark: number;
  readonly reads: number;
}

const path = process.argv[2] ?? "";
let last: Buffer | null | undefined;
let reads = 0;

function look(): void {
  let bytes: Buffer | null = null;
  let file = "";
  try {
    const handle = openSync(path, "r");
    try {
      bytes = readFileSync(handle);
      const { ino, birthtimeNs } = fstatSync(handle, { bigint: true });
      file = `${ino}:${birthtimeNs}`;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  reads++;
  const same = bytes === null || last == null ? bytes === last : bytes.equals(last);
  // Later than the write that made it, however short that took.
  const at = Date.now();
  if (!same) tell({ kind: "version", at, text: bytes && bytes.toString("utf8"), file });
  last = bytes;
}

function tell(news: MetVersion | ReadUntil): void {
  process.send?.(news);
}

process.on("message", (mark: number) => {
  look();
  tell({ kind: "until", mark, reads });
});
process.on("disconnect", () => process.exit());

function again(): void {
  look();
  setTimeout(again, PAUSE_MS);
}
again();
