/** Tests whether a diagnosis rule matches the findings about a failed route test. */
import { TOKEN_HEADER } from "../../mux/gateway-header";
import type { NumberedError } from "../observe/edge-error";
import type { Exchange } from "../observe/exchange";
import { redirectsElsewhere } from "../observe/middlebox";
import { responseHeader } from "../observe/exchange";
import { isAccessLogin } from "../observe/who-answered";
import type { EdgeMatch, GatewayMatch, Match, NetworkMatch, ProviderMatch } from "./diagnosis-rule";
import type { Findings } from "./findings";

/** Whether the rule's match describes the failure. Each matches the responses of one sender only. */
export function matches(match: Match, findings: Findings): boolean {
  const { exchange, answer, network } = findings;
  const { sender } = answer;
  const status = String(exchange?.status ?? "");
  if (match.in === "network") return network !== null && matchesNetwork(match, findings, network);
  if (network !== null) return false;
  switch (match.in) {
    case "unsent":
      return exchange === null && (match.refused !== true || findings.probe.refusedUrl !== null);
    case "gateway":
    case "edge":
      return numberedError(match, findings) !== null;
    case "provider":
      return sender.startsWith("provider") && matchesProvider(match, findings, status);
    case "middlebox":
      return (
        sender === "network" &&
        exchange !== null &&
        fits(match.status, status) &&
        (match.problem === undefined || fits(match.problem, findings.probe.problems.join("\n"))) &&
        (match.login === undefined || redirectsElsewhere(exchange))
      );
    case "end":
      return (
        (sender === "unknown" || sender.startsWith("provider")) &&
        answer.body.kind !== "html" &&
        // A gateway's error from another host explains more than the missing generation.
        (sender !== "unknown" || answer.body.kind !== "gateway") &&
        match.kind === findings.endKind
      );
    case "unknown":
      return (
        sender === "unknown" &&
        fits(match.status, status) &&
        (match.page === undefined || isPage(findings)) &&
        (match.gatewayForm === undefined || answer.body.kind === "gateway")
      );
    default:
      return match satisfies never;
  }
}

/** The error of the gateway or the edge that a rule matches, or null. */
export function numberedError(
  match: GatewayMatch | EdgeMatch,
  { exchange, answer }: Findings,
): NumberedError | null {
  if (exchange === null || answer.sender !== match.in) return null;
  if (match.in === "gateway") {
    if (match.tokenSent !== undefined && match.tokenSent !== hasToken(exchange)) return null;
    if (match.api === true && answer.body.kind !== "cloudflare-api") return null;
  } else {
    if (!fits(match.status, String(exchange.status))) return null;
    if (match.challenge && responseHeader(exchange, "cf-mitigated") === null) return null;
    if (match.access && !isAccessLogin(exchange)) return null;
  }
  const pattern = match.in === "gateway" ? match.message : undefined;
  const errors = answer.numbered.length > 0 ? answer.numbered : [{ code: null, message: "" }];
  const fitting = errors.find(
    ({ code, message }) => hasCode(match.codes, code) && fits(pattern, message),
  );
  return fitting ?? null;
}

/** An empty list of codes means an error without a code. */
function hasCode(codes: readonly number[] | undefined, code: number | null): boolean {
  if (codes === undefined) return true;
  return code === null ? codes.length === 0 : codes.includes(code);
}

function matchesProvider(match: ProviderMatch, findings: Findings, status: string): boolean {
  const { providerError, body } = findings.answer;
  if (!fits(match.status, status)) return false;
  if (match.page === "edge" && body.kind !== "edge") return false;
  if (match.page === "any" && !isPage(findings)) return false;
  if (match.text === undefined) return true;
  if (providerError === null) return false;
  return fits(match.text, [...providerError.names, providerError.message].join("\n"));
}

function isPage({ answer: { body } }: Findings): boolean {
  return body.kind === "html" || (body.kind === "edge" && body.isPage);
}

function matchesNetwork(
  match: NetworkMatch,
  { probe, exchange, answer }: Findings,
  network: NonNullable<Findings["network"]>,
): boolean {
  return (
    fits(match.text, network.text) &&
    (match.phase === undefined || match.phase.includes(network.phase)) &&
    (match.proxied === undefined || match.proxied === ((exchange?.proxy ?? null) !== null)) &&
    (match.loopback === undefined || isLoopback(exchange?.host ?? "")) &&
    (match.atGateway === undefined || answer.atGateway) &&
    (match.timeLimit === undefined || probe.timedOutAfterMs !== null) &&
    (match.problem === undefined || fits(match.problem, probe.problems.join("\n")))
  );
}

/** Patterns are slow on long texts, and errors are recognizable by their beginning. */
const MATCHED_LENGTH = 4096;

function fits(pattern: RegExp | undefined, text: string): boolean {
  return pattern === undefined || pattern.test(text.slice(0, MATCHED_LENGTH));
}

function hasToken(exchange: Exchange): boolean {
  return exchange.sentHeaders.some(([name]) => name === TOKEN_HEADER);
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);
}
