/** Finds the rule that explains a failed route test and fills in its sentences. */
import type { Diagnosis, DiagnosisAct } from "../../../shared/report";
import { shortened } from "../../text/harmless-text";
import { redactedBeginning, type Redact } from "../../text/redact";
import { withoutQuery } from "../../models/base-url-guard";
import { gatewayAddressOf } from "../../../shared/gateway-address";
import { titleOf, type NumberedError } from "../observe/edge-error";
import { responseHeader, type Exchange } from "../observe/exchange";
import type { Answer, Doubt } from "../observe/who-answered";
import { dashboardLink } from "./dashboard-links";
import type { Explanation, Match } from "./diagnosis-rule";
import { DIAGNOSIS_RULES, UNKNOWN_RULE } from "./diagnosis-rules";
import { findingsOf, type FailedProbe, type Findings } from "./findings";
import { matches, numberedError } from "./matching";

/** Explains the failure. Texts of the other side are redacted before they are shortened. */
export function diagnose(probe: FailedProbe, redact: Redact): Diagnosis {
  const findings = findingsOf(probe);
  const rule = DIAGNOSIS_RULES.find(({ match }) => matches(match, findings));
  const found: Explanation = rule ?? UNKNOWN_RULE;
  const numbered = numberedOf(rule?.match ?? null, findings);
  const values = placeholdersFor(findings, numbered, redact);
  const link = found.link
    ? dashboardLink(found.link, probe.exchange?.url ?? null, probe.domain ?? null)
    : null;
  const fill = (text: string) => fillPlaceholders(text, values);
  const { doubt } = findings.answer;
  const form = isClaimed(found, findings) && doubt !== null ? formOf(found, doubt) : null;
  return {
    culprit: found.culprit,
    rule: found.rule,
    short: found.short,
    title: fill(found.title),
    meaning: fill(form === null ? found.meaning : `${form} ${found.meaning}`),
    action: fill(found.action),
    act: found.act && actOf(doubt === "behind" ? "test_direct" : found.act, probe),
    link,
  };
}

function numberedOf(match: Match | null, findings: Findings): NumberedError | null {
  return match?.in === "gateway" || match?.in === "edge"
    ? numberedError(match, findings)
    : (findings.answer.numbered[0] ?? null);
}

/** Whether the diagnosis names the sender of a response as the one who refused. */
function isClaimed({ culprit }: Explanation, { network }: Findings): boolean {
  return network === null && (culprit === "gateway" || culprit === "provider");
}

const DOUBTS: { readonly [Kind in Doubt]: string } = {
  certificate: "the certificate of {host} was not verified.",
  spelling: "the URL of the gateway is misspelled.",
  domain: "Cloudflare has not confirmed the domain {host}.",
  behind: "a server behind the gateway can have sent it too.",
  unmarked: "nothing else in it shows the gateway.",
};

/** Says that only the form of the response speaks for its sender. */
function formOf({ culprit }: Explanation, doubt: Doubt): string {
  const of = culprit === "gateway" ? "a gateway error" : "a response of {provider}";
  return `The response is in the form of ${of}, but ${DOUBTS[doubt]}`;
}

function actOf(kind: NonNullable<Explanation["act"]>, probe: FailedProbe): DiagnosisAct | null {
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

function placeholdersFor(
  { probe, exchange, answer, network, end }: Findings,
  numbered: NumberedError | null,
  redact: Redact,
): ReadonlyMap<string, string> {
  const brief = (text: string) => shortened(redactedBeginning(text, redact), MESSAGE_LENGTH);
  const address = exchange && gatewayAddressOf(exchange.url);
  const gateway = address ?? probe.domain?.gateway;
  const location = exchange && responseHeader(exchange, "location");
  const message =
    (numbered?.message || null) ??
    answer.providerError?.message ??
    network?.text.split("\n").findLast(Boolean) ??
    pageTitle(exchange, answer) ??
    probe.sdkMessage;
  return new Map([
    ["provider", probe.providerName],
    ["model", probe.model],
    ["host", exchange?.host ?? "the host"],
    ["front", answer.atGateway ? "AI Gateway" : probe.providerName],
    ["middlebox", brief(answer.middlebox || "its server has no name")],
    ["refused", probe.refusedUrl === null ? "" : withoutQuery(probe.refusedUrl)],
    ["gateway", gateway ? `“${gateway.gatewayName}”` : "in the URL"],
    ["account", gateway ? abbreviated(gateway.accountId) : "in the URL"],
    ["segment", address?.segment ?? "in the URL"],
    ["proxy", exchange?.proxy ?? "the proxy"],
    ["seconds", String(Math.round((probe.timedOutAfterMs ?? 0) / 1000))],
    ["status", String(exchange?.status ?? "")],
    ["code", String(numbered?.code ?? "without a code")],
    ["message", brief(message || "without a reason")],
    ["reason", brief("reason" in end ? end.reason : "no reason")],
    ["location", brief(location ?? "without a target")],
    ["wait", waitTime(exchange)],
    ["issuer", brief(exchange?.tls.rejectedIssuer ?? "an unknown authority")],
    ["addresses", triedAddresses(exchange)],
    ["sent", wasSent(exchange) ? "The request was sent." : "The request was not sent."],
    ["problem", probe.problems.join(" ")],
  ]);
}

/** The addresses in the messages of failed attempts, else the one that was called. */
function triedAddresses(exchange: Exchange | null): string {
  const messages = exchange?.failure?.messages ?? [];
  const found = messages.flatMap((message) => /^connect E[A-Z]+ (\S+)/.exec(message)?.[1] ?? []);
  return [...new Set(found)].slice(0, 8).join(", ") || (exchange?.address ?? exchange?.host ?? "");
}

/** Whether the connection was ready, so that the request left this computer. */
function wasSent(exchange: Exchange | null): boolean {
  const phase = exchange?.failure?.phase;
  return exchange?.status !== null || phase === "response" || phase === "body";
}

function pageTitle(exchange: Exchange | null, { body }: Answer): string | null {
  if (exchange === null || (body.kind !== "html" && body.kind !== "edge")) return null;
  return titleOf(exchange.text) || null;
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
