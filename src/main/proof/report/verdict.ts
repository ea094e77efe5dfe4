/** Decides the route of a request from its recorded exchanges, never from the configuration. */
import type { Evidence, Verdict } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import { withoutQuery, isBelowBaseUrl } from "../../models/base-url-guard";
import { responseHeader, type Exchange } from "../observe/exchange";
import {
  isOnDomain,
  mayBeDomain,
  misspellingOf,
  type GatewayDomain,
} from "../observe/gateway-hosts";
import { gatewayHeaders, whoAnswered, type Answer } from "../observe/who-answered";

export interface Observation {
  /** The requested route. */
  readonly expected: Route;
  /** The base URL that the model was created with. */
  readonly baseUrl: string;
  readonly exchanges: readonly Exchange[];
  /** URL of a request that was refused because it is not below the base URL, or null. */
  readonly refusedUrl?: string | null;
  /** The custom domain of the tested gateway, or null. */
  readonly domain?: GatewayDomain | null;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

/** The gateway sends a few headers and one error; more would only make the report longer. */
const SHOWN_HEADERS = 16;
const SHOWN_ERRORS = 3;

/** The exchange that verdict and diagnosis are about: the last one with a response, else the last one. */
export function decisiveExchange(exchanges: readonly Exchange[]): Exchange | null {
  return exchanges.findLast(({ status }) => status !== null) ?? exchanges.at(-1) ?? null;
}

/**
 * Returns the verdict and its evidence. A `cf-aig-*` header or an AI Gateway error body proves the
 * gateway. `cf-ray` does not, because several providers use Cloudflare as their own CDN.
 */
export function judgeRoute(observation: Observation): Judgement {
  const { exchanges, baseUrl, refusedUrl = null, domain = null } = observation;
  const decisive = decisiveExchange(exchanges);
  if (!decisive) {
    const evidence: readonly Evidence[] = [
      { kind: "network", text: "No request left this computer." },
      ...(refusedUrl === null ? [] : refusedFacts(baseUrl, refusedUrl)),
    ];
    return { verdict: "unreachable", evidence };
  }
  const answer = whoAnswered(decisive, domain);
  const stray = exchanges.find(({ url }) => !isBelowBaseUrl(baseUrl, url));
  const evidence = [
    ...exchanges.filter((each) => each !== decisive).map(calledHost),
    ...evidenceOf(decisive, answer, domain),
    ...(stray ? strayFacts(baseUrl, stray) : []),
  ];
  if (decisive.status === null) return { verdict: "unreachable", evidence };
  const verdict = stray ? "bypassed" : routeOf(observation.expected, decisive, answer);
  // Without a checked certificate, another server may have responded in place of the host.
  const claimsRoute = verdict === "gateway" || verdict === "direct";
  return { verdict: claimsRoute && !isAuthentic(decisive) ? "unproven" : verdict, evidence };
}

function routeOf(expected: Route, exchange: Exchange, answer: Answer): Verdict {
  // Not direct either, since this is not the host of any provider.
  if (misspellingOf(exchange.url) !== null) return "unproven";
  if (answer.atGateway) {
    if (expected === "direct") return "bypassed";
    return answer.showsGateway && answer.doubt !== "domain" ? "gateway" : "unproven";
  }
  if (expected === "gateway") return "bypassed";
  // The owner of a domain can send these headers, but it may also be a gateway's custom domain.
  if (gatewayHeaders(exchange).length > 0) {
    return mayBeDomain(exchange.url) ? "unproven" : "bypassed";
  }
  // The provider's host was called, but something in between responded.
  return answer.sender === "network" ? "unproven" : "direct";
}

function evidenceOf(
  exchange: Exchange,
  answer: Answer,
  domain: GatewayDomain | null,
): readonly Evidence[] {
  if (exchange.status === null) {
    return [calledHost(exchange), { kind: "network", text: networkFact(exchange) }];
  }
  const headers = gatewayHeaders(exchange);
  const location = responseHeader(exchange, "location");
  return [
    calledHost(exchange),
    ...misspellingFacts(exchange),
    ...forgeryFacts(exchange, domain),
    ...tlsFacts(exchange),
    { kind: "status", text: `Responded with HTTP ${exchange.status}` },
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
      ? [{ kind: "header", text: "The response has no cf-aig-* header" } as const]
      : []),
    ...senderFacts(exchange, answer),
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

/** Compares hosts if they differ, else whole URLs. */
function strayFacts(baseUrl: string, stray: Exchange): readonly Evidence[] {
  const { host } = new URL(baseUrl);
  if (host !== stray.host) return [{ kind: "host", text: `The configuration says ${host}` }];
  return [
    { kind: "host", text: `The address was ${withoutQuery(stray.url)}` },
    { kind: "host", text: `The configuration says ${withoutQuery(baseUrl)}` },
  ];
}

function refusedFacts(baseUrl: string, refusedUrl: string): readonly Evidence[] {
  return [
    { kind: "host", text: `A request to ${withoutQuery(refusedUrl)} was refused` },
    { kind: "host", text: `The base URL is ${withoutQuery(baseUrl)}` },
  ];
}

/** The step that failed. */
const FAILED_STEP: { readonly [Phase in Exclude<Exchange["failure"], null>["phase"]]: string } = {
  dns: "The name was not found",
  tcp: "The connection failed",
  tunnel: "The proxy did not open a connection",
  tls: "The TLS handshake failed",
  response: "No response arrived",
  body: "The response was interrupted",
};

function networkFact({ failure }: Exchange): string {
  if (failure === null) return FAILED_STEP.response;
  const attempts = failure.messages.filter((text) => text.startsWith("connect E"));
  if (attempts.length > 1) return `${FAILED_STEP[failure.phase]}: ${attempts.join("; ")}`;
  const [code, message] = [failure.codes.at(-1) ?? "", failure.messages.at(-1) ?? ""];
  // Most messages begin with the code or contain it.
  const details = message.includes(code) ? message : `${code}, ${message}`;
  return `${FAILED_STEP[failure.phase]}: ${details || "the request failed"}`;
}

/** The parts of the response that name its sender, other than the gateway's headers. */
function senderFacts(exchange: Exchange, answer: Answer): readonly Evidence[] {
  const { body, sender } = answer;
  if (sender === "edge" || sender === "network") {
    return ["server", "cf-mitigated"].flatMap((name): readonly Evidence[] => {
      const value = responseHeader(exchange, name);
      return value === null ? [] : [{ kind: "header", text: `${name}: ${value}` }];
    });
  }
  if (sender !== "gateway" || body.kind !== "gateway") return [];
  return body.errors.slice(0, SHOWN_ERRORS).map(({ code, message }): Evidence => ({
    kind: "body",
    text: `The body is AI Gateway's own error${code === null ? "" : ` ${code}`}: ${message}`,
  }));
}

/** False if the certificate was not checked; plain HTTP has none to check. */
function isAuthentic({ url, tls }: Exchange): boolean {
  return !url.startsWith("https:") || tls.check === "verified";
}

const UNVERIFIED_REASON: {
  readonly [Check in Exclude<Exchange["tls"]["check"], "verified">]: string;
} = {
  off: "The certificate was not checked, because NODE_TLS_REJECT_UNAUTHORIZED is 0",
  unobserved: "The host program made the connection itself, so its certificate was not observed",
};

function tlsFacts({ url, tls }: Exchange): readonly Evidence[] {
  if (!url.startsWith("https:")) return [];
  return [
    ...(tls.check === "verified"
      ? []
      : [{ kind: "tls", text: UNVERIFIED_REASON[tls.check] } as const]),
    ...(tls.issuer === null
      ? []
      : [{ kind: "certificate", text: `The certificate was issued by ${tls.issuer}` } as const]),
  ];
}

function misspellingFacts(exchange: Exchange): readonly Evidence[] {
  const wrong = misspellingOf(exchange.url);
  if (wrong === null) return [];
  return [{ kind: "host", text: `This is the gateway's host in another spelling: ${wrong}` }];
}

/** Why the gateway's headers prove nothing if the owner of the host can send them. */
function forgeryFacts(exchange: Exchange, domain: GatewayDomain | null): readonly Evidence[] {
  const isListed = domain?.listed === true && isOnDomain(exchange.url, domain);
  if (isListed || !mayBeDomain(exchange.url) || gatewayHeaders(exchange).length === 0) return [];
  return [
    {
      kind: "host",
      text: `The owner of ${exchange.host} can send every cf-aig-* header, so these do not prove the gateway`,
    },
  ];
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
