/** The tone, the verdict and the numbers of a test report, from the observations. */
import { assertNever } from "../../../shared/assert-never";
import { gatewayLogsPage } from "../../../shared/dashboard";
import { gatewayAddressOf, type GatewayAddress } from "../../../shared/gateway-address";
import type { TestReport } from "../../../shared/report";
import { verdictSentence } from "../../../shared/verdict-sentence";
import { words } from "./words";

/** `good` needs a finished generation over the expected route; nothing else is shown green. */
export type Tone = "good" | "doubtful" | "bad";

export function toneOf(report: TestReport): Tone {
  if (!report.ok) return "bad";
  return report.verdict === report.expected ? "good" : "doubtful";
}

/** The result as it is announced: the verdict, and the cause of a failure. */
export function announcementOf(report: TestReport): string {
  const sentence = verdictSentence(report);
  return report.diagnosis === null ? sentence : `${report.diagnosis.title} ${sentence}.`;
}

/** The result in at most four words: what happened, or why it failed. */
export function shortResult(report: TestReport): string {
  const { result } = words;
  const tone = toneOf(report);
  switch (tone) {
    case "good":
      return result.passed;
    case "doubtful":
      return report.verdict === "unproven" ? result.unproven : result.otherRoute;
    case "bad": {
      // A report of an earlier version has no short cause.
      const other = report.verdict === "unreachable" ? result.noAnswer : result.failed;
      return report.diagnosis?.short || other;
    }
    default:
      return assertNever(tone);
  }
}

/** Milliseconds as a person reads them: "412 ms", "3.20 s". */
export function duration(ms: number | null): string {
  if (ms === null) return words.noFigure;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** A difference with its sign: "+35 ms", "−2 ms". */
export function signedDuration(ms: number | null): string {
  if (ms === null) return words.noFigure;
  const sign = Math.round(ms) === 0 ? "±" : ms > 0 ? "+" : "−";
  return `${sign}${duration(Math.abs(ms))}`;
}

const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** A moment in ISO 8601 as a person reads it, in their own time zone. */
export function momentOf(startedAt: string): string {
  return MOMENT.format(new Date(startedAt));
}

/** The time since a moment, in the largest unit that fits: "now", "5 min", "3 h". */
export function ageOf(startedAt: string, nowMs: number): string {
  const { age } = words;
  const minutes = Math.floor((nowMs - Date.parse(startedAt)) / 60_000);
  if (!(minutes >= 1)) return age.now;
  if (minutes < 60) return age.minutes(minutes);
  if (minutes < 24 * 60) return age.hours(Math.floor(minutes / 60));
  return age.days(Math.floor(minutes / (24 * 60)));
}

/** The same in a sentence: "just now", "5 min ago". */
export function agoOf(startedAt: string, nowMs: number): string {
  return words.age.ago(ageOf(startedAt, nowMs));
}

/** The dashboard's page of a gateway's log; null when the request went elsewhere. */
export function logPage(report: TestReport): string | null {
  const gateway = gatewayOf(report.request?.url ?? null);
  return gateway === null || report.verdict !== "gateway" ? null : gatewayLogsPage(gateway);
}

/** The gateway that a request was sent to, read from its address; null when it was another host. */
export function gatewayOf(url: string | null): GatewayAddress | null {
  return url === null ? null : gatewayAddressOf(url);
}
