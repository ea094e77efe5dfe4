/** The verdict of a test in one sentence, as the panel and the command line show it. */
import { assertNever } from "./assert-never";
import { gatewayAddressOf } from "./gateway-address";
import { checkGatewayDomain } from "./gateway-domain";
import { atGatewayHost } from "./gateway-host";
import type { TestReport } from "./report";

/** Node and browsers both provide it, but this folder includes neither's types. */
declare const URL: {
  new (text: string): { readonly host: string };
  canParse(text: string): boolean;
};

const SENTENCES = {
  gateway: (gateway: string | null) =>
    gateway === null
      ? "Went through Cloudflare AI Gateway"
      : `Went through Cloudflare AI Gateway ${gateway}`,
  gatewayFailed: (provider: string | null) =>
    provider === null
      ? "Reached Cloudflare AI Gateway"
      : `Reached Cloudflare AI Gateway and ${provider}`,
  direct: (host: string | null) => `Went straight to ${host ?? "the provider"}`,
  directFailed: (host: string | null) => `Reached ${host ?? "the provider"} directly`,
  unproven: "Answered from the gateway’s URL, but nothing in the response shows the gateway",
  unverified: (host: string | null, ok: boolean) =>
    `${ok ? "Answered from" : "Called"} ${host ?? "the host"}, but its certificate was not verified`,
  unprovenFailed: "Called the gateway’s URL, but nothing in the response shows the gateway",
  somethingElse: (host: string | null) =>
    `Called ${host ?? "the gateway’s URL"}, but something else answered`,
  inBetween: (host: string, ok: boolean) =>
    `${ok ? "Answered from" : "Called"} ${host}, but something in between seems to have answered`,
  unlisted: (host: string | null, ok: boolean) =>
    `${ok ? "Answered from" : "Called"} ${host ?? "the domain"}, but Cloudflare has not confirmed that this is your gateway`,
  otherAddress: "Called another URL at the gateway’s host than the file says",
  missedGateway: (host: string | null) =>
    `Did not go through the gateway: the request went to ${host ?? "another host"}`,
  unexpectedGateway: (ok: boolean) =>
    `${ok ? "Went through" : "Reached"} Cloudflare AI Gateway, although the file says direct`,
  gatewayHeaders: (host: string | null, ok: boolean) =>
    `${ok ? "Answered from" : "Called"} ${host ?? "another host"}, which sent headers of Cloudflare AI Gateway, although the file says direct`,
  unreachable: (host: string | null) =>
    host === null ? "The request never left this computer" : `No answer from ${host}`,
  unreadable: (host: string | null) => `No readable answer from ${host ?? "the host"}`,
} as const;

/** The diagnoses of bytes that arrived and are not an HTTP response. */
const UNREADABLE = /^(?:not_http|response_unreadable)$/;

/**
 * The verdict in one sentence. A failing call never reads as a success. `provider`: its name, if the
 * sentence may say that the request reached it.
 */
export function verdictSentence(report: TestReport, provider: string | null = null): string {
  const url = report.request?.url ?? null;
  const host = url !== null && URL.canParse(url) ? new URL(url).host : null;
  switch (report.verdict) {
    case "gateway":
      return report.ok
        ? SENTENCES.gateway(url === null ? null : (gatewayAddressOf(url)?.gatewayName ?? null))
        : SENTENCES.gatewayFailed(report.diagnosis?.culprit === "provider" ? provider : null);
    case "direct":
      return report.ok ? SENTENCES.direct(host) : SENTENCES.directFailed(host);
    case "unproven":
      if (report.evidence.some(({ kind }) => kind === "tls")) {
        return SENTENCES.unverified(host, report.ok);
      }
      if (isAnsweredByOther(report)) return SENTENCES.somethingElse(isAtGateway(url) ? null : host);
      if (host !== null && isAtDomain(report, host)) return SENTENCES.unlisted(host, report.ok);
      if (report.expected === "direct" && host !== null && !isAtGateway(url)) {
        return SENTENCES.inBetween(host, report.ok);
      }
      return report.ok ? SENTENCES.unproven : SENTENCES.unprovenFailed;
    case "bypassed":
      if (report.expected === "gateway" && url !== null && atGatewayHost(url) !== null) {
        return SENTENCES.otherAddress;
      }
      // Any host can send the gateway's headers, so they do not show the route.
      if (report.expected === "direct" && !isAtGateway(url) && !mayBeDomain(url)) {
        return SENTENCES.gatewayHeaders(host, report.ok);
      }
      return report.expected === "gateway"
        ? SENTENCES.missedGateway(host)
        : SENTENCES.unexpectedGateway(report.ok);
    case "unreachable":
      return UNREADABLE.test(report.diagnosis?.rule ?? "")
        ? SENTENCES.unreadable(host)
        : SENTENCES.unreachable(host);
    default:
      return assertNever(report.verdict);
  }
}

/** Whether the response shows another sender than the one that was called. */
function isAnsweredByOther({ diagnosis }: TestReport): boolean {
  // A lost connection shows no other sender.
  if (diagnosis?.rule === "answer_broke_off") return false;
  return diagnosis?.culprit === "network" || diagnosis?.culprit === "edge";
}

function mayBeDomain(url: string | null): boolean {
  if (url === null || !/^https:/i.test(url) || !URL.canParse(url)) return false;
  return checkGatewayDomain(new URL(url).host).success;
}

function isAtGateway(url: string | null): boolean {
  return url !== null && atGatewayHost(url) !== null;
}

/** Whether the test called a custom domain, whose owner could imitate the gateway. */
function isAtDomain({ expected, evidence }: TestReport, host: string): boolean {
  const isMarked = evidence.some(
    ({ kind, text }) => kind === "header" && text.startsWith("cf-aig-"),
  );
  return (expected === "gateway" || isMarked) && checkGatewayDomain(host).success;
}
