/** Finds the source of a provider's API key, in the same order as mux. */
import { catalogued } from "../../shared/providers";
import type { ProviderConfig } from "./provider-config";

export type KeyOrigin =
  | { readonly source: "file"; readonly key: string }
  | { readonly source: "key-file"; readonly path: string }
  | { readonly source: "environment"; readonly variable: string; readonly key: string }
  | { readonly source: "none"; readonly variables: readonly string[] };

/**
 * `apiKey`, then `apiKeyFile`, then the environment. A blank `apiKey` or one that starts with
 * `op://` counts as absent. Custom providers have no variables. Does not read the key file.
 * Source: mux, provider settings.
 */
export function keyOrigin(provider: ProviderConfig, env: NodeJS.ProcessEnv): KeyOrigin {
  const { apiKey, apiKeyFile } = provider.values;
  if (typeof apiKey === "string" && apiKey.trim() !== "" && !apiKey.trim().startsWith("op://")) {
    return { source: "file", key: apiKey.trim() };
  }
  if (typeof apiKeyFile === "string" && apiKeyFile.trim() !== "") {
    return { source: "key-file", path: apiKeyFile.trim() };
  }
  const variables = catalogued(provider)?.keyVariables ?? [];
  for (const variable of variables) {
    const key = env[variable]?.trim();
    if (key) return { source: "environment", variable, key };
  }
  return { source: "none", variables };
}
