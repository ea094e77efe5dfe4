/** Builds the report of a route test from its recorded exchanges. */
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { ReportNote, TestReport, Timings } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import { respondingModel, holdsToken } from "../observe/response-stream";
import { diagnose } from "../diagnosis/diagnosis";
import { responseHeader, type Exchange } from "../observe/exchange";
import type { GatewayDomain } from "../observe/gateway-hosts";
import { harmless, shortened } from "../../text/harmless-text";
import { redactedBeginning, redactHeaders, type Redact } from "../../text/redact";
import { redactUrl } from "../../text/url-secrets";
import { isFinished, type Generation } from "./finished-generation";
import { isSameModel } from "./same-model";
import { decisiveExchange, judgeRoute } from "./verdict";

export interface RecordedProbe {
  readonly provider: string;
  readonly providerName: string;
  readonly model: string;
  readonly expected: Route;
  /** The base URL that the model was created with. */
  readonly baseUrl: string;
  /** Whether the provider has no block, but its own base URL is a gateway's. */
  readonly baseUrlIsGateway: boolean;
  /** The environment variable that sets the base URL, or null. */
  readonly baseUrlVariable: string | null;
  /** Names of the gateway headers in the user's own `headers` that were not sent. */
  readonly droppedHeaders: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** URL of a request that was refused because it is not below the base URL, or null. */
  readonly refusedUrl: string | null;
  /** The custom domain of the tested gateway, or null. */
  readonly domain?: GatewayDomain | null;
  readonly generation: Generation;
  /** The time limit in milliseconds if it was reached, else null. */
  readonly timedOutAfterMs: number | null;
  readonly problems: readonly string[];
  readonly startedAt: Date;
  readonly totalMs: number;
}

/** How much of a response body a report contains, in UTF-16 code units. */
const RAW_BODY_LIMIT = 16 * 1024;

/** How many response headers a report contains, and how much of each. */
const RAW_HEADER_COUNT = 100;
const RAW_HEADER_LENGTH = 2048;

/** Longer than every real fact, name or id, in UTF-16 code units. */
const FACT_LENGTH = 320;

/** Builds the report. Every text from outside is passed through `hideSecrets` and escaped. */
export function buildReport(probe: RecordedProbe, hideSecrets: Redact): TestReport {
  const redact: Redact = (text, options) => harmless(hideSecrets(text, options));
  const fact = (text: string) => shortened(redactedBeginning(text, redact), FACT_LENGTH);
  const exchange = decisiveExchange(probe.exchanges);
  const domain = probe.domain ?? null;
  const judgement = judgeRoute({
    expected: probe.expected,
    baseUrl: probe.baseUrl,
    exchanges: probe.exchanges,
    refusedUrl: probe.refusedUrl,
    domain,
  });
  const ok = isFinished(probe, exchange);
  const diagnosis = ok
    ? null
    : diagnose(
        {
          providerName: probe.providerName,
          model: probe.model,
          expected: probe.expected,
          endedAt: new Date(probe.startedAt.getTime() + probe.totalMs),
          exchange,
          refusedUrl: probe.refusedUrl,
          timedOutAfterMs: probe.timedOutAfterMs,
          problems: probe.problems,
          sdkMessage: probe.generation.error,
          sdkFinishReason: probe.generation.finishReason,
          domain,
        },
        redact,
      );
  const { inputTokens, outputTokens } = probe.generation;
  return {
    provider: probe.provider,
    model: probe.model,
    answeredModel: exchange && respondingModelOf(exchange, fact),
    expected: probe.expected,
    verdict: judgement.verdict,
    evidence: judgement.evidence.map(({ kind, text }) => ({ kind, text: fact(text) })),
    ok,
    request: exchange && {
      method: exchange.method,
      url: redactUrl(exchange.url, redact),
      headers: redactHeaders(exchange.sentHeaders, redact),
      body: redact(exchange.sentBody),
    },
    status: exchange?.status ?? null,
    timings: timingsOf(probe, exchange),
    tokens:
      inputTokens === null && outputTokens === null
        ? null
        : { input: inputTokens, output: outputTokens },
    cache: exchange && factOf(exchange, "cf-aig-cache-status", fact),
    logId: exchange && factOf(exchange, "cf-aig-log-id", fact),
    diagnosis: diagnosis && {
      ...diagnosis,
      title: redact(diagnosis.title),
      meaning: redact(diagnosis.meaning),
      action: redact(diagnosis.action),
    },
    raw: exchange && rawOf(exchange, redact),
    notes: notesOf(probe, exchange).map((note) => redactedNote(note, fact)),
    startedAt: probe.startedAt.toISOString(),
  };
}

function respondingModelOf(exchange: Exchange, fact: Fact): string | null {
  const name = responseHeader(exchange, "cf-aig-model") ?? respondingModel(exchange.body);
  return name === null ? null : fact(name);
}

type Fact = (text: string) => string;

function factOf(exchange: Exchange, name: string, fact: Fact): string | null {
  const value = responseHeader(exchange, name);
  return value === null ? null : fact(value);
}

function timingsOf({ totalMs }: RecordedProbe, exchange: Exchange | null): Timings {
  const at = exchange?.at;
  const between = (from: number | null | undefined, to: number | null | undefined) =>
    from === null || from === undefined || to === null || to === undefined
      ? null
      : tenths(to - from);
  return {
    dnsMs: between(at?.connect, at?.dns),
    tcpMs: between(at?.dns ?? at?.connect, at?.tcp),
    tunnelMs: between(at?.tcp, at?.tunnel),
    tlsMs: between(at?.tunnel ?? at?.tcp, at?.tls),
    firstByteMs: between(0, at?.firstByte),
    firstTokenMs: between(0, exchange && firstTokenAt(exchange)),
    lastByteMs: between(0, at?.lastByte),
    totalMs: tenths(totalMs),
  };
}

/** The arrival of the first token's bytes; the SDK's own processing would add to its time. */
function firstTokenAt({ body, arrivals }: Exchange): number | null {
  let before = 0;
  for (const line of body.split("\n")) {
    if (holdsToken(line)) {
      const end = before + Buffer.byteLength(line.trimEnd());
      // Invalid UTF-8 can be longer as text than on the wire.
      return (arrivals.find(({ bytes }) => bytes >= end) ?? arrivals.at(-1))?.at ?? null;
    }
    before += Buffer.byteLength(line) + 1;
  }
  return null;
}

function tenths(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 10) / 10);
}

function rawOf(exchange: Exchange, redact: Redact): TestReport["raw"] {
  if (exchange.status === null) return null;
  const cut = exchange.bodyCut || !exchange.complete;
  const body = redact(exchange.body, { cut });
  return {
    status: exchange.status,
    headers: redactHeaders(exchange.headers.slice(0, RAW_HEADER_COUNT), (text) =>
      shortened(redactedBeginning(text, redact), RAW_HEADER_LENGTH),
    ),
    body: body.slice(0, RAW_BODY_LIMIT),
    truncated: cut || body.length > RAW_BODY_LIMIT || exchange.headers.length > RAW_HEADER_COUNT,
  };
}

function redactedNote({ code, message, gateway }: ReportNote, fact: Fact): ReportNote {
  return { code, message: fact(message), ...(gateway ? { gateway } : {}) };
}

function notesOf(probe: RecordedProbe, exchange: Exchange | null): readonly ReportNote[] {
  const notes: ReportNote[] = probe.problems.map((message) => ({
    code: "environment_problem",
    message,
  }));
  if (probe.baseUrlIsGateway) {
    const address = gatewayAddressOf(probe.baseUrl) ?? probe.domain?.gateway;
    notes.push({
      code: "base_url_is_gateway",
      message: `The base URL of ${probe.providerName} itself is an address of Cloudflare AI Gateway, without a "cloudflareGateway" block.`,
      ...(address
        ? { gateway: { accountId: address.accountId, gatewayName: address.gatewayName } }
        : {}),
    });
  }
  if (probe.baseUrlVariable !== null) {
    notes.push({
      code: "base_url_from_environment",
      message: `The base URL comes from ${probe.baseUrlVariable} in the environment, not from the file.`,
    });
  }
  if (probe.droppedHeaders.length > 0) {
    notes.push({
      code: "gateway_headers_held_back",
      message: `The provider's headers in the file hold ${probe.droppedHeaders.join(", ")}. This test did not send that, but mux sends it to every host that it calls for this provider.`,
    });
  }
  return exchange ? [...notes, ...responseNotes(probe, exchange)] : notes;
}

function responseNotes(probe: RecordedProbe, exchange: Exchange): readonly ReportNote[] {
  const notes: ReportNote[] = [];
  const step = responseHeader(exchange, "cf-aig-step");
  const model = responseHeader(exchange, "cf-aig-model");
  if (responseHeader(exchange, "cf-aig-cache-status")?.toUpperCase() === "HIT") {
    notes.push({
      code: "answered_from_cache",
      message: `The gateway answered from its cache, so ${probe.providerName} was not asked.`,
    });
  }
  if (step !== null && /^[1-9]\d*$/.test(step)) {
    notes.push({
      code: "fallback_answered",
      message: `Step ${step} of the gateway's route answered: the first one had failed.`,
    });
  }
  if (model !== null && !isSameModel(model, probe.model)) {
    notes.push({
      code: "other_model_answered",
      message: `“${model}” answered instead of “${probe.model}”.`,
    });
  }
  return notes;
}
