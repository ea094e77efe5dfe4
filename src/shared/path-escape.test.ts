import { describe, expect, it } from "vitest";

import { escapesPath } from "./path-escape";

describe("a text in a path", () => {
  it.each([
    "gemini-x",
    "models/gemini-x",
    "tunedModels/a.b-c",
    "openai/gpt-5:free",
    "a..b",
    "50%",
    "a;b",
    "...",
    "%C3%A9",
  ])("keeps its place: %s", (text) => {
    expect(escapesPath(text)).toBe(false);
  });

  it.each([
    "../x",
    "models/../x",
    "models/..",
    "./x",
    ".%2e/x",
    "%2E%2e/x",
    "..%2fx",
    "%252e%252e/x",
    "..;/x",
    "x/..;a=b/y",
    "%2e%2e%3b/x",
  ])("climbs out of it: %s", (text) => {
    expect(escapesPath(text)).toBe(true);
  });

  it.each([
    "a\\b",
    "a#b",
    "a?b",
    "a%23b",
    "a%3fb",
    "a%5cb",
    ".\t./x",
    ".\n./x",
    "a%00b",
    "%c0%ae%c0%ae/x",
    "..%C0%AFx",
    "a\u0085b",
  ])("bends the path: %j", (text) => {
    expect(escapesPath(text)).toBe(true);
  });
});
