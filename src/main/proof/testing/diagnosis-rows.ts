/** For tests: a recorded example of every diagnosis. */
import type { Culprit } from "../../../shared/report";
import type { FailedProbe } from "../diagnosis/findings";
import type { Exchange, NetworkFailure } from "../observe/exchange";
import { DIRECT_URL, exchange, GATEWAY_URL, noResponse } from "./exchange";
import { PROVIDER_ERRORS, STREAMED_ERRORS } from "./provider-errors";
import { apiError, gatewayError, namedGatewayError } from "./wire-formats";

/** A failed route test of OpenAI, with `overrides`. */
export function failed(
  recorded: Exchange | null,
  overrides: Partial<FailedProbe> = {},
): FailedProbe {
  return {
    providerName: "OpenAI",
    model: "the-model",
    expected: "gateway",
    endedAt: new Date("2026-11-23T07:00:00.000Z"),
    exchange: recorded,
    refusedUrl: null,
    timedOutAfterMs: null,
    problems: [],
    sdkMessage: null,
    sdkFinishReason: null,
    ...overrides,
  };
}

function atGateway(status: number, body: string): Exchange {
  return exchange({ url: GATEWAY_URL, status, body });
}

const EDGE = [
  ["server", "cloudflare"],
  ["cf-ray", "9d3f1c7a5be00000-AMS"],
] as const;

function atEdge(status: number, body: string): Exchange {
  return exchange({ url: GATEWAY_URL, status, body, headers: EDGE });
}

function network(phase: NetworkFailure["phase"], code: string, more: Partial<Exchange> = {}) {
  return noResponse({ phase, codes: [code], messages: ["fetch failed", `it was ${code}`] }, more);
}

function finishedWith(reason: string): string {
  return JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
}

/** The expected rule and culprit of a failed route test. */
export type DiagnosisRow = readonly [rule: string, culprit: Culprit, probe: FailedProbe];

const GATEWAY_ROWS: readonly (readonly [
  rule: string,
  code: number,
  http: number,
  message: string,
])[] = [
  ["gateway_2001", 2001, 400, "Please configure AI Gateway in the Cloudflare dashboard"],
  ["gateway_2002", 2002, 500, "Failed to parse model output"],
  ["gateway_2003", 2003, 429, "Rate limited"],
  ["gateway_2005", 2005, 502, "Failed to get response from provider"],
  ["gateway_2008", 2008, 400, "Invalid provider"],
  ["gateway_2009", 2009, 401, "Unauthorized"],
  ["gateway_2016", 2016, 424, "Prompt blocked due to security configurations"],
  ["gateway_2017", 2017, 424, "Response blocked due to security configurations"],
  ["gateway_2018", 2018, 429, "Wholesale Rate limited"],
  ["gateway_2019", 2019, 400, "Chat completion bad format"],
  ["gateway_2021_credits", 2021, 402, "Insufficient Unified Billing credits"],
  ["gateway_2021_credits", 2021, 402, "Insufficient balance"],
  [
    "gateway_2021_byok",
    2021,
    402,
    "This model is not available via unified billing. Please use BYOK",
  ],
  ["gateway_2021_rate", 2021, 402, "Wholesale rate limit exceeded"],
  [
    "gateway_unified_billing_authentication",
    2021,
    402,
    "Gateway authentication is required to use unified billing",
  ],
  [
    "gateway_unified_billing_authentication",
    2049,
    403,
    "Gateway authentication is required to use unified billing",
  ],
  ["gateway_2021", 2021, 402, "Something new about money"],
  ["gateway_2029", 2029, 424, "Request blocked by DLP"],
  ["gateway_2030", 2030, 424, "Response blocked by DLP"],
  [
    "gateway_2040_byok",
    2040,
    400,
    "Provider 'openai' has no BYOK credential named 'x'. Configured aliases: default",
  ],
  [
    "gateway_2040_spend",
    2040,
    403,
    "Model or provider could not be resolved for spend-limit enforcement",
  ],
  ["gateway_spend_limit", 2041, 429, "Spend limit exceeded: rule 'monthly'"],
  ["gateway_spend_limit", 2045, 429, "Spend limit exceeded: rule 'monthly'"],
  ["cloudflare_no_route", 7003, 404, "Could not route to /v1/x"],
  ["gateway_other", 2999, 400, "Something new"],
];

const CLOUDFLARE: readonly DiagnosisRow[] = [
  ...GATEWAY_ROWS.flatMap(([rule, code, http, message]): DiagnosisRow[] => [
    [rule, "gateway", failed(atGateway(http, gatewayError(code, message)))],
    [rule, "gateway", failed(atGateway(http, namedGatewayError(code, http, message)))],
  ]),
  [
    "cloudflare_no_route",
    "gateway",
    failed(atGateway(400, apiError(7000, "No route for that URI"))),
  ],
  [
    "cloudflare_no_route",
    "gateway",
    failed(atGateway(404, apiError(7003, "Could not route to /v1"))),
  ],
  [
    "cloudflare_method",
    "gateway",
    failed(atGateway(405, apiError(7001, "GET not supported for requested URI."))),
  ],
  [
    "cloudflare_authentication",
    "gateway",
    failed(atGateway(401, apiError(10000, "Authentication error"))),
  ],
  [
    "cloudflare_authentication",
    "gateway",
    failed(atGateway(403, apiError(9106, "Authentication failed"))),
  ],
  [
    "cloudflare_authentication",
    "gateway",
    failed(atGateway(403, apiError(9109, "Unauthorized to access requested resource"))),
  ],
  ["cloudflare_other", "gateway", failed(atGateway(400, apiError(1234, "Something new")))],
  ["edge_firewall", "edge", failed(atEdge(403, "error code: 1010"))],
  [
    "edge_firewall",
    "edge",
    failed(atEdge(403, "<!DOCTYPE html><h1>Access denied</h1><span>Error code: 1020</span>")),
  ],
  ["edge_worker", "edge", failed(atEdge(500, "error code: 1101"))],
  ["edge_origin_unknown", "edge", failed(atEdge(530, "error code: 1033"))],
  [
    "edge_html",
    "edge",
    failed(atEdge(403, "<html><title>Attention Required! | Cloudflare</title></html>")),
  ],
];

const throughProxy = { proxy: "proxy.example:3128" };
const broken = ["NODE_EXTRA_CA_CERTS names /x.pem, which could not be read (ENOENT)."];
const local = { url: "http://localhost:11434/v1/chat/completions" };
const tunnelAnswer = (status: number) =>
  noResponse(
    {
      phase: "tunnel",
      codes: ["UND_ERR_ABORTED"],
      messages: ["fetch failed", `Proxy response (${status}) !== 200 when HTTP Tunneling`],
    },
    throughProxy,
  );

const NETWORK: readonly DiagnosisRow[] = [
  [
    "left_base_url",
    "computer",
    failed(null, { refusedUrl: GATEWAY_URL.replace("/openai/", "/groq/") }),
  ],
  ["not_sent", "computer", failed(null, { sdkMessage: "Invalid URL" })],
  [
    "proxy_not_used",
    "computer",
    failed(network("dns", "ENOTFOUND"), {
      problems: ["HTTPS_PROXY is not a valid proxy URL, so it is not used."],
    }),
  ],
  [
    "proxy_certificate",
    "network",
    failed(network("tunnel", "DEPTH_ZERO_SELF_SIGNED_CERT", throughProxy)),
  ],
  [
    "proxy_not_tls",
    "computer",
    failed(network("tunnel", "ERR_SSL_WRONG_VERSION_NUMBER", throughProxy)),
  ],
  ["proxy_login", "network", failed(tunnelAnswer(407))],
  ["proxy_refused_tunnel", "network", failed(tunnelAnswer(403))],
  ["proxy_unknown", "computer", failed(network("dns", "ENOTFOUND", throughProxy))],
  ["proxy_unreachable", "computer", failed(network("tcp", "ECONNREFUSED", throughProxy))],
  ["proxy_broke", "network", failed(network("tunnel", "UND_ERR_SOCKET", throughProxy))],
  [
    "certificate_file",
    "computer",
    failed(network("tls", "SELF_SIGNED_CERT_IN_CHAIN"), { problems: broken }),
  ],
  ["certificate_untrusted", "network", failed(network("tls", "SELF_SIGNED_CERT_IN_CHAIN"))],
  ["certificate_untrusted", "network", failed(network("tls", "DEPTH_ZERO_SELF_SIGNED_CERT"))],
  ["certificate_untrusted", "network", failed(network("tls", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"))],
  [
    "certificate_untrusted",
    "network",
    failed(network("tls", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", throughProxy)),
  ],
  ["certificate_expired", "network", failed(network("tls", "CERT_HAS_EXPIRED"))],
  ["certificate_wrong_host", "network", failed(network("tls", "ERR_TLS_CERT_ALTNAME_INVALID"))],
  ["tls", "network", failed(network("tls", "ERR_SSL_WRONG_VERSION_NUMBER"))],
  ["dns_unknown", "network", failed(network("dns", "ENOTFOUND"))],
  ["dns_failed", "network", failed(network("dns", "EAI_AGAIN"))],
  ["local_refused", "computer", failed(network("tcp", "ECONNREFUSED", local))],
  ["connection_refused", "network", failed(network("tcp", "ECONNREFUSED"))],
  ["offline", "network", failed(network("tcp", "ENETUNREACH"))],
  ["timeout_dns", "network", failed(network("dns", "UNKNOWN"), { timedOutAfterMs: 30_000 })],
  ["timeout_connect", "network", failed(network("tcp", "UND_ERR_CONNECT_TIMEOUT"))],
  ["timeout_connect", "network", failed(network("tls", "UNKNOWN"), { timedOutAfterMs: 30_000 })],
  [
    "timeout_answer",
    "unknown",
    failed(network("response", "UNKNOWN"), { timedOutAfterMs: 30_000 }),
  ],
  ["timeout_answer", "unknown", failed(network("response", "UND_ERR_HEADERS_TIMEOUT"))],
  ["timeout_body", "provider", failed(exchange({ complete: false }), { timedOutAfterMs: 30_000 })],
  [
    "answer_too_long",
    "provider",
    failed(
      exchange({
        complete: false,
        body: "no end",
        failure: { phase: "body", codes: ["RESPONSE_TOO_LONG"], messages: ["longer than 2 MB"] },
      }),
    ),
  ],
  [
    "answer_broke_off",
    "network",
    failed(
      exchange({
        complete: false,
        failure: {
          phase: "body",
          codes: ["UND_ERR_SOCKET"],
          messages: ["terminated", "other side closed"],
        },
      }),
    ),
  ],
  ["not_http", "network", failed(network("response", "HPE_INVALID_CONSTANT"))],
  ["connection_reset", "network", failed(network("response", "ECONNRESET"))],
  ["connection_reset", "network", failed(network("response", "UND_ERR_SOCKET"))],
  ["network_other", "network", failed(network("response", "ESOMETHINGNEW"))],
];

const BARE: readonly DiagnosisRow[] = [
  [
    "redirected",
    "unknown",
    failed(exchange({ status: 308, headers: [["location", "https://x.example/"]] })),
  ],
  [
    "html",
    "unknown",
    failed(exchange({ status: 200, body: "<!doctype html><title>Sign in</title>" })),
  ],
  [
    "filtered",
    "provider",
    failed(exchange({ body: `data: {"promptFeedback":{"blockReason":"SAFETY"}}` })),
  ],
  ["truncated", "unknown", failed(exchange({ body: "data: {}\n\ndata: {" }))],
  ["malformed", "unknown", failed(exchange({ body: "hello" }))],
  ["malformed", "unknown", failed(exchange({ body: `data: ${finishedWith("stop")}` }))],
  ["empty_answer", "unknown", failed(exchange())],
  ["ended_without_reason", "unknown", failed(exchange({ body: "data: [DONE]" }))],
  [
    "ended_by_shortage",
    "provider",
    failed(exchange({ body: `data: ${finishedWith("insufficient_system_resource")}` })),
  ],
  ["ended_by_error", "provider", failed(exchange({ body: `data: ${finishedWith("error")}` }))],
  ["ended_unusually", "provider", failed(exchange({ body: `data: ${finishedWith("new")}` }))],
  [
    "filtered",
    "provider",
    failed(exchange({ body: `data: ${finishedWith("stop")}` }), {
      sdkFinishReason: "content-filter",
    }),
  ],
  ["status_unauthorized", "unknown", failed(exchange({ status: 401 }))],
  ["status_forbidden", "unknown", failed(exchange({ status: 403, body: "no" }))],
  ["status_not_found", "unknown", failed(exchange({ status: 404, body: "404 page not found" }))],
  ["status_rate_limited", "unknown", failed(exchange({ status: 429 }))],
  ["edge_unreachable_origin", "edge", failed(exchange({ status: 522, headers: EDGE }))],
  [
    "edge_unreachable_origin",
    "edge",
    failed(
      exchange({
        status: 520,
        headers: EDGE,
        body: "<!DOCTYPE html><title>520: unknown error</title>",
      }),
    ),
  ],
  [
    "edge_unreachable_origin",
    "edge",
    failed(exchange({ status: 522, headers: EDGE, body: "error code: 522" })),
  ],
  ["status_server", "unknown", failed(exchange({ status: 502 }))],
  ["status_server", "unknown", failed(exchange({ status: 502, body: "error code: 502" }))],
  [
    "status_server",
    "unknown",
    failed(exchange({ status: 502, body: "<html><h1>502 Bad Gateway</h1>cloudflare</html>" })),
  ],
  [
    "network_login",
    "network",
    failed(exchange({ status: 511, body: "<html>Network Authentication Required</html>" })),
  ],
  ["unknown", "unknown", failed(exchange({ status: 418, body: "short and stout" }))],
];

const PROVIDER: readonly DiagnosisRow[] = [
  ...PROVIDER_ERRORS.flatMap(({ provider, status, body, rule }): DiagnosisRow[] =>
    [DIRECT_URL, GATEWAY_URL].map((url) => [
      rule,
      "provider",
      failed(exchange({ url, status, body: JSON.stringify(body) }), { providerName: provider }),
    ]),
  ),
  ...STREAMED_ERRORS.map(({ provider, event, rule }): DiagnosisRow => [
    rule,
    "provider",
    failed(exchange({ body: `event: x\ndata: {"a":1}\n\ndata: ${JSON.stringify(event)}\n\n` }), {
      providerName: provider,
    }),
  ]),
];

/** At least one row for each rule. */
export const DIAGNOSIS_ROWS: readonly DiagnosisRow[] = [
  ...CLOUDFLARE,
  ...NETWORK,
  ...BARE,
  ...PROVIDER,
];
