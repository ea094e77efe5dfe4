/** For tests: the report of a successful route test through a gateway. */
import type { TestReport } from "../../../shared/report";

export const ROUTED_REPORT: TestReport = {
  provider: "openai",
  model: "m",
  answeredModel: "m",
  expected: "gateway",
  verdict: "gateway",
  evidence: [],
  ok: true,
  request: null,
  status: 200,
  timings: {
    dnsMs: null,
    tcpMs: null,
    tlsMs: null,
    firstByteMs: null,
    firstTokenMs: null,
    totalMs: 900,
  },
  tokens: null,
  cache: null,
  logId: "1",
  diagnosis: null,
  raw: null,
  startedAt: "2026-11-28T10:00:00.000Z",
};
