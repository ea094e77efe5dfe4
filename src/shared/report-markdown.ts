/** Formats a test's report as Markdown for a bug report, without secrets. */
import type { TestReport } from "./report";
import { REUSED_SENTENCE, STEP_LABELS, timeLineOf } from "./report-timeline";

/** `name`: the provider's shown name. The raw response is last, in a fence that it cannot close. */
export function markdownOf(report: TestReport, name: string): string {
  const { diagnosis, request, timings } = report;
  const facts: readonly (readonly [string, string | number | null | undefined])[] = [
    ["Provider", name],
    ["Verdict", report.verdict],
    ["Expected", report.expected],
    ["Result", report.ok ? "answered" : "failed"],
    ["Request", request && `${request.method} ${request.url}`],
    ["Status", report.status],
    ["Rule", diagnosis?.rule],
    ["Model asked", report.model],
    ["Model answered", report.answeredModel],
    ["Cache", report.cache],
    ["Log ID", report.logId],
    ["First byte", milliseconds(timings.firstByteMs)],
    ["First token", milliseconds(timings.firstTokenMs)],
    ["Total", milliseconds(timings.totalMs)],
    ["Tested", report.startedAt],
  ];
  const lines = [
    "### mux through Cloudflare AI Gateway: a test",
    "",
    "| | |",
    "| --- | --- |",
    ...facts.flatMap(([fact, value]) =>
      value === null || value === undefined ? [] : [`| ${fact} | ${cell(String(value))} |`],
    ),
    "",
    "**Evidence**",
    "",
    ...report.evidence.map(({ text }) => `- ${cell(text)}`),
    ...notesOf(report),
    ...timeLine(report),
  ];
  if (diagnosis !== null) {
    lines.push("", "**Diagnosis**", "", cell(`${diagnosis.title} ${diagnosis.meaning}`));
  }
  if (report.raw !== null) {
    const { status, headers, body } = report.raw;
    const raw = [`HTTP ${status}`, ...headers.map(([n, v]) => `${n}: ${v}`), "", body].join("\n");
    const fence = "`".repeat(Math.max(3, longestRun(raw) + 1));
    lines.push("", "**The answer as it came**", "", fence, raw, fence);
  }
  return `${lines.join("\n")}\n`;
}

function notesOf({ notes = [] }: TestReport): readonly string[] {
  if (notes.length === 0) return [];
  return ["", "**Notes**", "", ...notes.map(({ message }) => `- ${cell(message)}`)];
}

function timeLine({ timings }: TestReport): readonly string[] {
  const { steps, reused } = timeLineOf(timings);
  if (steps.length === 0) return [];
  return [
    "",
    "**Time line**",
    "",
    ...(reused ? [REUSED_SENTENCE, ""] : []),
    "| Step | Begins at | Takes |",
    "| --- | ---: | ---: |",
    ...steps.map(
      ({ name, kind, startMs, endMs }) =>
        `| ${STEP_LABELS[name]}${kind === "silence" ? " (never came)" : ""} | ${milliseconds(startMs)} | ${milliseconds(endMs - startMs)} |`,
    ),
  ];
}

function milliseconds(value: number | null): string | null {
  return value === null ? null : `${Math.round(value)} ms`;
}

/** Escapes a text to one line that cannot end a table cell or start markup. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]<>|#]/g, "\\$&");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
