/** The segments of a gateway's path that Cloudflare documents (AI Gateway, usage/providers). */

import { parseUrl } from "./parse-url";

/** The gateway path of a provider: its segment, and the suffix that the SDK package needs. */
export interface GatewayPath {
  readonly segment: string;
  /** Starts with `/`, or is empty. */
  readonly suffix: string;
}

interface KnownHost extends GatewayPath {
  readonly host: string;
  /** The provider's own OpenAI-compatible base URL; `{accountId}` is the Cloudflare account's. */
  readonly baseUrl: string;
  /** Which paths of the host are OpenAI-compatible, where others are not. */
  readonly path?: RegExp;
}

const known = (segment: string, suffix: string, baseUrl: string, path?: RegExp): KnownHost => ({
  segment,
  suffix,
  baseUrl,
  host: parseUrl(baseUrl)?.hostname ?? "",
  ...(path ? { path } : {}),
});

/** Hosts with an OpenAI-compatible chat endpoint, for custom providers. */
const KNOWN_HOSTS: readonly KnownHost[] = [
  known("openai", "", "https://api.openai.com/v1"),
  known("grok", "/v1", "https://api.x.ai/v1"),
  known("deepseek", "", "https://api.deepseek.com"),
  known("openrouter", "/v1", "https://openrouter.ai/api/v1"),
  known("mistral", "/v1", "https://api.mistral.ai/v1"),
  known("groq", "", "https://api.groq.com/openai/v1"),
  known("perplexity-ai", "", "https://api.perplexity.ai"),
  // Cloudflare's page and its own registry disagree about the suffix.
  known("cerebras", "", "https://api.cerebras.ai/v1"),
  known("fireworks", "", "https://api.fireworks.ai/inference/v1"),
  known("cohere", "/compatibility/v1", "https://api.cohere.ai/compatibility/v1"),
  known("cohere", "/compatibility/v1", "https://api.cohere.com/compatibility/v1"),
  known("baseten", "/v1", "https://inference.baseten.co/v1"),
  known(
    "workers-ai",
    "/v1",
    "https://api.cloudflare.com/client/v4/accounts/{accountId}/ai/v1",
    /^\/client\/v4\/accounts\/[^/]+\/ai\/v1\/?$/,
  ),
  known(
    "google-ai-studio",
    "/v1beta/openai",
    "https://generativelanguage.googleapis.com/v1beta/openai",
    /^\/v1beta\/openai\/?$/,
  ),
];

/** Segments whose requests are not OpenAI-compatible chat requests, so that mux cannot use them. */
const WITHOUT_CHAT: ReadonlySet<string> = new Set([
  "aws-bedrock",
  "azure-openai",
  "cartesia",
  "deepgram",
  "elevenlabs",
  "fal",
  "google-vertex-ai",
  "huggingface",
  "ideogram",
  "parallel",
  "replicate",
]);

/** Anthropic's own wire format has a segment too, for the built-in provider and its like. */
const ANTHROPIC: GatewayPath = { segment: "anthropic", suffix: "/v1" };

/** Every segment that a routed provider may have without a custom provider in the dashboard. */
export const KNOWN_SEGMENTS: ReadonlyMap<string, GatewayPath> = new Map(
  [ANTHROPIC, ...KNOWN_HOSTS].map(({ segment, suffix }) => [segment, { segment, suffix }]),
);

/** Whether Cloudflare has the segment, and no OpenAI-compatible chat endpoint behind it. */
export function hasNoChat(segment: string): boolean {
  return WITHOUT_CHAT.has(segment);
}

/** The segment of a custom provider's own base URL, or null where Cloudflare does not know the host. */
export function pathOfBaseUrl(baseUrl: string): GatewayPath | null {
  const { hostname, pathname } = parseUrl(baseUrl) ?? { hostname: "", pathname: "" };
  const found = KNOWN_HOSTS.find(
    ({ host, path }) => host === hostname && path?.test(pathname) !== false,
  );
  return found === undefined ? null : { segment: found.segment, suffix: found.suffix };
}

/** The own base URL of the provider behind a segment, or null for one that no host is known for. */
export function baseUrlOfSegment(segment: string, accountId: string): string | null {
  const found = KNOWN_HOSTS.find((each) => each.segment === segment);
  return found?.baseUrl.replace("{accountId}", accountId) ?? null;
}
