/** Finds the base URL of a provider without a gateway, in the same order as mux. */
import { catalogued } from "../../shared/providers";
import { withoutTrailingSlashes } from "../../shared/trailing-slashes";
import type { ProviderConfig } from "./provider-config";

export interface OwnBaseUrl {
  readonly url: string;
  readonly source: "file" | "environment" | "default";
  /** The member or variable that sets it; null for the SDK's default. */
  readonly name: string | null;
}

/**
 * `baseUrl`, then `baseURL`, then the environment, then the SDK's default; null if there is none.
 *
 * Source: mux, provider settings. anthropic: trailing slashes are removed, and `/v1` is added unless
 * present. openai: `/v1` is added to an origin without a path. Custom providers: the same, but not
 * after an explicit slash. mux keeps surrounding spaces, and passes a blank `baseURL` on, so both
 * are returned as written; `baseUrlFault` explains them.
 */
export function ownBaseUrl(provider: ProviderConfig, env: NodeJS.ProcessEnv): OwnBaseUrl | null {
  const builtIn = catalogued(provider);
  const found = inFile(provider) ?? inEnvironment(builtIn?.baseUrlVariables ?? [], env);
  if (found) return { ...found, url: found.url && normalized(provider, found.url) };
  const url = builtIn?.baseUrl ?? null;
  return url === null ? null : { url, source: "default", name: null };
}

/**
 * All base URLs of the provider in the file and the environment, as written. Unused ones are
 * included, because they may contain secrets too.
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
    // A blank baseUrl counts as absent.
    if (typeof value === "string" && (value.trim() !== "" || name === "baseURL")) {
      return { url: value.trim() === "" ? "" : value, source: "file", name };
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

/** The URL as mux changes it before use. */
function normalized(provider: ProviderConfig, url: string): string {
  if (provider.kind === "built-in" && provider.id === "anthropic") {
    const bare = withoutTrailingSlashes(url);
    return bare.endsWith("/v1") ? bare : `${bare}/v1`;
  }
  const addsVersion = provider.kind === "custom" ? !url.endsWith("/") : provider.id === "openai";
  return addsVersion && isOrigin(url) ? `${withoutTrailingSlashes(url)}/v1` : url;
}

/**
 * Why mux cannot call the base URL in the file, as the end of a sentence; null if nothing is known
 * against it. Source: mux, provider settings.
 */
export function baseUrlFault(provider: ProviderConfig): string | null {
  const url = inFile(provider)?.url ?? null;
  if (url === null) return null;
  if (url === "") return "it is empty.";
  return url === url.trim() ? null : "it starts or ends with a space, which is not removed.";
}

function isOrigin(url: string): boolean {
  // Most URLs have a path, and this test is faster than parsing.
  if (/^https?:\/\/[a-z0-9.-]+\/[a-z0-9]/i.test(url)) return false;
  return URL.canParse(url) && new URL(url).pathname === "/";
}
