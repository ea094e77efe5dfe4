// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { isTestAllKey, isTestKey, isUndoKey } from "./page-key";

function pressed(key: string, code: string, held: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent("keydown", { key, code, ...held });
}

describe("the undo key", () => {
  it.each([
    ["z", "KeyZ", "an English layout"],
    ["Z", "KeyZ", "an English layout with Caps Lock"],
    ["z", "KeyW", "a French layout"],
    ["z", "KeyY", "a German layout"],
    ["я", "KeyZ", "a Russian layout"],
    ["ζ", "KeyZ", "a Greek layout"],
    ["ז", "KeyZ", "a Hebrew layout"],
  ])("is Ctrl+“%s” (%s) on %s", (key, code) => {
    expect(isUndoKey(pressed(key, code, { ctrlKey: true }))).toBe(true);
    expect(isUndoKey(pressed(key, code, { metaKey: true }))).toBe(true);
  });

  it.each([
    ["the letter in the place of Z on a French layout", pressed("w", "KeyZ", { ctrlKey: true })],
    ["the letter in the place of Z on a German layout", pressed("y", "KeyZ", { ctrlKey: true })],
    ["z without a modifier", pressed("z", "KeyZ")],
    ["redo", pressed("Z", "KeyZ", { ctrlKey: true, shiftKey: true })],
    ["Ctrl+Cmd+z", pressed("z", "KeyZ", { ctrlKey: true, metaKey: true })],
    ["another letter on a Russian layout", pressed("н", "KeyY", { ctrlKey: true })],
    ["a key without a letter", pressed("Dead", "KeyZ", { ctrlKey: true })],
  ])("is not %s", (_, event) => {
    expect(isUndoKey(event)).toBe(false);
  });
});

it("tests one provider on T alone, on every layout", () => {
  expect(isTestKey(pressed("t", "KeyT"))).toBe(true);
  expect(isTestKey(pressed("е", "KeyT"))).toBe(true);
  expect(isTestKey(pressed("T", "KeyT", { shiftKey: true }))).toBe(false);
  expect(isTestKey(pressed("t", "KeyT", { metaKey: true }))).toBe(false);
  expect(isTestKey(pressed("t", "KeyT", { repeat: true }))).toBe(false);
});

it("tests all providers on Shift+T, on every layout", () => {
  expect(isTestAllKey(pressed("T", "KeyT", { shiftKey: true }))).toBe(true);
  expect(isTestAllKey(pressed("Е", "KeyT", { shiftKey: true }))).toBe(true);
  expect(isTestAllKey(pressed("t", "KeyT"))).toBe(false);
  expect(isTestAllKey(pressed("T", "KeyT", { shiftKey: true, ctrlKey: true }))).toBe(false);
});
