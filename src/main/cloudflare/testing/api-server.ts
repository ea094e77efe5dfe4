/** For tests: an account at Cloudflare, behind a real proxy that decrypts every connection. */
import {
  openInterceptingProxy,
  type InterceptingProxy,
  type ReceivedRequest,
  type Reply,
} from "../../proof/testing/intercepting-proxy";

export const ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
export const OTHER_ACCOUNT_ID = "fedcba9876543210fedcba9876543210";
export const API_TOKEN = "cf-canary-api-token-0123456789";

/** Replies by method and path: `"GET /accounts"`. A function sees the whole request. */
export type Replies = Readonly<Record<string, Reply | ((request: ReceivedRequest) => Reply)>>;

export interface ApiServer extends InterceptingProxy {
  /** Replaces single replies until the next `reset`. */
  readonly reply: (replies: Replies) => void;
  /** Replies for all other hosts until the next `reset`. */
  readonly elsewhere: (reply: (request: ReceivedRequest) => Reply) => void;
  /** Method and path of each received request, without the host. */
  readonly calls: () => readonly string[];
}

const API_HOST = "api.cloudflare.com";
const BASE = `https://${API_HOST}/client/v4`;

/** A successful envelope. */
export function ok(result: unknown, info?: object): Reply {
  return json(200, { success: true, errors: [], messages: [], result, result_info: info });
}

/** A refusal in Cloudflare's form. */
export function refused(status: number, code: number, extra: object = {}): Reply {
  const errors = [{ code, message: `Message of ${code}`, ...extra }];
  return json(status, { success: false, errors, messages: [], result: null });
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

export const GATEWAY_ROW = {
  id: "my-gateway",
  authentication: true,
  collect_logs: true,
  cache_ttl: null,
  rate_limiting_interval: null,
  rate_limiting_limit: null,
  retry_max_attempts: null,
  byok_only: false,
  spend_limits: null,
  guardrails: null,
  dlp: null,
};

/** The fields of the analytics that a token may see. */
export function analyticsSettings(availableFields: readonly string[]): Reply {
  const groups = { aiGatewayRequestsAdaptiveGroups: { enabled: true, availableFields } };
  return json(200, { data: { viewer: { accounts: [{ settings: groups }] } }, errors: null });
}

/** The answers to a token with all permissions. */
export const USUAL: Replies = {
  "GET /user/tokens/verify": ok({ id: "t", status: "active", expires_on: "2027-01-01T00:00:00Z" }),
  "GET /accounts": ok([{ id: ACCOUNT_ID, name: "Ada's Account" }]),
  [`GET /accounts/${ACCOUNT_ID}/ai-gateway/gateways`]: ok([GATEWAY_ROW]),
  "POST /graphql": analyticsSettings(["count", "sum_cost", "dimensions_provider"]),
};

/** Starts the proxy. A path without a reply is answered with 404 and code 7003. */
export async function openApiServer(): Promise<ApiServer> {
  const proxy = await openInterceptingProxy();
  let replies: Replies = USUAL;
  let others = elsewhere;
  const respond = (): void =>
    proxy.respondWith((request) => {
      if (request.host !== API_HOST) return others(request);
      const reply = replies[callOf(request)] ?? refused(404, 7003);
      return typeof reply === "function" ? reply(request) : reply;
    });
  respond();
  return {
    ...proxy,
    reply: (changed) => {
      replies = { ...replies, ...changed };
    },
    elsewhere: (reply) => {
      others = reply;
    },
    calls: () => proxy.requests().map(callOf),
    reset: () => {
      proxy.reset();
      replies = USUAL;
      others = elsewhere;
      respond();
    },
  };
}

/** The usual stream, on a custom domain with the gateway's headers. */
function elsewhere({ host }: ReceivedRequest): Reply {
  if (host !== "ai.example.com") return {};
  return { headers: { "content-type": "text/event-stream", "cf-aig-log-id": "01JLOG" } };
}

function callOf({ method, url }: ReceivedRequest): string {
  const path = url.startsWith(BASE) ? url.slice(BASE.length) : url;
  return `${method} ${path.split("?")[0]}`;
}
