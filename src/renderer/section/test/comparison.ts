/** Direct against through the gateway: which runs count, their medians, and the difference. */
import type { TestReport, Timings, Verdict } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { Route } from "../../../shared/view";

/** One run: what was asked for, and what came of it. */
export interface Sample {
  readonly route: Route;
  readonly result: Result<TestReport>;
}

export type Moment = "firstByteMs" | "firstTokenMs" | "lastByteMs";
export const MOMENTS: readonly Moment[] = ["firstByteMs", "firstTokenMs", "lastByteMs"];

export interface Side {
  readonly runs: number;
  /** Runs that answered over the route they were asked for; the medians are of these alone. */
  readonly counted: number;
  /** Runs that did not end with an answer. */
  readonly failed: number;
  /** Runs that were answered, but not provably over the route they were asked for. */
  readonly doubtful: number;
  /** Each once, in the order in which they came; a run that was refused here has none. */
  readonly verdicts: readonly Verdict[];
  readonly statuses: readonly number[];
  /** Whole milliseconds, so that differences are those of the figures shown; null where no run that counts has the moment. */
  readonly medians: { readonly [Name in Moment]: number | null };
  /** Why the last run that failed did; null when none did. */
  readonly trouble: string | null;
}

/** The runs of one route, summed up. A failing run is counted and in no median. */
export function sideOf(samples: readonly Sample[], route: Route): Side {
  const results = samples.filter((sample) => sample.route === route).map(({ result }) => result);
  const reports = results.flatMap((result) => (result.success ? [result.data] : []));
  const answered = reports.filter(({ ok }) => ok);
  const counted = answered.filter(({ verdict }) => verdict === route);
  return {
    runs: results.length,
    counted: counted.length,
    failed: results.length - answered.length,
    doubtful: answered.length - counted.length,
    verdicts: distinct(reports.map(({ verdict }) => verdict)),
    statuses: distinct(reports.flatMap(({ status }) => (status === null ? [] : [status]))),
    medians: {
      firstByteMs: medianOf(counted, "firstByteMs"),
      firstTokenMs: medianOf(counted, "firstTokenMs"),
      lastByteMs: medianOf(counted, "lastByteMs"),
    },
    trouble: results.map(troubleOf).findLast((trouble) => trouble !== null) ?? null,
  };
}

/** Gateway minus direct in milliseconds: above zero where the gateway is slower; null without both. */
export function differenceOf(gateway: Side, direct: Side, moment: Moment): number | null {
  const [through, straight] = [gateway.medians[moment], direct.medians[moment]];
  return through === null || straight === null ? null : through - straight;
}

/** The routes to ask for, one after the other: alternating, so that both meet the same conditions. */
export function routesOf(rounds: number): readonly Route[] {
  return Array.from({ length: rounds }, () => ["gateway", "direct"] as const).flat();
}

/** The middle value, or the mean of the two in the middle; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function medianOf(reports: readonly TestReport[], moment: Moment): number | null {
  const middle = median(reports.flatMap(({ timings }) => momentOf(timings, moment) ?? []));
  return middle === null ? null : Math.round(middle);
}

function momentOf(timings: Timings, moment: Moment): number | null {
  return timings[moment] ?? null;
}

function troubleOf(result: Result<TestReport>): string | null {
  if (!result.success) return result.error.message;
  return result.data.ok ? null : (result.data.diagnosis?.title ?? null);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
