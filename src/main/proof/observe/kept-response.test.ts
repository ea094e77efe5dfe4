import { describe, expect, it } from "vitest";

import { keepResponse } from "./kept-response";

const HEAD = 64 * 1024;

/** Numbered lines, so that no two parts of the text are equal. */
function numberedLines(bytes: number): string {
  const lines = Array.from({ length: Math.ceil(bytes / 8) }, (_, i) => `${i}`.padStart(7, "0"));
  return lines
    .map((line) => `${line}\n`)
    .join("")
    .slice(0, bytes);
}

describe("a kept response", () => {
  it.each([1, 7, 4096, HEAD, 100_000, 2_000_000])(
    "has its beginning and all of it when it comes in chunks of %i bytes",
    (chunkSize) => {
      for (const size of [0, 1, HEAD - 1, HEAD, HEAD + 1, 700_001]) {
        const text = numberedLines(size);
        const bytes = Buffer.from(text);
        const response = keepResponse();
        let inHead = 0;
        for (let at = 0; at < size; at += chunkSize) {
          inHead += response.add(bytes.subarray(at, at + chunkSize));
        }
        expect(response.whole()).toBe(text);
        expect(response.head()).toBe(text.slice(0, HEAD));
        expect(inHead).toBe(response.head().length);
        expect(response.isCut()).toBe(size > HEAD);
      }
    },
  );

  it("stays as it came when its bytes are written over", () => {
    const response = keepResponse();
    const chunk = Buffer.from("one");
    response.add(chunk);
    chunk.fill("x");
    expect(response.whole()).toBe("one");
  });
});
