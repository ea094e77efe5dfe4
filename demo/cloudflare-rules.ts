/** The gateway's rules: when it refuses a request, and where it forwards the others. */
import type { CloudflareErrorCode } from "./cloudflare-errors";

export interface DemoGatewaySettings {
  readonly accountId: string;
  readonly name: string;
  /** The token that an authenticated gateway requires. */
  readonly token?: string;
  /** Serves repeated requests from the cache; off by default, as at Cloudflare. */
  readonly cache?: boolean;
  /** Writes logs and returns a log id; on by default. */
  readonly logs?: boolean;
  /** The number of requests before error 2003; no limit by default. */
  readonly rateLimit?: number;
  /** Invented traffic for the log: requests in a busy hour, and cached ones in 100. */
  readonly traffic?: { readonly busy: number; readonly cached: number };
  /** Members that only Cloudflare's API shows. There, they replace those above. */
  readonly shown?: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly method: string;
  readonly headers: Headers;
  readonly accountId: string;
  readonly segment: string;
  readonly gateway: DemoGatewaySettings | undefined;
  /** The forwarding URL; null for an unknown segment. */
  readonly target: URL | null;
  /** How many requests the gateway has accepted. */
  readonly letThrough: number;
}

/** Why the gateway refuses a request, in the order of its checks. */
export const RULES: readonly {
  readonly code: CloudflareErrorCode;
  readonly when: (asked: Asked) => boolean;
}[] = [
  { code: 7003, when: ({ accountId }) => !/^[0-9a-f]{32}$/.test(accountId) },
  { code: 7001, when: ({ method }) => method !== "POST" },
  { code: 2001, when: ({ gateway, segment }) => gateway === undefined || segment === "" },
  { code: 2009, when: ({ gateway, headers }) => !isLetIn(gateway?.token, headers) },
  { code: 2008, when: ({ target }) => target === null },
  { code: 2003, when: ({ gateway, letThrough }) => letThrough >= (gateway?.rateLimit ?? Infinity) },
];

/** The origin of each segment, to which the rest of the path is appended (AI Gateway, usage/providers). */
export const SEGMENTS: ReadonlyMap<string, string> = new Map([
  ["anthropic", "https://api.anthropic.com"],
  ["openai", "https://api.openai.com/v1"],
  ["google-ai-studio", "https://generativelanguage.googleapis.com"],
  ["grok", "https://api.x.ai"],
  ["deepseek", "https://api.deepseek.com"],
  ["openrouter", "https://openrouter.ai/api"],
  ["mistral", "https://api.mistral.ai"],
  ["groq", "https://api.groq.com/openai/v1"],
  ["perplexity-ai", "https://api.perplexity.ai"],
  ["cerebras", "https://api.cerebras.ai/v1"],
  ["fireworks", "https://api.fireworks.ai/inference/v1"],
]);

/** The token of an authenticated request, or null. */
export function bearer(headers: Headers): string | null {
  return /^Bearer (.+)$/.exec(headers.get("cf-aig-authorization") ?? "")?.[1] ?? null;
}

function isLetIn(token: string | undefined, headers: Headers): boolean {
  return token === undefined || bearer(headers) === token;
}
