/** The stand-in for Cloudflare AI Gateway: the gateways of one account. */
import { createHash, randomBytes } from "node:crypto";
import { withHeaders, without } from "./answer-headers";
import { CutConnection, type Answer, type Arrival, type Forwarded } from "./arrival";
import { createScript, type Script } from "./behaviour";
import { misbehave, type GatewayBehaviour } from "./cloudflare-behaviour";
import { errorAnswer, type CloudflareErrorCode, type ErrorShape } from "./cloudflare-errors";
import { bearer, RULES, SEGMENTS, type Asked, type DemoGatewaySettings } from "./cloudflare-rules";

/** The host that the stand-in serves. */
export const CLOUDFLARE_HOST = "gateway.ai.cloudflare.com";

export interface CloudflareControls extends Script<GatewayBehaviour> {
  readonly gateways: readonly DemoGatewaySettings[];
  /** Creates or replaces a gateway. */
  readonly setGateway: (gateway: DemoGatewaySettings) => void;
  readonly removeGateway: (accountId: string, name: string) => void;
  /** Registers `custom-{slug}` for an origin. */
  readonly setCustomProvider: (slug: string, baseUrl: string) => void;
  readonly removeCustomProvider: (slug: string) => void;
  /** The body format of the gateway's errors; 1 by default. */
  readonly setErrorShape: (shape: ErrorShape) => void;
}

export interface Cloudflare {
  readonly controls: CloudflareControls;
  readonly answer: (arrival: Arrival) => Promise<Answer>;
}

export interface CloudflareOptions {
  readonly gateways: readonly DemoGatewaySettings[];
  readonly customProviders: ReadonlyMap<string, string>;
  /** Forwards an accepted request; null when the provider is unreachable. */
  readonly provider: (arrival: Arrival) => Promise<Response | null>;
}

/** Headers of one connection, which are not forwarded. */
const HOP_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** Opens the stand-in. It keeps everything in memory and calls only `provider`. */
export function openCloudflare(options: CloudflareOptions): Cloudflare {
  const script = createScript<GatewayBehaviour>();
  const gateways = new Map(options.gateways.map((gateway) => [address(gateway), gateway]));
  const customProviders = new Map(options.customProviders);
  const letThrough = new Map<DemoGatewaySettings, number>();
  const cache = new Map<string, CachedAnswer>();
  let shape: ErrorShape = 1;
  const error = (code: CloudflareErrorCode) => errorAnswer(code, { shape });

  async function byTheRules(arrival: Arrival): Promise<Answer> {
    const path = /^\/v1\/([^/]+)\/([^/]+)(?:\/([^/]*)(.*))?$/.exec(arrival.url.pathname);
    if (!path) return refusal(error(7000));
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
    if (rule) return refusal(error(rule.code));
    if (!asked.gateway || !asked.target)
      throw new Error("A rule accepted a request without a target.");
    letThrough.set(asked.gateway, asked.letThrough + 1);
    return throughCache(asked.gateway, asked.target, arrival);
  }

  /** The first authenticated request creates the gateway `default`. */
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
      ...(log ? { "cf-aig-log-id": uuidV7() } : {}),
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
    const answer =
      (await uncut(options.provider({ ...arrival, url, headers }), arrival.signal)) ?? error(2005);
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
      setErrorShape: (wanted) => {
        shape = wanted;
      },
    },
    answer: async (arrival) => {
      const answer = await scripted(arrival);
      const edge = { server: "cloudflare", "cf-ray": `${randomBytes(8).toString("hex")}-AMS` };
      return { ...answer, response: withHeaders(answer.response, edge) };
    },
  };
}

/** Returns null when the provider closes the connection, because the gateway itself does not. */
async function uncut(
  answer: Promise<Response | null>,
  signal: AbortSignal,
): Promise<Response | null> {
  try {
    return await answer;
  } catch (reason) {
    if (reason instanceof CutConnection && !signal.aborted) return null;
    throw reason;
  }
}

function refusal(response: Response): Answer {
  return { response, answeredBy: "gateway", forwarded: null };
}

/** The forwarded headers, without the gateway's own. */
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

/** Streams a response, and passes on the complete body at its end. */
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

function address({ accountId, name }: { readonly accountId: string; readonly name: string }) {
  return `${accountId}/${name}`;
}

function decoded(part: string | undefined, index: number): string {
  // The path after the segment is forwarded unchanged.
  if (part === undefined || index === 3) return part ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An ID in the format of the gateway's log: a UUID of version 7, which begins with the time in ms. */
function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = randomBytes(10).toString("hex");
  const variant = "89ab"[Number.parseInt(random.slice(3, 4), 16) % 4] ?? "8";
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(4, 7)}`,
    random.slice(7, 19),
  ].join("-");
}
