/** Reads the display name and the models of a provider from its settings. */
import { catalogued } from "../../shared/providers";
import { shownName } from "../text/harmless-text";
import type { ProviderConfig } from "./provider-config";

/** The `displayName` of a provider, or its key; sanitized, short and on one line. */
export function displayName({ id, values }: ProviderConfig): string {
  const { displayName: name } = values;
  return shownName(typeof name === "string" && name.trim() !== "" ? name : id);
}

/** The model IDs: strings, or objects with an `id`. Source: mux, provider settings. */
export function modelIds(models: unknown): readonly string[] {
  if (!Array.isArray(models)) return [];
  return models.flatMap((model: unknown) => {
    const id = typeof model === "object" && model !== null && "id" in model ? model.id : model;
    return typeof id === "string" && id !== "" ? [id] : [];
  });
}

/** The model of a test: the first that the file lists, else the catalogue's, else null. */
export function defaultModel(provider: ProviderConfig): string | null {
  const listed = modelIds(provider.values["models"]).find((model) => model.trim() !== "");
  return listed ?? catalogued(provider)?.testModel ?? null;
}
