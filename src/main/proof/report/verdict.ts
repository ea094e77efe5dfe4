/** Which way a request really went: judged from what was recorded, never from what is configured. */
import { atGatewayHost } from "../../../shared/gateway-host";
import type { Evidence, Verdict } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import { addressOf, isBelowBaseUrl } from "../../models/base-url-guard";
import { readAnswer } from "../observe/answer-body";
import { answerHeader, type Exchange } from "../observe/exchange";

export interface Observation {
  /** The route that was asked for. */
  readonly expected: Route;
  /** The base URL that was asked for. */
  readonly baseUrl: string;
  readonly exchanges: readonly Exchange[];
  /** URL of a request that would have left the base URL and was not sent, or null. */
  readonly refusedUrl?: string | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

/** Headers of the gateway start so; a provider that itself stands behind Cloudflare sends none. */
const GATEWAY_HEADER = /^cf-aig-/;

/** The gateway sends a handful of headers and one error; whoever sends hundreds proves no more by it. */
const SHOWN_HEADERS = 16;
const SHOWN_ERRORS = 3;

/**
 * The verdict and the facts under it. Proof of the gateway is a `cf-aig-*` header or an error body
 * of its own; `cf-ray` is none, since several providers stand behind Cloudflare themselves.
 */
export function judgeRoute(observation: Observation): Judgement {
  const { exchanges, baseUrl, refusedUrl = null } = observation;
  const answered = exchanges.filter(({ status }) => status !== null);
  const decisive = answered.at(-1) ?? exchanges.at(-1);
  if (!decisive) {
    const evidence: readonly Evidence[] = [
      { kind: "network", text: "No request left this computer." },
      ...(refusedUrl === null ? [] : refusedFacts(baseUrl, refusedUrl)),
    ];
    return { verdict: "unreachable", evidence };
  }
  const stray = exchanges.find(({ url }) => !isBelowBaseUrl(baseUrl, url));
  const evidence = [
    ...exchanges.filter((each) => each !== decisive).map(calledHost),
    ...evidenceOf(decisive),
    ...(stray ? strayFacts(baseUrl, stray) : []),
  ];
  if (answered.length === 0) return { verdict: "unreachable", evidence };
  const verdict = stray ? "bypassed" : routeOf(observation.expected, decisive);
  // Whoever answered may be somebody in the host's place, so no route is proven.
  const isClaim = verdict === "gateway" || verdict === "direct";
  return { verdict: isClaim && !isAuthentic(decisive) ? "unproven" : verdict, evidence };
}

function routeOf(expected: Route, exchange: Exchange): Verdict {
  const byHeader = gatewayHeaders(exchange).length > 0;
  // Never direct, whatever was expected: no provider has this host.
  if (misspelling(exchange) !== null) return "unproven";
  if (isGateway(exchange)) {
    if (expected === "direct") return "bypassed";
    return byHeader || readAnswer(exchange).kind === "gateway" ? "gateway" : "unproven";
  }
  return expected === "gateway" || byHeader ? "bypassed" : "direct";
}

function evidenceOf(exchange: Exchange): readonly Evidence[] {
  if (exchange.status === null) {
    return [calledHost(exchange), { kind: "network", text: networkFact(exchange) }];
  }
  const headers = gatewayHeaders(exchange);
  const body = readAnswer(exchange);
  const location = answerHeader(exchange, "location");
  return [
    calledHost(exchange),
    ...misspelled(exchange),
    ...tlsFacts(exchange),
    { kind: "status", text: `Answered with HTTP ${exchange.status}` },
    ...headers
      .slice(0, SHOWN_HEADERS)
      .map(([name, value]): Evidence => ({ kind: "header", text: `${name}: ${value}` })),
    ...(headers.length > SHOWN_HEADERS
      ? [
          {
            kind: "header",
            text: `${headers.length - SHOWN_HEADERS} more cf-aig-* headers`,
          } as const,
        ]
      : []),
    ...(headers.length === 0
      ? [{ kind: "header", text: "The answer has no cf-aig-* header" } as const]
      : []),
    ...(body.kind === "gateway" && isGateway(exchange)
      ? body.errors.slice(0, SHOWN_ERRORS).map(({ code, message }): Evidence => ({
          kind: "body",
          text: `The body is AI Gateway's own error ${code}: ${message}`,
        }))
      : []),
    ...(location !== null && isRedirect(exchange.status)
      ? [{ kind: "redirect", text: `Redirected to ${location}, which was not followed` } as const]
      : []),
  ];
}

function calledHost({ host, address, proxy }: Exchange): Evidence {
  const where = proxy === null ? (address === null ? "" : ` (${address})`) : "";
  const through = proxy === null ? "" : ` through the proxy ${proxy}`;
  return { kind: "host", text: `Called ${host}${where}${through}` };
}

/** The hosts tell it where they differ; else the whole addresses do. */
function strayFacts(baseUrl: string, stray: Exchange): readonly Evidence[] {
  const { host } = new URL(baseUrl);
  if (host !== stray.host) return [{ kind: "host", text: `The configuration says ${host}` }];
  return [
    { kind: "host", text: `The address was ${addressOf(stray.url)}` },
    { kind: "host", text: `The configuration says ${addressOf(baseUrl)}` },
  ];
}

function refusedFacts(baseUrl: string, refusedUrl: string): readonly Evidence[] {
  return [
    { kind: "host", text: `A request to ${addressOf(refusedUrl)} was refused` },
    { kind: "host", text: `The base URL is ${addressOf(baseUrl)}` },
  ];
}

/** What had not happened yet when it failed. */
const MISSING: { readonly [Phase in Exclude<Exchange["failure"], null>["phase"]]: string } = {
  dns: "The name was not found",
  tcp: "No connection came about",
  tunnel: "The proxy did not open the way",
  tls: "No encrypted connection came about",
  answer: "No answer came",
  body: "The answer broke off",
};

function networkFact({ failure }: Exchange): string {
  if (failure === null) return MISSING.answer;
  const said = [failure.codes.at(-1), failure.messages.at(-1)].filter(Boolean).join(", ");
  return `${MISSING[failure.phase]}: ${said || "the request failed"}`;
}

function gatewayHeaders({ headers }: Exchange): Exchange["headers"] {
  return headers.filter(([name]) => GATEWAY_HEADER.test(name));
}

/** Whether nobody can have answered in the host's place; without TLS nothing is claimed of it. */
function isAuthentic({ url, tls }: Exchange): boolean {
  return !url.startsWith("https:") || tls.check === "verified";
}

const UNVERIFIED: { readonly [Check in Exclude<Exchange["tls"]["check"], "verified">]: string } = {
  off: "The certificate was not checked, because NODE_TLS_REJECT_UNAUTHORIZED is 0",
  unobserved: "The host program made the connection itself, so its certificate was not seen",
};

function tlsFacts({ url, tls }: Exchange): readonly Evidence[] {
  if (!url.startsWith("https:")) return [];
  return [
    ...(tls.check === "verified" ? [] : [{ kind: "tls", text: UNVERIFIED[tls.check] } as const]),
    ...(tls.issuer === null
      ? []
      : [{ kind: "certificate", text: `The certificate was issued by ${tls.issuer}` } as const]),
  ];
}

function isGateway({ url }: Exchange): boolean {
  return atGatewayHost(url)?.wrong === null;
}

function misspelling({ url }: Exchange): string | null {
  return atGatewayHost(url)?.wrong ?? null;
}

function misspelled(exchange: Exchange): readonly Evidence[] {
  const wrong = misspelling(exchange);
  if (wrong === null) return [];
  return [{ kind: "host", text: `This is the gateway's host in another spelling: ${wrong}` }];
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
