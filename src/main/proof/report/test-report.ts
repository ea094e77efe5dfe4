/** From what a test recorded to its report: everything is worked out here again from the records alone. */
import { gatewayAddressOf } from "../../../shared/gateway-address";
import type { ReportNote, TestReport, Timings } from "../../../shared/report";
import type { Route } from "../../../shared/view";
import { answeredModel, holdsToken } from "../observe/answer-stream";
import { diagnose } from "../diagnosis/diagnosis";
import { answerHeader, type Exchange } from "../observe/exchange";
import { harmless, shortened } from "../../text/harmless-text";
import { redactHeaders, type Redact } from "../../text/redact";
import { redactUrl } from "../../text/url-secrets";
import { isFinished, type Generation } from "./finished-generation";
import { isSameModel } from "./same-model";
import { judgeRoute } from "./verdict";

export interface RecordedTest {
  readonly provider: string;
  readonly providerName: string;
  readonly model: string;
  readonly expected: Route;
  /** The base URL that was asked for. */
  readonly baseUrl: string;
  /** Whether the provider's own base URL is a gateway's address, without a block. */
  readonly baseUrlIsGateway: boolean;
  /** The environment variable that the base URL comes from, or null. */
  readonly baseUrlVariable: string | null;
  /** Names of gateway headers in the user's own `headers` that were not sent. */
  readonly heldBack: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** URL of a request that would have left the base URL and was not sent, or null. */
  readonly refusedUrl: string | null;
  readonly generation: Generation;
  /** The time limit in milliseconds when it ran out, else null. */
  readonly outOfTime: number | null;
  readonly problems: readonly string[];
  readonly startedAt: Date;
  readonly totalMs: number;
}

/** How much of an answer a report shows, in UTF-16 code units. */
const RAW_LIMIT = 16 * 1024;

/** How many of an answer's headers a report shows, and how much of each. */
const RAW_HEADERS = 100;
const RAW_HEADER_LENGTH = 2048;

/** A fact, a name or an id; what is longer is none. */
const FACT_LENGTH = 320;

/** Makes the report. Every text that came from outside goes through `hide`, and is made harmless. */
export function reportOf(test: RecordedTest, hide: Redact): TestReport {
  const redact: Redact = (text, options) => harmless(hide(text, options));
  const fact = (text: string) => shortened(redact(text), FACT_LENGTH);
  const exchange = test.exchanges.at(-1) ?? null;
  const judgement = judgeRoute({
    expected: test.expected,
    baseUrl: test.baseUrl,
    exchanges: test.exchanges,
    refusedUrl: test.refusedUrl,
  });
  const ok = isFinished(test, exchange);
  const diagnosis = ok
    ? null
    : diagnose(
        {
          providerName: test.providerName,
          model: test.model,
          exchange,
          refusedUrl: test.refusedUrl,
          outOfTime: test.outOfTime,
          problems: test.problems,
          sdkMessage: test.generation.error,
          sdkFinishReason: test.generation.finishReason,
        },
        redact,
      );
  const { inputTokens, outputTokens } = test.generation;
  return {
    provider: test.provider,
    model: test.model,
    answeredModel: exchange && answered(exchange, fact),
    expected: test.expected,
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
    timings: timingsOf(test, exchange),
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
    notes: notesOf(test, exchange).map((note) => redactedNote(note, fact)),
    startedAt: test.startedAt.toISOString(),
  };
}

function answered(exchange: Exchange, fact: Fact): string | null {
  const name = answerHeader(exchange, "cf-aig-model") ?? answeredModel(exchange.body);
  return name === null ? null : fact(name);
}

type Fact = (text: string) => string;

function factOf(exchange: Exchange, name: string, fact: Fact): string | null {
  const value = answerHeader(exchange, name);
  return value === null ? null : fact(value);
}

function timingsOf({ totalMs }: RecordedTest, exchange: Exchange | null): Timings {
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

/** When the bytes arrived that the first word is in: the SDK's own first steps take longer. */
function firstTokenAt({ body, arrivals }: Exchange): number | null {
  let before = 0;
  for (const line of body.split("\n")) {
    if (holdsToken(line)) {
      const end = before + Buffer.byteLength(line.trimEnd());
      // Broken UTF-8 is longer as text than it was on the wire.
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
    headers: redactHeaders(exchange.headers.slice(0, RAW_HEADERS), (text) =>
      shortened(redact(text), RAW_HEADER_LENGTH),
    ),
    body: body.slice(0, RAW_LIMIT),
    truncated: cut || body.length > RAW_LIMIT || exchange.headers.length > RAW_HEADERS,
  };
}

function redactedNote({ code, message, gateway }: ReportNote, fact: Fact): ReportNote {
  return { code, message: fact(message), ...(gateway ? { gateway } : {}) };
}

function notesOf(test: RecordedTest, exchange: Exchange | null): readonly ReportNote[] {
  const notes: ReportNote[] = test.problems.map((message) => ({
    code: "environment_problem",
    message,
  }));
  if (test.baseUrlIsGateway) {
    const address = gatewayAddressOf(test.baseUrl);
    notes.push({
      code: "base_url_is_gateway",
      message: `The base URL of ${test.providerName} itself is an address of Cloudflare AI Gateway, without a "cloudflareGateway" block.`,
      ...(address
        ? { gateway: { accountId: address.accountId, gatewayName: address.gatewayName } }
        : {}),
    });
  }
  if (test.baseUrlVariable !== null) {
    notes.push({
      code: "base_url_from_environment",
      message: `The base URL comes from ${test.baseUrlVariable} in the environment, not from the file.`,
    });
  }
  if (test.heldBack.length > 0) {
    notes.push({
      code: "gateway_headers_held_back",
      message: `The provider's headers in the file hold ${test.heldBack.join(", ")}. This test did not send that, but mux sends it to every host that it calls for this provider.`,
    });
  }
  return exchange ? [...notes, ...answerNotes(test, exchange)] : notes;
}

function answerNotes(test: RecordedTest, exchange: Exchange): readonly ReportNote[] {
  const notes: ReportNote[] = [];
  const step = answerHeader(exchange, "cf-aig-step");
  const model = answerHeader(exchange, "cf-aig-model");
  if (answerHeader(exchange, "cf-aig-cache-status")?.toUpperCase() === "HIT") {
    notes.push({
      code: "answered_from_cache",
      message: `The gateway answered from its cache, so ${test.providerName} was not asked.`,
    });
  }
  if (step !== null && /^[1-9]\d*$/.test(step)) {
    notes.push({
      code: "fallback_answered",
      message: `Step ${step} of the gateway's route answered: the first one had failed.`,
    });
  }
  if (model !== null && !isSameModel(model, test.model)) {
    notes.push({
      code: "other_model_answered",
      message: `“${model}” answered instead of “${test.model}”.`,
    });
  }
  return notes;
}
