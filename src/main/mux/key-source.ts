/** Finds the source of a provider's API key, in the same order as mux. */
import { catalogued } from "../../shared/providers";
import type { ProviderConfig } from "./provider-config";

export type KeyOrigin =
  | { readonly source: "file"; readonly key: string }
  | { readonly source: "key-file"; readonly path: string }
  | { readonly source: "environment"; readonly variable: string; readonly key: string }
  | { readonly source: "none"; readonly variables: readonly string[] };

/** Where mux looks for keys besides the providers in the file. */
export interface KeySources {
  readonly env: NodeJS.ProcessEnv;
  /** The values of `apiKeyFile` that give no key. */
  readonly withoutKey: ReadonlySet<string>;
}

const NO_FILES: ReadonlySet<string> = new Set();

/**
 * `apiKey`, then `apiKeyFile`, then the environment. A blank `apiKey` or one that starts with
 * `op://` counts as absent. Custom providers have no variables. Does not read the key file:
 * `withoutKey` are the files that are known to have no key, which mux skips. Source: mux, provider
 * settings.
 */
export function keyOrigin(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
  withoutKey: ReadonlySet<string> = NO_FILES,
): KeyOrigin {
  const { apiKey, apiKeyFile } = provider.values;
  if (typeof apiKey === "string" && apiKey.trim() !== "" && !apiKey.trim().startsWith("op://")) {
    return { source: "file", key: apiKey.trim() };
  }
  const path = typeof apiKeyFile === "string" ? apiKeyFile.trim() : "";
  if (path !== "" && !withoutKey.has(path)) return { source: "key-file", path };
  const variables = catalogued(provider)?.keyVariables ?? [];
  for (const variable of variables) {
    const key = env[variable]?.trim();
    if (key) return { source: "environment", variable, key };
  }
  return { source: "none", variables };
}
