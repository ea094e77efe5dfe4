/** The stand-in for Cloudflare AI Gateway: one account's gateways, and the rules they answer by. */
import { createHash, randomBytes } from "node:crypto";
import type { Answer, Arrival, Forwarded } from "./arrival";
import { act, createScript, type Behaviour, type Script } from "./behaviour";
import { errorAnswer, type CloudflareErrorCode, type ErrorShape } from "./cloudflare-errors";

/** The host that the stand-in answers for. */
export const CLOUDFLARE_HOST = "gateway.ai.cloudflare.com";

export interface DemoGatewaySettings {
  readonly accountId: string;
  readonly name: string;
  /** An authenticated gateway lets in only requests that carry this. */
  readonly token?: string;
  /** Answers a repeated request from its cache; off by default, as at Cloudflare. */
  readonly cache?: boolean;
  /** Writes logs and so gives a log id; on by default. */
  readonly logs?: boolean;
  /** Requests that it lets through before it says 2003; no limit by default. */
  readonly rateLimit?: number;
}

/** Everything the gateway can be made to do beside answering by its rules. */
export type GatewayBehaviour =
  | Behaviour
  /** Take off every `cf-aig-*` header, as some proxies on the way do. */
  | { readonly kind: "strip-headers" }
  /** Add or replace headers of the answer. */
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> }
  /** A dynamic route answered with a later step, and perhaps with another model. */
  | { readonly kind: "fallback"; readonly step?: number; readonly model?: string }
  /** One of Cloudflare's errors; `message` picks among those of one code. */
  | {
      readonly kind: "error";
      readonly code: CloudflareErrorCode;
      readonly message?: string;
      readonly shape?: ErrorShape;
    }
  | {
      readonly kind: "redirect";
      readonly location: string;
      readonly status?: 301 | 302 | 307 | 308;
    }
  /** Cloudflare's firewall or a broken worker, in plain text or as a page. */
  | { readonly kind: "edge"; readonly code: 1010 | 1101; readonly html?: boolean };

export interface CloudflareControls extends Script<GatewayBehaviour> {
  readonly gateways: readonly DemoGatewaySettings[];
  /** Creates a gateway, or replaces the one of that name. */
  readonly setGateway: (gateway: DemoGatewaySettings) => void;
  readonly removeGateway: (accountId: string, name: string) => void;
  /** Registers `custom-{slug}` for the origin that it stands for. */
  readonly setCustomProvider: (slug: string, baseUrl: string) => void;
  readonly removeCustomProvider: (slug: string) => void;
}

export interface Cloudflare {
  readonly controls: CloudflareControls;
  readonly answer: (arrival: Arrival) => Promise<Answer>;
}

export interface CloudflareOptions {
  readonly gateways: readonly DemoGatewaySettings[];
  readonly customProviders: ReadonlyMap<string, string>;
  /** Where a request goes that the gateway lets through. */
  readonly provider: (arrival: Arrival) => Promise<Response>;
}

/** Where each segment leads; the rest of the path is appended (AI Gateway, usage/providers). */
const SEGMENTS: ReadonlyMap<string, string> = new Map([
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

/** Headers that belong to one connection, not to what is forwarded. */
const HOP_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** A request as the rules see it. */
interface Asked {
  readonly method: string;
  readonly headers: Headers;
  readonly accountId: string;
  readonly segment: string;
  readonly gateway: DemoGatewaySettings | undefined;
  /** Where it would be forwarded to; null for a segment that leads nowhere. */
  readonly target: URL | null;
  /** How many requests the gateway has let through. */
  readonly letThrough: number;
}

/** Why the gateway refuses, in the order in which it looks. */
const RULES: readonly {
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

/** Opens the stand-in; it holds everything in memory and talks to `provider` only. */
export function openCloudflare(options: CloudflareOptions): Cloudflare {
  const script = createScript<GatewayBehaviour>();
  const gateways = new Map(options.gateways.map((gateway) => [address(gateway), gateway]));
  const customProviders = new Map(options.customProviders);
  const letThrough = new Map<DemoGatewaySettings, number>();
  const cache = new Map<string, CachedAnswer>();

  async function byTheRules(arrival: Arrival): Promise<Answer> {
    const path = /^\/v1\/([^/]+)\/([^/]+)(?:\/([^/]*)(.*))?$/.exec(arrival.url.pathname);
    if (!path) return refusal(errorAnswer(7000));
    const [accountId = "", name = "", segment = "", rest = ""] = path.slice(1).map(decoded);
    const gateway = gateways.get(address({ accountId, name })) ?? adopt(accountId, name, arrival);
    const asked: Asked = {
      method: arrival.method,
      headers: arrival.headers,
      accountId,
      segment,
      gateway,
      target: target(segment, `${rest}${arrival.url.search}`),
      letThrough: gateway ? (letThrough.get(gateway) ?? 0) : 0,
    };
    const rule = RULES.find(({ when }) => when(asked));
    if (rule) return refusal(errorAnswer(rule.code));
    if (!asked.gateway || !asked.target) throw new Error("A rule lets nowhere through.");
    letThrough.set(asked.gateway, asked.letThrough + 1);
    return throughCache(asked.gateway, asked.target, arrival);
  }

  /** The gateway `default` comes into being with its first authenticated request. */
  function adopt(accountId: string, name: string, { headers }: Arrival) {
    const token = bearer(headers);
    const neighbour = [...gateways.values()].find(
      (gateway) => gateway.accountId === accountId && gateway.token === token,
    );
    if (name !== "default" || token === null || !neighbour) return undefined;
    const adopted = { accountId, name, token };
    gateways.set(address(adopted), adopted);
    return adopted;
  }

  function target(segment: string, rest: string): URL | null {
    const base = segment.startsWith("custom-")
      ? customProviders.get(segment.slice("custom-".length))
      : SEGMENTS.get(segment);
    return base === undefined ? null : new URL(`${base.replace(/\/$/, "")}${rest}`);
  }

  async function throughCache(
    gateway: DemoGatewaySettings,
    url: URL,
    arrival: Arrival,
  ): Promise<Answer> {
    const log = gateway.logs !== false && arrival.headers.get("cf-aig-collect-log") !== "false";
    const evidence = (cacheStatus: "HIT" | "MISS") => ({
      ...(log ? { "cf-aig-log-id": ulid() } : {}),
      "cf-aig-step": "0",
      "cf-aig-cache-status": cacheStatus,
    });
    const caches = gateway.cache === true && arrival.headers.get("cf-aig-skip-cache") !== "true";
    const id = createHash("sha256")
      .update(`${gateway.accountId}\n${gateway.name}\n${url.href}\n${arrival.body}`)
      .digest("hex");
    const cached = caches ? cache.get(id) : undefined;
    if (cached) {
      const response = new Response(cached.body, { headers: cached.headers });
      return {
        response: withHeaders(response, evidence("HIT")),
        answeredBy: "cache",
        forwarded: null,
      };
    }
    const headers = forwardedHeaders(url, arrival);
    const answer = await options.provider({ ...arrival, url, headers });
    const response = caches && answer.ok ? keep(answer, (kept) => cache.set(id, kept)) : answer;
    return {
      response: withHeaders(response, evidence("MISS")),
      answeredBy: "provider",
      forwarded: {
        host: url.host,
        path: `${url.pathname}${url.search}`,
        headers: Object.fromEntries(headers),
      },
    };
  }

  async function scripted(arrival: Arrival): Promise<Answer> {
    const behaviour = script.next();
    if (behaviour === null) return byTheRules(arrival);
    let forwarded: Forwarded | null = null;
    let answeredBy: Answer["answeredBy"] = "gateway";
    const usual = async () => {
      const answer = await byTheRules(arrival);
      ({ forwarded, answeredBy } = answer);
      return answer.response;
    };
    const response = await misbehave(behaviour, arrival, usual);
    return { response, answeredBy, forwarded };
  }

  return {
    controls: {
      ...script,
      get gateways() {
        return [...gateways.values()];
      },
      setGateway: (gateway) => {
        gateways.set(address(gateway), gateway);
      },
      removeGateway: (accountId, name) => {
        gateways.delete(address({ accountId, name }));
      },
      setCustomProvider: (slug, baseUrl) => {
        customProviders.set(slug, baseUrl);
      },
      removeCustomProvider: (slug) => {
        customProviders.delete(slug);
      },
    },
    answer: async (arrival) => {
      const answer = await scripted(arrival);
      const edge = { server: "cloudflare", "cf-ray": `${randomBytes(8).toString("hex")}-AMS` };
      return { ...answer, response: withHeaders(answer.response, edge) };
    },
  };
}

async function misbehave(
  behaviour: GatewayBehaviour,
  arrival: Arrival,
  usual: () => Promise<Response>,
): Promise<Response> {
  switch (behaviour.kind) {
    case "strip-headers":
      return withoutEvidence(await usual());
    case "headers":
      return withHeaders(await usual(), behaviour.headers);
    case "fallback":
      return withHeaders(await usual(), {
        "cf-aig-step": String(behaviour.step ?? 1),
        ...(behaviour.model === undefined ? {} : { "cf-aig-model": behaviour.model }),
      });
    case "error":
      return errorAnswer(behaviour.code, behaviour);
    case "redirect":
      return new Response(null, {
        status: behaviour.status ?? 302,
        headers: { location: behaviour.location },
      });
    case "edge":
      return edgePage(behaviour.code, behaviour.html ?? false);
    case "delay":
    case "hang":
    case "cut":
    case "answer":
      return act(behaviour, arrival, usual);
    default:
      return behaviour satisfies never;
  }
}

function refusal(response: Response): Answer {
  return { response, answeredBy: "gateway", forwarded: null };
}

function edgePage(code: 1010 | 1101, html: boolean): Response {
  const status = code === 1010 ? 403 : 500;
  const title = code === 1010 ? "Access denied" : "Worker threw exception";
  return html
    ? new Response(
        `<!DOCTYPE html><html><head><title>${title} | ${CLOUDFLARE_HOST} used Cloudflare to ` +
          `restrict access</title></head><body><h1>Error ${code}</h1></body></html>`,
        { status, headers: { "content-type": "text/html; charset=UTF-8" } },
      )
    : new Response(`error code: ${code}`, {
        status,
        headers: { "content-type": "text/plain; charset=UTF-8" },
      });
}

/** The headers as the provider gets them: nothing of the gateway's own goes on. */
function forwardedHeaders(url: URL, { headers }: Arrival): Headers {
  const own = (name: string) => name.startsWith("cf-aig-") || HOP_HEADERS.has(name);
  const onward = without(headers, own);
  onward.set("host", url.host);
  return onward;
}

interface CachedAnswer {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Passes an answer on as it streams, and hands over the whole of it when it is complete. */
function keep(answer: Response, kept: (whole: CachedAnswer) => void): Response {
  const pieces: Uint8Array[] = [];
  const recorder = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, stream) => {
      pieces.push(piece);
      stream.enqueue(piece);
    },
    flush: () => kept({ headers: answer.headers, body: new Uint8Array(Buffer.concat(pieces)) }),
  });
  return new Response(answer.body?.pipeThrough(recorder) ?? null, answer);
}

function withHeaders(answer: Response, more: Readonly<Record<string, string>>): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

function withoutEvidence(answer: Response): Response {
  const headers = without(answer.headers, (name) => name.startsWith("cf-aig-"));
  return new Response(answer.body, { status: answer.status, headers });
}

function without(headers: Headers, unwanted: (name: string) => boolean): Headers {
  return new Headers([...headers].filter(([name]) => !unwanted(name)));
}

function isLetIn(token: string | undefined, headers: Headers): boolean {
  return token === undefined || bearer(headers) === token;
}

function bearer(headers: Headers): string | null {
  return /^Bearer (.+)$/.exec(headers.get("cf-aig-authorization") ?? "")?.[1] ?? null;
}

function address({ accountId, name }: { readonly accountId: string; readonly name: string }) {
  return `${accountId}/${name}`;
}

function decoded(part: string | undefined, index: number): string {
  // What follows the segment goes on as it came.
  if (part === undefined || index === 3) return part ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An id that looks like those of the gateway's log: 26 characters of Crockford's base 32. */
function ulid(): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const random = [...randomBytes(24)].map((byte) => alphabet[byte % 32]).join("");
  return `01${random}`;
}
