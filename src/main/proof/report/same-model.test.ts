import { describe, expect, it } from "vitest";

import { isSameModel } from "./same-model";

const SAME: readonly (readonly [string, string])[] = [
  ["gpt-4o-mini", "gpt-4o-mini"],
  ["gpt-4o-mini", "gpt-4o-mini-2024-07-18"],
  ["claude-haiku-4-5", "claude-haiku-4-5-20251001"],
  ["claude-3-5-haiku-latest", "claude-3-5-haiku-20241022"],
  ["gpt-4o-audio-preview", "gpt-4o-audio-preview-2024-12-17"],
  ["kimi-k2-turbo", "kimi-k2-turbo-preview"],
  ["gemini-2.5-flash", "models/gemini-2.5-flash"],
  ["gpt-5.4-nano", "openai/gpt-5.4-nano"],
  ["openai/gpt-5.4-nano", "gpt-5.4-nano-2026-03-17"],
  ["accounts/fireworks/models/llama-4", "llama-4"],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ["gpt-4o-mini", "gpt-4o"],
  ["claude-haiku-4-5", "claude-haiku-4"],
  ["o1", "o1-pro"],
  ["gpt-5", "gpt-5.4"],
  ["gpt-4o-mini-2024-07-18", "gpt-4o-2024-07-18"],
  ["grok-4", "grok-4-fast"],
  ["openai/gpt-5", "openai/gpt-5:free"],
  ["gpt-4-0613", "gpt-4"],
  ["gpt-4o", "latest"],
  ["model", ""],
];

const bothWays = (rows: typeof SAME) =>
  rows.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);

describe("two model names", () => {
  it.each(bothWays(SAME))("are the same model: %s and %s", (responding, requested) => {
    expect(isSameModel(responding, requested)).toBe(true);
  });

  it.each(bothWays(DIFFERENT))("are different models: %s and %s", (responding, requested) => {
    expect(isSameModel(responding, requested)).toBe(false);
  });
});
