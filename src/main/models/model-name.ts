/** Reads a model's full name, `provider:model`. */
import { failure } from "../../shared/errors";
import { success, type Result } from "../../shared/result";

export interface ModelName {
  /** The key in providers.jsonc. */
  readonly provider: string;
  /** The provider's name for it; may contain colons, like Ollama's `qwen3:8b`. */
  readonly modelId: string;
}

/** Splits `provider:model` at its first colon. Fails with `model_invalid` when either part is blank. */
export function parseModel(text: string): Result<ModelName> {
  const colon = text.indexOf(":");
  const provider = text.slice(0, Math.max(colon, 0)).trim();
  const modelId = text.slice(colon + 1).trim();
  if (provider === "" || modelId === "") return failure("model_invalid", { model: text });
  return success({ provider, modelId });
}
