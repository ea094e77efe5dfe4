import { describe, expect, it } from "vitest";

import { keepResponse } from "./kept-response";

const KIB = 1024;
const HEAD = 64 * KIB;
const TAIL = 256 * KIB;

/** Numbered lines, so that every part of the text is different. */
function numbered(bytes: number): string {
  const lines = Array.from({ length: Math.ceil(bytes / 8) }, (_, i) => `${i}`.padStart(7, "0"));
  return lines
    .map((line) => `${line}\n`)
    .join("")
    .slice(0, bytes);
}

function kept(text: string, chunkSize: number) {
  const answer = keepResponse();
  const bytes = Buffer.from(text);
  let inHead = 0;
  for (let at = 0; at < bytes.length; at += chunkSize) {
    inHead += answer.add(bytes.subarray(at, at + chunkSize));
  }
  return { inHead, head: answer.head(), tail: answer.tail(), isCut: answer.isCut() };
}

describe("the kept parts of an answer", () => {
  it.each([1, 7, 4096, HEAD, 100_000, TAIL, TAIL + 1, 2_000_000])(
    "are its beginning and its end when it comes in chunks of %i bytes",
    (chunkSize) => {
      for (const size of [0, 1, HEAD - 1, HEAD, HEAD + 1, TAIL, TAIL + 1, 700_001]) {
        const text = numbered(size);
        const { inHead, head, tail, isCut } = kept(text, chunkSize);
        const fromLineStart = text.slice(text.indexOf("\n", Math.max(0, size - TAIL)) + 1);
        expect(head).toBe(text.slice(0, HEAD));
        expect(inHead).toBe(head.length);
        expect(isCut).toBe(size > HEAD);
        expect(tail).toBe(size <= HEAD ? "" : size <= TAIL ? text : fromLineStart);
      }
    },
  );

  it("have no end when the last line alone is too long", () => {
    expect(kept(`a\n${"x".repeat(TAIL + 1)}`, 5000).tail).toBe("");
  });
});
