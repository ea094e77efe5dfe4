import { describe, expect, it } from "vitest";

import { keepResponse } from "./kept-response";

const KIB = 1024;
const HEAD = 64 * KIB;
const TAIL = 256 * KIB;

/** Numbered lines, so that no two parts of the text are equal. */
function numberedLines(bytes: number): string {
  const lines = Array.from({ length: Math.ceil(bytes / 8) }, (_, i) => `${i}`.padStart(7, "0"));
  return lines
    .map((line) => `${line}\n`)
    .join("")
    .slice(0, bytes);
}

function keep(text: string, chunkSize: number) {
  const response = keepResponse();
  const bytes = Buffer.from(text);
  let inHead = 0;
  for (let at = 0; at < bytes.length; at += chunkSize) {
    inHead += response.add(bytes.subarray(at, at + chunkSize));
  }
  return { inHead, head: response.head(), tail: response.tail(), isCut: response.isCut() };
}

describe("the kept parts of a response", () => {
  it.each([1, 7, 4096, HEAD, 100_000, TAIL, TAIL + 1, 2_000_000])(
    "are its head and its tail when it arrives in chunks of %i bytes",
    (chunkSize) => {
      for (const size of [0, 1, HEAD - 1, HEAD, HEAD + 1, TAIL, TAIL + 1, 700_001]) {
        const text = numberedLines(size);
        const { inHead, head, tail, isCut } = keep(text, chunkSize);
        const fromLineStart = text.slice(text.indexOf("\n", Math.max(0, size - TAIL)) + 1);
        expect(head).toBe(text.slice(0, HEAD));
        expect(inHead).toBe(head.length);
        expect(isCut).toBe(size > HEAD);
        expect(tail).toBe(size <= HEAD ? "" : size <= TAIL ? text : fromLineStart);
      }
    },
  );

  it("have no tail when the last line is longer than the limit", () => {
    expect(keep(`a\n${"x".repeat(TAIL + 1)}`, 5000).tail).toBe("");
  });
});
