/** What a provider calls itself and its models in providers.jsonc. */
import { shownName } from "../text/harmless-text";
import type { ProviderConfig } from "./provider-config";

/** The name that a custom provider gives itself, else its key; harmless, short and on one line. */
export function displayName({ id, values }: ProviderConfig): string {
  const { displayName: name } = values;
  return shownName(typeof name === "string" && name.trim() !== "" ? name : id);
}

/** The ids under `models`: strings, or objects with an `id`. Source: mux, provider settings. */
export function modelIds(models: unknown): readonly string[] {
  if (!Array.isArray(models)) return [];
  return models.flatMap((model: unknown) => {
    const id = typeof model === "object" && model !== null && "id" in model ? model.id : model;
    return typeof id === "string" && id !== "" ? [id] : [];
  });
}
