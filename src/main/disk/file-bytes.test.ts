import { expect, test } from "vitest";

import { decodeText, MAX_BYTES } from "./file-bytes";

const json = `{ "a": "é😀" }`;

test("keeps the byte order mark when it decodes UTF-8", () => {
  for (const text of [json, `\ufeff${json}`, ""]) {
    expect(decodeText(Buffer.from(text), "file")).toEqual({ success: true, data: text });
  }
});

test.each([
  ["UTF-16 with a mark", Buffer.from(`\ufeff${json}`, "utf16le"), "little endian"],
  ["big-endian UTF-16", Buffer.from(`\ufeff${json}`, "utf16le").swap16(), "big endian"],
  ["UTF-16 without a mark", Buffer.from(json, "utf16le"), "NUL"],
  ["a NUL byte", Buffer.from(`{ "a": "\0" }`), "NUL"],
  ["Latin-1", Buffer.from(`{ "a": "é" }`, "latin1"), "invalid UTF-8"],
  ["half a character", Buffer.from(json).subarray(0, 9), "invalid UTF-8"],
])("names the encoding problem when the bytes are %s", (_name, bytes, what) => {
  const refused = decodeText(bytes, "file");
  expect(refused).toMatchObject({ success: false, error: { code: "file_not_utf8" } });
  expect(!refused.success && refused.error.message).toContain(what);
});

test("refuses the bytes when they exceed 10 MB", () => {
  expect(decodeText(Buffer.alloc(MAX_BYTES, " "), "file")).toMatchObject({ success: true });
  expect(decodeText(Buffer.alloc(MAX_BYTES + 1, " "), "file")).toMatchObject({
    error: { code: "file_too_large" },
  });
});
