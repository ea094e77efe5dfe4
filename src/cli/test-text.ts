/** The result of a test as lines: the verdict, who refused the request, and the next step. */
import { harmless, shownName } from "../main/text/harmless-text";
import type { TestReport, TestRoute } from "../shared/report";
import type { Result } from "../shared/result";
import { verdictSentence } from "../shared/verdict-sentence";
import { toned, type Terminal, type Tone } from "./terminal";

export interface Tested {
  readonly provider: string;
  /** `mux` where mux takes another route than the file says. */
  readonly route: TestRoute;
  /** Why mux takes another route; null if it takes the file's. */
  readonly elsewhere: string | null;
  readonly result: Result<TestReport>;
}

/** Whether the configured route was observed, mux takes it too, and a generation finished. */
export function hasPassed({ route, result }: Tested): boolean {
  if (!result.success || route !== "saved") return false;
  const { ok, verdict, expected } = result.data;
  return ok && verdict === expected;
}

const MARKS = { good: "✓", doubtful: "!", bad: "✗" } as const;

/** One line with the verdict, and indented lines with the details; more of them after a failure. */
export function testText(tested: Tested, terminal: Pick<Terminal, "colors">): string {
  const { provider, elsewhere, result } = tested;
  const tone = toneOf(tested);
  const mark = toned(MARKS[tone], tone, terminal);
  const head = result.success
    ? `${verdictSentence(result.data)} (${factsOf(result.data)})`
    : result.error.message;
  const details = [
    ...(elsewhere === null ? [] : [elsewhere]),
    ...(result.success ? detailsOf(result.data) : []),
  ];
  const lines = [`${mark} ${shownName(provider)}: ${plain(head)}`];
  return `${[...lines, ...details.map((detail) => `    ${plain(detail)}`)].join("\n")}\n`;
}

/** The number of providers that passed, of all that were tested. */
export function testSummary(tests: readonly Tested[]): string {
  const passed = tests.filter(hasPassed).length;
  return `${passed} of ${tests.length} answered over the configured route.\n`;
}

function toneOf(tested: Tested): Exclude<Tone, "quiet"> {
  if (hasPassed(tested)) return "good";
  return tested.result.success && tested.result.data.ok ? "doubtful" : "bad";
}

function factsOf({ status, timings, model }: TestReport): string {
  const facts = [model, status === null ? "no status" : `status ${status}`];
  return [...facts, `${Math.round(timings.totalMs)} ms`].join(", ");
}

function detailsOf(report: TestReport): readonly string[] {
  const { ok, verdict, expected, request, evidence, diagnosis, notes = [] } = report;
  const headers = evidence.filter(({ kind }) => kind === "header").map(({ text }) => text);
  const isProblem = !ok || verdict !== expected;
  return [
    ...(isProblem && request !== null ? [`${request.method} ${request.url}`] : []),
    ...(headers.length === 0 ? [] : [headers.join(", ")]),
    ...(diagnosis === null
      ? []
      : [`${diagnosis.title} ${diagnosis.meaning}`, `Next: ${diagnosis.action}`]),
    ...(diagnosis?.link ? [diagnosis.link.url] : []),
    ...notes.map(({ message }) => message),
  ];
}

function plain(text: string): string {
  return harmless(text).replaceAll("\n", " ");
}
