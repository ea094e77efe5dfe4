/** A sample report of a test that went through the gateway. */
import type { Culprit, Diagnosis, TestReport } from "../../shared/report";
import { ACCOUNT } from "./sample-views";

export const GATEWAY_URL = `https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/my-gateway/anthropic/v1/messages`;

export function report(changes: Partial<TestReport> = {}): TestReport {
  return {
    provider: "anthropic",
    model: "claude-haiku-4-5",
    answeredModel: "claude-haiku-4-5",
    expected: "gateway",
    verdict: "gateway",
    evidence: [{ kind: "header", text: "cf-aig-log-id: 01KAR4J6" }],
    ok: true,
    request: { method: "POST", url: GATEWAY_URL },
    status: 200,
    timings: {
      dnsMs: 4,
      tcpMs: 11,
      tlsMs: 23,
      firstByteMs: 412,
      firstTokenMs: 447,
      totalMs: 689,
    },
    tokens: { input: 21, output: 4 },
    cache: "MISS",
    logId: "01KAR4J6",
    diagnosis: null,
    raw: null,
    startedAt: "2026-11-23T07:00:00.000Z",
    ...changes,
  };
}

export function diagnosis(culprit: Culprit): Diagnosis {
  return {
    culprit,
    rule: "sample",
    short: "Refused",
    title: "It said no.",
    meaning: "So.",
    action: "Do.",
    act: null,
    link: null,
  };
}
