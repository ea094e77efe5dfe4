/** Where a provider is called without a gateway, by mux's own order of sources. */
import { catalogued } from "../../shared/providers";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { ProviderConfig } from "./provider-config";

export interface OwnBaseUrl {
  readonly url: string;
  readonly source: "file" | "environment" | "default";
  /** The member or the variable it comes from; null for the SDK's own. */
  readonly name: string | null;
}

/**
 * `baseUrl`, then `baseURL`, then the environment, then the SDK's own; null when there is none.
 *
 * Source: mux, provider settings. anthropic: trailing slashes go and `/v1` is added unless it is
 * there; custom providers: `/v1` is added to an origin without a path.
 */
export function ownBaseUrl(provider: ProviderConfig, env: NodeJS.ProcessEnv): OwnBaseUrl | null {
  const builtIn = catalogued(provider);
  const found = inFile(provider) ?? inEnvironment(builtIn?.baseUrlVariables ?? [], env);
  if (found) return { ...found, url: asMuxUsesIt(provider, found.url) };
  const url = builtIn?.baseUrl ?? null;
  return url === null ? null : { url, source: "default", name: null };
}

/**
 * Every base URL that the file or the environment gives the provider, as written, whether or not it
 * is used: each of them may hold secrets.
 */
export function writtenBaseUrls(
  provider: ProviderConfig,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  const { baseUrl, baseURL } = provider.values;
  const variables = catalogued(provider)?.baseUrlVariables ?? [];
  return [baseUrl, baseURL, ...variables.map((name) => env[name])].filter(
    (url) => typeof url === "string",
  );
}

function inFile({ values }: ProviderConfig): OwnBaseUrl | null {
  for (const name of ["baseUrl", "baseURL"]) {
    const value = values[name];
    if (typeof value === "string" && value.trim() !== "") {
      return { url: value.trim(), source: "file", name };
    }
  }
  return null;
}

function inEnvironment(variables: readonly string[], env: NodeJS.ProcessEnv): OwnBaseUrl | null {
  for (const name of variables) {
    const value = env[name]?.trim();
    if (value) return { url: value, source: "environment", name };
  }
  return null;
}

function asMuxUsesIt(provider: ProviderConfig, url: string): string {
  if (provider.kind === "built-in" && provider.id === "anthropic") {
    const bare = withoutTrailingSlashes(url);
    return bare.endsWith("/v1") ? bare : `${bare}/v1`;
  }
  if (provider.kind === "custom" && isOrigin(url)) {
    return `${withoutTrailingSlashes(url)}/v1`;
  }
  return url;
}

function isOrigin(url: string): boolean {
  // With a path in plain sight, nothing has to be parsed.
  if (/^https?:\/\/[a-z0-9.-]+\/[a-z0-9]/i.test(url)) return false;
  return URL.canParse(url) && new URL(url).pathname === "/";
}
