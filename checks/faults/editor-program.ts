/** A program that saves like an editor without locks: in place, or after renaming the file. */
import { closeSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";

import { obey, type EditorDone, type EditorSave } from "./orders";

void obey(async (line) => {
  const order: EditorSave = JSON.parse(line);
  return save(order);
});

function save({ file, text, way, delayMs, pauseMs }: EditorSave): EditorDone {
  spin(delayMs);
  const aside = `${file}~`;
  if (way === "moved aside") {
    renameSync(file, aside);
    spin(pauseMs);
  }
  const bytes = Buffer.from(text);
  const half = way === "in two pieces" ? bytes.length >> 1 : 0;
  const handle = openSync(file, "w");
  if (way !== "moved aside") spin(pauseMs);
  if (half > 0) {
    writeSync(handle, bytes, 0, half);
    spin(pauseMs);
  }
  writeSync(handle, bytes, half, bytes.length - half);
  closeSync(handle);
  if (way === "moved aside") unlinkSync(aside);
  return { at: Date.now() };
}

/** Busy-waits, because timers are too coarse for a fraction of a millisecond. */
function spin(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms;) continue;
}
