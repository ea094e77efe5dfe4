/** The stand-in for Cloudflare AI Gateway: the gateways of one account. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { gatewayAddress, putCustomProvider, type AccountState } from "./account-state";
import { withHeaders, without } from "./answer-headers";
import { keep, type CachedAnswer } from "./answer-cache";
import { CutConnection, type Answer, type Arrival, type Forwarded } from "./arrival";
import { createScript, type Script } from "./behaviour";
import { misbehave, type GatewayBehaviour } from "./cloudflare-behaviour";
import { errorAnswer, type CloudflareErrorCode, type ErrorShape } from "./cloudflare-errors";
import { bearer, RULES, SEGMENTS, type Asked, type DemoGatewaySettings } from "./cloudflare-rules";
import { logId } from "./log-id";
import { DEMO_ACCOUNT_ID } from "./names";
import { logged } from "./request-log";

/** The host that the stand-in serves. */
export const CLOUDFLARE_HOST = "gateway.ai.cloudflare.com";

export interface CloudflareControls extends Script<GatewayBehaviour> {
  readonly gateways: readonly DemoGatewaySettings[];
  /** Creates or replaces a gateway. */
  readonly setGateway: (gateway: DemoGatewaySettings) => void;
  readonly removeGateway: (accountId: string, name: string) => void;
  /** Registers `custom-{slug}` for an origin in the demo's account. */
  readonly setCustomProvider: (slug: string, baseUrl: string) => void;
  readonly removeCustomProvider: (slug: string) => void;
  /** The body format of the gateway's errors; 1 by default. */
  readonly setErrorShape: (shape: ErrorShape) => void;
}

export interface Cloudflare {
  readonly controls: CloudflareControls;
  /** Null if the host does not belong to a gateway. */
  readonly answer: (arrival: Arrival) => Promise<Answer | null>;
}

export interface CloudflareOptions {
  readonly state: AccountState;
  /** Forwards an accepted request; null when the provider is unreachable. */
  readonly provider: (arrival: Arrival) => Promise<Response | null>;
}

/** Headers of one connection, which are not forwarded. */
const HOP_HEADERS = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** Opens the stand-in. It reads and writes only the state, and calls only `provider`. */
export function openCloudflare(options: CloudflareOptions): Cloudflare {
  const script = createScript<GatewayBehaviour>();
  const { state } = options;
  const { gateways, customProviders } = state;
  const letThrough = new Map<DemoGatewaySettings, number>();
  const cache = new Map<string, CachedAnswer>();
  let shape: ErrorShape = 1;
  const error = (code: CloudflareErrorCode) => errorAnswer(code, { shape });

  async function byTheRules(arrival: Arrival): Promise<Answer> {
    const path = /^\/v1\/([^/]+)\/([^/]+)(?:\/([^/]*)(.*))?$/.exec(arrival.url.pathname);
    if (!path) return refusal(error(7000));
    const [accountId = "", name = "", segment = "", rest = ""] = path.slice(1).map(decoded);
    const gateway =
      gateways.get(gatewayAddress({ accountId, name })) ?? adopt(accountId, name, arrival);
    const asked: Asked = {
      method: arrival.method,
      headers: arrival.headers,
      accountId,
      segment,
      gateway,
      target: target(accountId, segment, `${rest}${arrival.url.search}`),
      letThrough: gateway ? (letThrough.get(gateway) ?? 0) : 0,
    };
    const rule = RULES.find(({ when }) => when(asked));
    if (rule) return refusal(error(rule.code));
    if (!asked.gateway || !asked.target)
      throw new Error("A rule accepted a request without a target.");
    letThrough.set(asked.gateway, asked.letThrough + 1);
    return throughCache(asked.gateway, segment, asked.target, arrival);
  }

  /** The first authenticated request creates the gateway `default`. */
  function adopt(accountId: string, name: string, { headers }: Arrival) {
    const token = bearer(headers);
    const neighbour = [...gateways.values()].find(
      (gateway) => gateway.accountId === accountId && gateway.token === token,
    );
    if (name !== "default" || token === null || !neighbour) return undefined;
    const adopted = { accountId, name, token };
    gateways.set(gatewayAddress(adopted), adopted);
    return adopted;
  }

  function target(accountId: string, segment: string, rest: string): URL | null {
    const custom = customProviders.get(`${accountId}/${segment.replace(/^custom-/, "")}`);
    const base = segment.startsWith("custom-")
      ? custom?.enable === true
        ? custom.baseUrl
        : undefined
      : SEGMENTS.get(segment);
    return base === undefined ? null : new URL(`${base.replace(/\/$/, "")}${rest}`);
  }

  async function throughCache(
    gateway: DemoGatewaySettings,
    segment: string,
    url: URL,
    arrival: Arrival,
  ): Promise<Answer> {
    const log = gateway.logs !== false && arrival.headers.get("cf-aig-collect-log") !== "false";
    const id = logId(state.now());
    const { accountId, name: gatewayName } = gateway;
    const written = (response: Response, cached: boolean) => {
      const evidence = withHeaders(response, {
        ...(log ? { "cf-aig-log-id": id } : {}),
        "cf-aig-step": "0",
        "cf-aig-cache-status": cached ? "HIT" : "MISS",
      });
      const request = { accountId, gatewayName, id, segment, url, arrival, cached };
      return log ? logged(state, request, evidence) : evidence;
    };
    const caches = gateway.cache === true && arrival.headers.get("cf-aig-skip-cache") !== "true";
    const key = createHash("sha256")
      .update(`${gateway.accountId}\n${gateway.name}\n${url.href}\n${arrival.body}`)
      .digest("hex");
    const cached = caches ? cache.get(key) : undefined;
    if (cached) {
      const response = new Response(cached.body, { headers: cached.headers });
      return {
        response: written(response, true),
        answeredBy: "cache",
        forwarded: null,
      };
    }
    const headers = forwardedHeaders(url, arrival);
    const answer =
      (await uncut(options.provider({ ...arrival, url, headers }), arrival.signal)) ?? error(2005);
    const response = caches && answer.ok ? keep(answer, (kept) => cache.set(key, kept)) : answer;
    return {
      response: written(response, false),
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
        gateways.set(gatewayAddress(gateway), gateway);
      },
      removeGateway: (accountId, name) => {
        gateways.delete(gatewayAddress({ accountId, name }));
      },
      setCustomProvider: (slug, baseUrl) => {
        putCustomProvider(state, {
          id: randomUUID(),
          accountId: DEMO_ACCOUNT_ID,
          name: slug,
          slug,
          baseUrl,
          enable: true,
          headers: null,
          createdAt: new Date(state.now()).toISOString(),
        });
      },
      removeCustomProvider: (slug) => {
        customProviders.delete(`${DEMO_ACCOUNT_ID}/${slug}`);
      },
      setErrorShape: (wanted) => {
        shape = wanted;
      },
    },
    answer: async (arrival) => {
      const inside = behindDomain(state, arrival);
      if (!inside) return null;
      const answer = await scripted(inside);
      const edge = { server: "cloudflare", "cf-ray": `${randomBytes(8).toString("hex")}-AMS` };
      return { ...answer, response: withHeaders(answer.response, edge) };
    },
  };
}

/** The request at Cloudflare's own host; null for a host that is neither that nor an active domain. */
function behindDomain({ domains }: AccountState, arrival: Arrival): Arrival | null {
  const { url } = arrival;
  if (url.host === CLOUDFLARE_HOST) return arrival;
  const domain = domains.find(({ hostname }) => hostname === url.host);
  if (domain?.status !== "active") return null;
  const { accountId, gatewayName } = domain;
  const path = `/v1/${accountId}/${gatewayName}${url.pathname}${url.search}`;
  return { ...arrival, url: new URL(path, `https://${CLOUDFLARE_HOST}`) };
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

function decoded(part: string | undefined, index: number): string {
  // The path after the segment is forwarded unchanged.
  if (part === undefined || index === 3) return part ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
