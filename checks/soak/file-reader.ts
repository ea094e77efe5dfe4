/**
 * A program that reads one file every millisecond or two and reports every new version. It is a
 * separate process, so that work in the soak does not delay the reads.
 */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";

const PAUSE_MS = 1;

/** A version as read; `text` is null when the file is missing. `file` changes when a rename replaces the file. */
export interface SeenVersion {
  readonly kind: "version";
  readonly at: number;
  readonly text: string | null;
  readonly file: string;
}

export interface CaughtUp {
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
  // Taken after the read, so it is always later than the write.
  const at = Date.now();
  if (!same) send({ kind: "version", at, text: bytes && bytes.toString("utf8"), file });
  last = bytes;
}

function send(message: SeenVersion | CaughtUp): void {
  process.send?.(message);
}

process.on("message", (mark: number) => {
  look();
  send({ kind: "until", mark, reads });
});
process.on("disconnect", () => process.exit());

function again(): void {
  look();
  setTimeout(again, PAUSE_MS);
}
again();
