import { expect, it } from "vitest";

import { parseModel } from "./model-name";

it.each([
  ["anthropic:claude-haiku-4-5", "anthropic", "claude-haiku-4-5"],
  ["ollama:qwen3:8b", "ollama", "qwen3:8b"],
  ["openrouter:openai/gpt-5.4-nano:free", "openrouter", "openai/gpt-5.4-nano:free"],
  [" mine : a model ", "mine", "a model"],
  ["__proto__:constructor", "__proto__", "constructor"],
])("reads %s as a model of %s named %s", (text, provider, modelId) => {
  expect(parseModel(text)).toEqual({ success: true, data: { provider, modelId } });
});

it.each(["", ":", "anthropic", "anthropic:", ":claude", " : "])("refuses %j", (text) => {
  expect(parseModel(text)).toMatchObject({ success: false, error: { code: "model_invalid" } });
});
