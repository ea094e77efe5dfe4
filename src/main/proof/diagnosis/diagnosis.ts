/** Finds the rule that explains a failed route test and fills in its sentences. */
import type { Route } from "../../../shared/view";
import { TOKEN_HEADER } from "../../mux/gateway-header";
import { withoutQuery } from "../../models/base-url-guard";
import { isGatewayUrl } from "../../models/gateway-headers";
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { Diagnosis, DiagnosisAct } from "../../../shared/report";
import { classifyResponse, type ResponseBody, type NumberedError } from "../observe/response-body";
import { readResponseEnd, type ResponseEnd } from "../observe/response-end";
import { dashboardLink } from "./dashboard-links";
import type { Explanation, Match, ResponseKind } from "./diagnosis-rule";
import { DIAGNOSIS_RULES, UNKNOWN_RULE } from "./diagnosis-rules";
import { responseHeader, type Exchange, type Phase } from "../observe/exchange";
import { shortened } from "../../text/harmless-text";
import { redactedBeginning, type Redact } from "../../text/redact";

export interface FailedProbe {
  /** The display name in mux. */
  readonly providerName: string;
  readonly model: string;
  /** The requested route. */
  readonly expected: Route;
  /** When the test ended. */
  readonly endedAt: Date;
  /** The failed request, or null when none was sent. */
  readonly exchange: Exchange | null;
  /** URL of a request that was refused because it is not below the base URL, or null. */
  readonly refusedUrl: string | null;
  /** The time limit in milliseconds if it was reached, else null. */
  readonly timedOutAfterMs: number | null;
  /** Problems with the environment's certificates and proxies. */
  readonly problems: readonly string[];
  /** The AI SDK's error message, for a failure that no exchange shows. */
  readonly sdkMessage: string | null;
  /** The AI SDK's finish reason, or null. */
  readonly sdkFinishReason: string | null;
}

/** Explains the failure. Texts of the other side are redacted before they are shortened. */
export function diagnose(probe: FailedProbe, redact: Redact): Diagnosis {
  const findings = findingsOf(probe);
  const rule = DIAGNOSIS_RULES.find(({ match }) => matches(match, findings));
  const found: Explanation = rule ?? UNKNOWN_RULE;
  const numbered = findNumberedError(rule?.match ?? null, findings);
  const values = placeholdersFor(findings, numbered, redact);
  const link = found.link ? dashboardLink(found.link, probe.exchange?.url ?? null) : null;
  return {
    culprit: found.culprit,
    rule: found.rule,
    short: found.short,
    title: fillPlaceholders(found.title, values),
    meaning: fillPlaceholders(found.meaning, values),
    action: fillPlaceholders(found.action, values),
    act: found.act && actOf(found.act, probe),
    link,
  };
}

function actOf(kind: DiagnosisAct["kind"], probe: FailedProbe): DiagnosisAct | null {
  if (kind === "test_again") return { kind, notBefore: notBefore(probe) };
  if (kind === "test_direct") return probe.expected === "direct" ? null : { kind };
  return { kind };
}

function notBefore({ exchange, endedAt }: FailedProbe): string | null {
  const seconds = retryAfter(exchange);
  return seconds === null ? null : new Date(endedAt.getTime() + seconds * 1000).toISOString();
}

/** The longest quoted message, in UTF-16 code units; the raw response has the rest. */
const MESSAGE_LENGTH = 240;

interface Findings {
  readonly probe: FailedProbe;
  readonly exchange: Exchange | null;
  readonly body: ResponseBody;
  /** The network failure, or null. */
  readonly network: { readonly phase: Phase; readonly text: string } | null;
  readonly end: ResponseEnd;
  readonly kind: ResponseKind;
}

function findingsOf(probe: FailedProbe): Findings {
  const { exchange } = probe;
  const response = exchange ?? { text: "" };
  const [body, end] = [classifyResponse(response), readResponseEnd(response)];
  const kind = kindOf(probe, body, end);
  return { probe, exchange, body, network: networkOf(probe, body), end, kind };
}

/** An error in the response takes precedence over a connection that was lost after it. */
function networkOf(
  { exchange, timedOutAfterMs }: FailedProbe,
  body: ResponseBody,
): Findings["network"] {
  if (!exchange) return null;
  const { failure, status } = exchange;
  if (failure === null && timedOutAfterMs === null && status !== null) return null;
  if (status !== null && body.kind !== "other" && body.kind !== "empty") return null;
  const phase = status === null ? (failure?.phase ?? "response") : "body";
  return { phase, text: [...(failure?.codes ?? []), ...(failure?.messages ?? [])].join("\n") };
}

function kindOf(
  { exchange, sdkFinishReason }: FailedProbe,
  body: ResponseBody,
  end: ResponseEnd,
): ResponseKind {
  if (body.kind === "html") return "html";
  if (exchange === null || exchange.status === null || exchange.status >= 300) return "plain";
  if (body.kind === "empty") return "empty";
  // The SDK is a witness of its own.
  const filtered = sdkFinishReason === "content-filter";
  switch (end.kind) {
    case "refused":
      return "filtered";
    case "open":
      return filtered ? "filtered" : "truncated";
    case "normal":
    case "unread":
      return filtered ? "filtered" : "malformed";
    case "shortage":
    case "failed":
    case "unusual":
    case "unexplained":
      return end.kind;
    default:
      return end satisfies never;
  }
}

function matches(match: Match, findings: Findings): boolean {
  const { exchange, body, network } = findings;
  const status = exchange?.status === null ? "" : String(exchange?.status ?? "");
  if (match.in === "network") return network !== null && matchesNetwork(match, findings, network);
  if (network !== null) return false;
  switch (match.in) {
    case "unsent":
      return exchange === null && (match.refused !== true || findings.probe.refusedUrl !== null);
    case "gateway":
    case "cloudflare-api":
    case "edge":
      return fits(match.status, status) && findNumberedError(match, findings) !== null;
    case "provider":
      return (
        body.kind === "provider" &&
        fits(match.status, status) &&
        fits(match.text, [...body.error.names, body.error.message].join("\n"))
      );
    case "response":
      return (
        status !== "" &&
        (match.kind === undefined || match.kind === findings.kind) &&
        fits(match.status, status) &&
        (match.atGateway === undefined || match.atGateway === isAtGateway(exchange))
      );
    default:
      return match satisfies never;
  }
}

function matchesNetwork(
  match: Extract<Match, { readonly in: "network" }>,
  { probe, exchange }: Findings,
  network: NonNullable<Findings["network"]>,
): boolean {
  return (
    fits(match.text, network.text) &&
    (match.phase === undefined || match.phase.includes(network.phase)) &&
    (match.proxied === undefined || match.proxied === ((exchange?.proxy ?? null) !== null)) &&
    (match.loopback === undefined || isLoopback(exchange?.host ?? "")) &&
    (match.timeLimit === undefined || probe.timedOutAfterMs !== null) &&
    (match.problem === undefined || fits(match.problem, probe.problems.join("\n")))
  );
}

/** The numbered error that a rule matches, or null. */
function findNumberedError(
  match: Match | null,
  { exchange, body }: Findings,
): NumberedError | null {
  if (match === null || !("in" in match)) return null;
  if (match.in !== "gateway" && match.in !== "cloudflare-api" && match.in !== "edge") return null;
  if (match.in !== body.kind) return null;
  if (match.tokenSent !== undefined && match.tokenSent !== hasToken(exchange)) return null;
  // Another server could send the same shape; the gateway responds on its own host only.
  if (body.kind === "gateway" && !isAtGateway(exchange)) return null;
  const errors = body.kind === "edge" ? [body.error] : "errors" in body ? body.errors : [];
  const fitting = errors.find(
    ({ code, message }) =>
      (match.codes === undefined || match.codes.includes(code)) && fits(match.message, message),
  );
  return fitting ?? null;
}

function placeholdersFor(
  { probe, exchange, body, network, end }: Findings,
  numbered: NumberedError | null,
  redact: Redact,
): ReadonlyMap<string, string> {
  const brief = (text: string) => shortened(redactedBeginning(text, redact), MESSAGE_LENGTH);
  const address = exchange && gatewayAddressOf(exchange.url);
  const location = exchange && responseHeader(exchange, "location");
  const message =
    numbered?.message ??
    (body.kind === "provider" ? body.error.message : null) ??
    network?.text.split("\n").findLast(Boolean) ??
    probe.sdkMessage;
  return new Map([
    ["provider", probe.providerName],
    ["model", probe.model],
    ["host", exchange?.host ?? "the host"],
    ["refused", probe.refusedUrl === null ? "" : withoutQuery(probe.refusedUrl)],
    ["gateway", address ? `“${address.gatewayName}”` : "in the URL"],
    ["account", address ? abbreviated(address.accountId) : "in the URL"],
    ["proxy", exchange?.proxy ?? "the proxy"],
    ["seconds", String(Math.round((probe.timedOutAfterMs ?? 0) / 1000))],
    ["status", String(exchange?.status ?? "")],
    ["code", numbered ? String(numbered.code) : ""],
    ["message", brief(message || "without a reason")],
    ["reason", brief("reason" in end ? end.reason : "no reason")],
    ["location", brief(location ?? "without a target")],
    ["wait", waitTime(exchange)],
    ["problem", probe.problems.join(" ")],
  ]);
}

/** The first and last digits of an account ID, which are enough to compare it. */
function abbreviated(accountId: string): string {
  return `${accountId.slice(0, 4)}…${accountId.slice(-4)}`;
}

function waitTime(exchange: Exchange | null): string {
  const seconds = retryAfter(exchange);
  return seconds === null ? "a minute" : `${seconds} seconds`;
}

/** `Retry-After` in seconds, at most an hour. The gateway's own rate limit does not send it. */
function retryAfter(exchange: Exchange | null): number | null {
  const seconds = Number((exchange && responseHeader(exchange, "retry-after")) ?? Number.NaN);
  return seconds > 0 && seconds <= 3600 ? Math.ceil(seconds) : null;
}

function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/** Patterns are slow on long texts, and errors are recognizable by their beginning. */
const MATCHED_LENGTH = 4096;

function fits(pattern: RegExp | undefined, text: string): boolean {
  return pattern === undefined || pattern.test(text.slice(0, MATCHED_LENGTH));
}

function isAtGateway(exchange: Exchange | null): boolean {
  return exchange !== null && isGatewayUrl(new URL(exchange.url));
}

function hasToken(exchange: Exchange | null): boolean {
  return exchange?.sentHeaders.some(([name]) => name === TOKEN_HEADER) ?? false;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);
}
