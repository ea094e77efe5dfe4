/** Finds the rule that explains a failed test, from what was recorded, and fills in its sentences. */
import { addressOf } from "../../models/base-url-guard";
import { isGatewayUrl } from "../../models/gateway-headers";
import type { Diagnosis } from "../../../shared/report";
import { readAnswer, type AnswerBody, type NumberedError } from "../observe/answer-body";
import { answerEnd, type AnswerEnd } from "../observe/answer-end";
import { dashboardLink } from "./dashboard-links";
import type { AnswerKind, DiagnosisRule, Match } from "./diagnosis-rule";
import { DIAGNOSIS_RULES, UNKNOWN_RULE } from "./diagnosis-rules";
import { answerHeader, type Exchange, type Phase } from "../observe/exchange";
import { shortened } from "../../text/harmless-text";
import type { Redact } from "../../text/redact";

export interface FailedTest {
  /** As mux shows it. */
  readonly providerName: string;
  readonly model: string;
  /** The request that failed, or null when none left this computer. */
  readonly exchange: Exchange | null;
  /** URL of a request that would have left the base URL and was not sent, or null. */
  readonly refusedUrl: string | null;
  /** The time limit in milliseconds when it ran out, else null. */
  readonly outOfTime: number | null;
  /** What is wrong with the environment's certificates and proxies. */
  readonly problems: readonly string[];
  /** What the AI SDK said, for a failure that no exchange shows. */
  readonly sdkMessage: string | null;
  /** The reason for the end in the AI SDK's words, or null when it saw none. */
  readonly sdkFinishReason: string | null;
}

/** Explains the failure. What the other side said goes through `redact` before it is cut to length. */
export function diagnose(test: FailedTest, redact: Redact): Diagnosis {
  const scene = sceneOf(test);
  const rule = DIAGNOSIS_RULES.find(({ match }) => matches(match, scene));
  const found: Omit<DiagnosisRule, "match"> = rule ?? UNKNOWN_RULE;
  const numbered = numberedIn(rule?.match ?? null, scene);
  const words = wordsFor(scene, numbered, redact);
  const link = found.link ? dashboardLink(found.link, test.exchange?.url ?? null) : null;
  return {
    culprit: found.culprit,
    rule: found.rule,
    title: filled(found.title, words),
    meaning: filled(found.meaning, words),
    action: filled(found.action, words),
    link,
  };
}

/** In the panel; the whole text is in the raw answer. */
const TWO_LINES = 240;

interface Scene {
  readonly test: FailedTest;
  readonly exchange: Exchange | null;
  readonly body: AnswerBody;
  /** Only where the network failed. */
  readonly network: { readonly phase: Phase; readonly says: string } | null;
  readonly end: AnswerEnd;
  readonly kind: AnswerKind;
}

function sceneOf(test: FailedTest): Scene {
  const { exchange } = test;
  const answer = exchange ?? { body: "", tail: "" };
  const [body, end] = [readAnswer(answer), answerEnd(answer)];
  const kind = kindOf(test, body, end);
  return { test, exchange, body, network: networkOf(test, body), end, kind };
}

/** An error that was said counts more than the connection that broke after it. */
function networkOf({ exchange, outOfTime }: FailedTest, body: AnswerBody): Scene["network"] {
  if (!exchange) return null;
  const { failure, status } = exchange;
  if (failure === null && outOfTime === null && status !== null) return null;
  if (status !== null && body.kind !== "other" && body.kind !== "empty") return null;
  const phase = status === null ? (failure?.phase ?? "answer") : "body";
  return { phase, says: [...(failure?.codes ?? []), ...(failure?.messages ?? [])].join("\n") };
}

function kindOf(
  { exchange, sdkFinishReason }: FailedTest,
  body: AnswerBody,
  end: AnswerEnd,
): AnswerKind {
  if (body.kind === "html") return "html";
  if (exchange === null || exchange.status === null || exchange.status >= 300) return "plain";
  if (body.kind === "empty") return "empty";
  // The SDK sees the whole of an answer whose middle is not kept.
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

function matches(match: Match, scene: Scene): boolean {
  const { exchange, body, network } = scene;
  const status = exchange?.status === null ? "" : String(exchange?.status ?? "");
  if (match.in === "network") return network !== null && matchesNetwork(match, scene, network);
  if (network !== null) return false;
  switch (match.in) {
    case "unsent":
      return exchange === null && (match.refused !== true || scene.test.refusedUrl !== null);
    case "gateway":
    case "cloudflare-api":
    case "edge":
      return fits(match.status, status) && numberedIn(match, scene) !== null;
    case "provider":
      return (
        body.kind === "provider" &&
        fits(match.status, status) &&
        fits(match.says, [...body.error.names, body.error.message].join("\n"))
      );
    case "answer":
      return (
        status !== "" &&
        (match.kind === undefined || match.kind === scene.kind) &&
        fits(match.status, status) &&
        (match.atGateway === undefined || match.atGateway === isAtGateway(exchange))
      );
    default:
      return match satisfies never;
  }
}

function matchesNetwork(
  match: Extract<Match, { readonly in: "network" }>,
  { test, exchange }: Scene,
  network: NonNullable<Scene["network"]>,
): boolean {
  return (
    fits(match.says, network.says) &&
    (match.phase === undefined || match.phase.includes(network.phase)) &&
    (match.proxied === undefined || match.proxied === ((exchange?.proxy ?? null) !== null)) &&
    (match.loopback === undefined || isLoopback(exchange?.host ?? "")) &&
    (match.timeLimit === undefined || test.outOfTime !== null) &&
    (match.problem === undefined || fits(match.problem, test.problems.join("\n")))
  );
}

/** The numbered error that a rule is about, or null when the body holds none that fits. */
function numberedIn(match: Match | null, { exchange, body }: Scene): NumberedError | null {
  if (match === null || !("in" in match)) return null;
  if (match.in !== "gateway" && match.in !== "cloudflare-api" && match.in !== "edge") return null;
  if (match.in !== body.kind) return null;
  // The shape alone could be anybody's; the gateway answers at its own host only.
  if (body.kind === "gateway" && !isAtGateway(exchange)) return null;
  const errors = body.kind === "edge" ? [body.error] : "errors" in body ? body.errors : [];
  const fitting = errors.find(
    ({ code, message }) =>
      (match.codes === undefined || match.codes.includes(code)) && fits(match.message, message),
  );
  return fitting ?? null;
}

function wordsFor(
  { test, exchange, body, network, end }: Scene,
  numbered: NumberedError | null,
  redact: Redact,
): ReadonlyMap<string, string> {
  const brief = (text: string) => shortened(redact(text), TWO_LINES);
  const location = exchange && answerHeader(exchange, "location");
  const said =
    numbered?.message ??
    (body.kind === "provider" ? body.error.message : null) ??
    network?.says.split("\n").findLast(Boolean) ??
    test.sdkMessage;
  return new Map([
    ["provider", test.providerName],
    ["model", test.model],
    ["host", exchange?.host ?? "the host"],
    ["refused", test.refusedUrl === null ? "" : addressOf(test.refusedUrl)],
    ["proxy", exchange?.proxy ?? "the proxy"],
    ["seconds", String(Math.round((test.outOfTime ?? 0) / 1000))],
    ["status", String(exchange?.status ?? "")],
    ["code", numbered ? String(numbered.code) : ""],
    ["message", brief(said || "it did not say why")],
    ["reason", brief("reason" in end ? end.reason : "no reason")],
    ["location", brief(location ?? "it does not say where to")],
    ["wait", waitOf(exchange)],
    ["problem", test.problems.join(" ")],
  ]);
}

/** `Retry-After` in seconds when the answer has it; the gateway's own limit sends none. */
function waitOf(exchange: Exchange | null): string {
  const seconds = Number((exchange && answerHeader(exchange, "retry-after")) ?? Number.NaN);
  return seconds > 0 && seconds <= 3600 ? `${Math.ceil(seconds)} seconds` : "a minute";
}

function filled(text: string, words: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => words.get(name) ?? whole);
}

/** Nobody's error says what it is about that late, and patterns take their time over long texts. */
const TELLING_LENGTH = 4096;

function fits(pattern: RegExp | undefined, text: string): boolean {
  return pattern === undefined || pattern.test(text.slice(0, TELLING_LENGTH));
}

function isAtGateway(exchange: Exchange | null): boolean {
  return exchange !== null && isGatewayUrl(new URL(exchange.url));
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host);
}
