/**
 * For tests: where mux calls each spelling of a base URL, written by hand from the description of
 * its rules, so that it cannot share a mistake with `stockCall`.
 */

/** The providers of a column share the rule for `/v1`. */
export type UrlRule = "anthropic" | "openai" | "custom" | "asWritten";

export interface UrlRow {
  /** As in the file. */
  readonly written: string;
  /** Where the endpoint is appended; null when nothing can be called. */
  readonly called: Readonly<Record<UrlRule, string | null>>;
}

const H = "https://h.example";
const G = "https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/gw/openai";

const row = (
  written: string,
  anthropic: string | null,
  openai: string | null,
  custom: string | null,
  asWritten: string | null,
): UrlRow => ({ written, called: { anthropic, openai, custom, asWritten } });

const same = (written: string, url: string, anthropic: string) =>
  row(written, anthropic, url, url, url);

export const URL_ROWS: readonly UrlRow[] = [
  row(H, `${H}/v1`, `${H}/v1`, `${H}/v1`, H),
  // A custom provider opts out of /v1 with an explicit slash.
  row(`${H}/`, `${H}/v1`, `${H}/v1`, H, H),
  same(`${H}/v1`, `${H}/v1`, `${H}/v1`),
  same(`${H}/v1/`, `${H}/v1`, `${H}/v1`),
  same(`${H}/api`, `${H}/api`, `${H}/api/v1`),
  same(`${H}/api/`, `${H}/api`, `${H}/api/v1`),
  // Only anthropic loses more than one slash.
  same(`${H}/api//`, `${H}/api/`, `${H}/api/v1`),
  same(`${H}/api/v1`, `${H}/api/v1`, `${H}/api/v1`),
  same(`${H}/api/v1///`, `${H}/api/v1//`, `${H}/api/v1`),
  same(`${H}/v1beta`, `${H}/v1beta`, `${H}/v1beta/v1`),
  same(`${H}/v1/openai`, `${H}/v1/openai`, `${H}/v1/openai/v1`),
  same(`${H}/a/b/c`, `${H}/a/b/c`, `${H}/a/b/c/v1`),
  same(`${H}/V1`, `${H}/V1`, `${H}/V1/v1`),
  row(`${H}:8443`, `${H}:8443/v1`, `${H}:8443/v1`, `${H}:8443/v1`, `${H}:8443`),
  row(`${H}:8443/`, `${H}:8443/v1`, `${H}:8443/v1`, `${H}:8443`, `${H}:8443`),
  same(`${H}:8443/v1`, `${H}:8443/v1`, `${H}:8443/v1`),
  row(
    "http://127.0.0.1:8080",
    "http://127.0.0.1:8080/v1",
    "http://127.0.0.1:8080/v1",
    "http://127.0.0.1:8080/v1",
    "http://127.0.0.1:8080",
  ),
  same("http://[::1]:8080/v1", "http://[::1]:8080/v1", "http://[::1]:8080/v1"),
  row("HTTPS://H.example", `${H}/v1`, `${H}/v1`, `${H}/v1`, H),
  row("HTTPS://H.example/", `${H}/v1`, `${H}/v1`, H, H),
  same(G, G, `${G}/v1`),
  same(`${G}/`, G, `${G}/v1`),
  same(`${G}/v1`, `${G}/v1`, `${G}/v1`),
  // The trailing space stays between the base URL and the endpoint.
  same(`${H}/v1 `, `${H}/v1%20`, `${H}/v1%20/v1`),
  row("h.example/v1", null, null, null, null),
];

export interface UrlProvider {
  readonly id: string;
  readonly rule: UrlRule;
  readonly values: Readonly<Record<string, string>>;
  readonly model: string;
  /** The path after the base URL. */
  readonly endpoint: string;
}

export const URL_PROVIDERS: readonly UrlProvider[] = [
  { id: "anthropic", rule: "anthropic", values: {}, model: "m", endpoint: "/messages" },
  { id: "openai", rule: "openai", values: {}, model: "m", endpoint: "/responses" },
  {
    id: "openai",
    rule: "openai",
    values: { wireFormat: "chatCompletions" },
    model: "m",
    endpoint: "/chat/completions",
  },
  {
    id: "google",
    rule: "asWritten",
    values: {},
    model: "m",
    endpoint: "/models/m:streamGenerateContent?alt=sse",
  },
  { id: "xai", rule: "asWritten", values: {}, model: "grok-4.5", endpoint: "/responses" },
  {
    id: "xai",
    rule: "asWritten",
    values: {},
    model: "grok-4.20-non-reasoning",
    endpoint: "/chat/completions",
  },
  { id: "deepseek", rule: "asWritten", values: {}, model: "m", endpoint: "/chat/completions" },
  { id: "moonshotai", rule: "asWritten", values: {}, model: "m", endpoint: "/chat/completions" },
  { id: "openrouter", rule: "asWritten", values: {}, model: "m", endpoint: "/chat/completions" },
  {
    id: "mine",
    rule: "custom",
    values: { providerType: "openai-compatible" },
    model: "m",
    endpoint: "/chat/completions",
  },
  {
    id: "deepseek",
    rule: "custom",
    values: { providerType: "openai-compatible" },
    model: "m",
    endpoint: "/chat/completions",
  },
];
