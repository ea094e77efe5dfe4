import { describe, expect, it } from "vitest";

import type { Verdict } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import type { Exchange } from "../observe/exchange";
import type { GatewayDomain } from "../observe/gateway-hosts";
import { DIRECT_URL, exchange, GATEWAY_URL, noResponse } from "../testing/exchange";
import { ACCOUNT_ID, GATEWAY_NAME } from "../testing/provider";
import { gatewayError, namedGatewayError, apiError } from "../testing/wire-formats";
import { judgeRoute } from "./verdict";

const AT_GATEWAY = GATEWAY_URL.replace("/responses", "");
const AT_OPENAI = "https://api.openai.com/v1";
const DOMAIN = "https://ai.example.com/openai";
const AT_DOMAIN = `${DOMAIN}/responses`;
const UNLISTED = { host: "ai.example.com", listed: false };
const LOG_ID = [["cf-aig-log-id", "01J"]] as const;
const RAY = [["cf-ray", "8f-AMS"]] as const;

interface Row {
  readonly when: string;
  readonly expected: Route;
  readonly baseUrl: string;
  readonly exchanges: readonly Exchange[];
  readonly domain?: GatewayDomain;
  readonly verdict: Verdict;
  readonly fact: string;
}

/** Why headers from a custom domain prove nothing. */
const FORGEABLE =
  "The owner of ai.example.com can send every cf-aig-* header, so these do not prove the gateway";

const ROWS: readonly Row[] = [
  {
    when: "the gateway's host sends a gateway header",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, headers: LOG_ID })],
    verdict: "gateway",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "the gateway's host sends an AI Gateway error in the older shape",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, status: 400, body: gatewayError(2001, "Please") })],
    verdict: "gateway",
    fact: "The body is AI Gateway's own error 2001: Please",
  },
  {
    when: "the gateway's host sends an AI Gateway error in the newer shape",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      exchange({ url: GATEWAY_URL, status: 401, body: namedGatewayError(2009, 401, "No") }),
    ],
    verdict: "gateway",
    fact: "The body is AI Gateway's own error 2009: No",
  },
  {
    when: "a proxy strips every gateway header",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, proxy: "proxy.example:3128" })],
    verdict: "unproven",
    fact: "Called gateway.ai.cloudflare.com through the proxy proxy.example:3128",
  },
  {
    when: "cf-ray is the only sign of Cloudflare",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, headers: RAY })],
    verdict: "unproven",
    fact: "The response has no cf-aig-* header",
  },
  {
    when: "Cloudflare's API, not the gateway, sends an error on the gateway's host",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, status: 404, body: apiError(7003, "No route") })],
    verdict: "unproven",
    fact: "Responded with HTTP 404",
  },
  {
    when: "the gateway's host redirects",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      exchange({ url: GATEWAY_URL, status: 302, headers: [["location", "https://x.example/"]] }),
    ],
    verdict: "unproven",
    fact: "Redirected to https://x.example/, which was not followed",
  },
  {
    when: "the response comes from the cache",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, headers: [["cf-aig-cache-status", "HIT"]] })],
    verdict: "gateway",
    fact: "cf-aig-cache-status: HIT",
  },
  {
    when: "a fallback step responds",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, headers: [["cf-aig-step", "1"]] })],
    verdict: "gateway",
    fact: "cf-aig-step: 1",
  },
  {
    when: "the provider refuses its key through the gateway",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, status: 401, headers: LOG_ID })],
    verdict: "gateway",
    fact: "Responded with HTTP 401",
  },
  {
    when: "the provider's own host responds",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ url: DIRECT_URL, headers: RAY, address: "104.18.6.192" })],
    verdict: "direct",
    fact: "Called api.openai.com (104.18.6.192)",
  },
  {
    when: "a provider sends a body like the gateway's from its own host",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ status: 400, body: gatewayError(2001, "Please") })],
    verdict: "direct",
    fact: "The response has no cf-aig-* header",
  },
  {
    when: "the provider's host is called although the gateway is expected",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: DIRECT_URL })],
    verdict: "bypassed",
    fact: "The configuration says gateway.ai.cloudflare.com",
  },
  {
    when: "the gateway is called although the direct route is expected",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ url: GATEWAY_URL, headers: LOG_ID })],
    verdict: "bypassed",
    fact: "The configuration says api.openai.com",
  },
  {
    when: "the direct base URL itself is the gateway's",
    expected: "direct",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: GATEWAY_URL, headers: LOG_ID })],
    verdict: "bypassed",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "the provider's own host forwards the request to a gateway",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ headers: LOG_ID })],
    verdict: "bypassed",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "a host other than the provider's responds",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ url: "https://elsewhere.example/v1/responses" })],
    verdict: "bypassed",
    fact: "Called elsewhere.example",
  },
  {
    when: "an earlier request went to another host than the last one",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      exchange({ url: DIRECT_URL, status: 500 }),
      exchange({ url: GATEWAY_URL, headers: LOG_ID }),
    ],
    verdict: "bypassed",
    fact: "Called api.openai.com",
  },
  {
    when: "another port of the gateway's host responds",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: "https://gateway.ai.cloudflare.com:8443/v1", headers: LOG_ID })],
    verdict: "bypassed",
    fact: "Called gateway.ai.cloudflare.com:8443",
  },
  {
    when: "the gateway's host is called without TLS",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url: "http://gateway.ai.cloudflare.com/v1", headers: LOG_ID })],
    verdict: "bypassed",
    fact: "Called gateway.ai.cloudflare.com",
  },
  ...(
    [
      ["another account", GATEWAY_URL.replace(ACCOUNT_ID, "f".repeat(32))],
      ["another gateway", GATEWAY_URL.replace(GATEWAY_NAME, "other")],
      ["another segment", GATEWAY_URL.replace("/openai/", "/groq/")],
      ["a segment with the same beginning", GATEWAY_URL.replace("/openai/", "/openai-x/")],
      ["an encoded path traversal", GATEWAY_URL.replace("/responses", "/..%2f..%2fother/openai")],
    ] as const
  ).map(([what, url]): Row => ({
    when: `${what} of the gateway's host responds`,
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [exchange({ url, headers: LOG_ID })],
    verdict: "bypassed",
    fact: `The address was ${url}`,
  })),
  ...(["gateway", "direct"] as const).flatMap((expected) =>
    [
      [
        "http:",
        GATEWAY_URL.replace("https:", "http:"),
        "it starts with http:// instead of https://",
      ],
      ["a dot", GATEWAY_URL.replace(".com/", ".com./"), "it has a dot after the host"],
      ["a port", GATEWAY_URL.replace(".com/", ".com:8443/"), "it names port 8443"],
    ].map(([what, url = "", wrong]): Row => ({
      when: `the gateway's host is called with ${what}, and ${expected} is expected`,
      expected,
      baseUrl: url.replace("/responses", ""),
      exchanges: [exchange({ url, status: 401, body: gatewayError(2009, "Unauthorized") })],
      verdict: "unproven",
      fact: `This is the gateway's host in another spelling: ${wrong}`,
    })),
  ),
  ...(["off", "unobserved"] as const).flatMap((check): readonly Row[] => [
    {
      when: `the gateway's header arrives over TLS that is ${check}`,
      expected: "gateway",
      baseUrl: AT_GATEWAY,
      exchanges: [exchange({ url: GATEWAY_URL, headers: LOG_ID, tls: { check, issuer: null } })],
      verdict: "unproven",
      fact: "cf-aig-log-id: 01J",
    },
    {
      when: `the provider responds over TLS that is ${check}`,
      expected: "direct",
      baseUrl: AT_OPENAI,
      exchanges: [exchange({ tls: { check, issuer: null } })],
      verdict: "unproven",
      fact: "Called api.openai.com",
    },
    {
      when: `another host responds over TLS that is ${check}`,
      expected: "gateway",
      baseUrl: AT_GATEWAY,
      exchanges: [exchange({ tls: { check, issuer: null } })],
      verdict: "bypassed",
      fact: "Called api.openai.com",
    },
  ]),
  {
    when: "a company's authority issued the certificate",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      exchange({
        url: GATEWAY_URL,
        headers: LOG_ID,
        tls: { check: "verified", issuer: "Acme Root CA" },
      }),
    ],
    verdict: "gateway",
    fact: "The certificate was issued by Acme Root CA",
  },
  {
    when: "a custom domain sends a gateway header, which its owner can forge",
    expected: "gateway",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN, headers: LOG_ID })],
    domain: UNLISTED,
    verdict: "unproven",
    fact: FORGEABLE,
  },
  {
    when: "a custom domain sends an AI Gateway error, which its owner can forge",
    expected: "gateway",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN, status: 400, body: gatewayError(2001, "Please") })],
    domain: UNLISTED,
    verdict: "unproven",
    fact: "The response has no cf-aig-* header",
  },
  {
    when: "a custom domain sends nothing of a gateway",
    expected: "gateway",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN })],
    domain: UNLISTED,
    verdict: "unproven",
    fact: "The response has no cf-aig-* header",
  },
  {
    when: "Cloudflare lists the custom domain that sends a gateway header",
    expected: "gateway",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN, headers: LOG_ID })],
    domain: { ...UNLISTED, listed: true },
    verdict: "gateway",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "Cloudflare lists the custom domain, but nothing shows the gateway",
    expected: "gateway",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN })],
    domain: { ...UNLISTED, listed: true },
    verdict: "unproven",
    fact: "Called ai.example.com",
  },
  {
    when: "another domain than the gateway's responds",
    expected: "gateway",
    baseUrl: "https://ai.example.net/openai",
    exchanges: [exchange({ url: "https://ai.example.net/openai/responses", headers: LOG_ID })],
    domain: { ...UNLISTED, listed: true },
    verdict: "bypassed",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "a base URL set by hand on an unknown domain answers like a gateway",
    expected: "direct",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN, headers: LOG_ID })],
    verdict: "unproven",
    fact: FORGEABLE,
  },
  {
    when: "a base URL set by hand on an unknown domain shows no gateway",
    expected: "direct",
    baseUrl: DOMAIN,
    exchanges: [exchange({ url: AT_DOMAIN })],
    verdict: "direct",
    fact: "Called ai.example.com",
  },
  {
    when: "a provider's own host sends a gateway header",
    expected: "direct",
    baseUrl: AT_OPENAI,
    exchanges: [exchange({ url: `${AT_OPENAI}/responses`, headers: LOG_ID })],
    verdict: "bypassed",
    fact: "cf-aig-log-id: 01J",
  },
  {
    when: "no response arrives",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      noResponse(
        { phase: "dns", codes: ["ENOTFOUND"], messages: ["getaddrinfo ENOTFOUND"] },
        { url: GATEWAY_URL },
      ),
    ],
    verdict: "unreachable",
    fact: "The name was not found: getaddrinfo ENOTFOUND",
  },
  {
    when: "no address of the host is reached",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [
      noResponse(
        {
          phase: "tcp",
          codes: ["ENETUNREACH", "ENETUNREACH", "ETIMEDOUT"],
          messages: [
            "none of the 2 addresses could be reached",
            "connect ENETUNREACH 2606:4700::1:443",
            "connect ETIMEDOUT 104.18.6.192:443",
          ],
        },
        { url: GATEWAY_URL },
      ),
    ],
    verdict: "unreachable",
    fact: "The connection failed: connect ENETUNREACH 2606:4700::1:443; connect ETIMEDOUT 104.18.6.192:443",
  },
  {
    when: "no request was sent",
    expected: "gateway",
    baseUrl: AT_GATEWAY,
    exchanges: [],
    verdict: "unreachable",
    fact: "No request left this computer.",
  },
];

describe("the verdict", () => {
  it.each(ROWS)("is $verdict when $when", (row) => {
    const { expected, baseUrl, exchanges, domain = null, verdict, fact } = row;
    const judged = judgeRoute({ expected, baseUrl, exchanges, domain });
    expect(judged.verdict).toBe(verdict);
    expect(judged.evidence.map(({ text }) => text)).toContain(fact);
  });

  it("has the URL in its evidence when a request was refused before it was sent", () => {
    const refusedUrl = GATEWAY_URL.replace(GATEWAY_NAME, "other");
    const { verdict, evidence } = judgeRoute({
      expected: "gateway",
      baseUrl: AT_GATEWAY,
      exchanges: [],
      refusedUrl,
    });
    expect(verdict).toBe("unreachable");
    expect(evidence.map(({ text }) => text)).toEqual([
      "No request left this computer.",
      `A request to ${refusedUrl} was refused`,
      `The base URL is ${AT_GATEWAY}`,
    ]);
  });

  it("names a route only when the response proves it", () => {
    const urls = [GATEWAY_URL, DIRECT_URL, "https://gateway.ai.cloudflare.com.evil.example/v1"];
    const bodies = ["", gatewayError(2001, "x"), apiError(7003, "x"), "<html>", "{"];
    const responses = urls.flatMap((url) =>
      [[], LOG_ID, RAY].flatMap((headers) =>
        bodies.map((body) => exchange({ url, headers, body, status: 400 })),
      ),
    );
    const withVerdict = (verdict: Verdict) =>
      responses.filter((each) =>
        (["gateway", "direct"] as const).some((expected) => {
          const observation = { expected, baseUrl: each.url, exchanges: [each] };
          return judgeRoute(observation).verdict === verdict;
        }),
      );
    const atGateway = ({ url }: Exchange) => url === GATEWAY_URL;
    const withHeader = ({ headers }: Exchange) => headers === LOG_ID;
    expect(withVerdict("gateway")).toEqual(
      responses.filter((each) => atGateway(each) && (withHeader(each) || each.body === bodies[1])),
    );
    expect(withVerdict("direct")).toEqual(
      responses.filter((each) => !atGateway(each) && !withHeader(each)),
    );
  });
});
