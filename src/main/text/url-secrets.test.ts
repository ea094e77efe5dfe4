import { describe, expect, it } from "vitest";

import { redactor } from "./redact";
import { redactUrl, urlSecrets } from "./url-secrets";

describe("the secrets of a URL", () => {
  it.each([
    ["https://x.example/v1", []],
    [
      "https://me:pass%40word@x.example/v1",
      ["me:pass%40word", "me:pass@word", "me", "pass%40word", "pass@word"],
    ],
    [
      "https://x.example/v1?code=c%2Fd&pat=p==&jwt=a.b.c&sid=",
      ["c%2Fd", "c/d", "p==", "a.b.c", "sid"],
    ],
    ["https://x.example/v1?bare-key", ["bare-key"]],
    ["https://x.example/v1?alt=sse", []],
    ["https://x.example/v1#fragment?x=y", ["fragment?x=y"]],
    ["not a URL?key=value", ["value"]],
    ["", []],
  ])("of %s are %j", (url, secrets) => {
    expect(urlSecrets(url)).toEqual(secrets);
  });
});

describe("a shown URL", () => {
  it.each([
    ["https://me:secret@x.example/v1", "https://x.example/v1"],
    ["https://x.example/v1?key=secret&alt=sse", "https://x.example/v1?key=redacted&alt=sse"],
    [
      "https://x.example/v1?code=a&pat=b&jwt=c&sid=d",
      "https://x.example/v1?code=redacted&pat=redacted&jwt=redacted&sid=redacted",
    ],
    ["https://x.example/v1?secret", "https://x.example/v1?redacted"],
    ["https://x.example/v1?secret=", "https://x.example/v1?redacted"],
    ["https://x.example/v1?=secret", "https://x.example/v1?redacted"],
    ["https://x.example/v1#secret", "https://x.example/v1"],
    ["https://x.example/v1?alt=sse", "https://x.example/v1?alt=sse"],
    ["not an address", "not an address"],
  ])("of %s is %s", (url, shown) => {
    expect(redactUrl(url, redactor([]))).toBe(shown);
  });
});
