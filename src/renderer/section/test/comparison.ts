/** Computes a comparison of two routes: which runs count, their medians, and the difference. */
import type { TestReport, Timings, Verdict } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { Route } from "../../../shared/view";

/** One run: the requested route and the result. */
export interface Sample {
  readonly route: Route;
  readonly result: Result<TestReport>;
}

export type Moment = "firstByteMs" | "firstTokenMs" | "lastByteMs";
export const MOMENTS: readonly Moment[] = ["firstByteMs", "firstTokenMs", "lastByteMs"];

export interface Side {
  readonly runs: number;
  /** Successful runs with the requested route proven. Only these enter the medians. */
  readonly counted: number;
  /** Runs without a successful response. */
  readonly failed: number;
  /** Successful runs whose requested route is not proven. */
  readonly doubtful: number;
  /** Distinct, in order of appearance. A run that was refused locally has none. */
  readonly verdicts: readonly Verdict[];
  readonly statuses: readonly number[];
  /** Whole milliseconds, so that differences match the displayed figures. Null without a counted run. */
  readonly medians: { readonly [Name in Moment]: number | null };
  /** The reason of the last failed run, or null. */
  readonly lastFailure: string | null;
}

/** Summarises the runs of one route. A failed run is counted, but left out of the medians. */
export function sideOf(samples: readonly Sample[], route: Route): Side {
  const results = samples.filter((sample) => sample.route === route).map(({ result }) => result);
  const reports = results.flatMap((result) => (result.success ? [result.data] : []));
  const successful = reports.filter(({ ok }) => ok);
  const counted = successful.filter(({ verdict }) => verdict === route);
  return {
    runs: results.length,
    counted: counted.length,
    failed: results.length - successful.length,
    doubtful: successful.length - counted.length,
    verdicts: distinct(reports.map(({ verdict }) => verdict)),
    statuses: distinct(reports.flatMap(({ status }) => (status === null ? [] : [status]))),
    medians: {
      firstByteMs: medianOf(counted, "firstByteMs"),
      firstTokenMs: medianOf(counted, "firstTokenMs"),
      lastByteMs: medianOf(counted, "lastByteMs"),
    },
    lastFailure: results.map(failureReason).findLast((reason) => reason !== null) ?? null,
  };
}

/** Gateway minus direct in milliseconds, positive if the gateway is slower. Null unless both are known. */
export function differenceOf(gateway: Side, direct: Side, moment: Moment): number | null {
  const [viaGateway, viaDirect] = [gateway.medians[moment], direct.medians[moment]];
  return viaGateway === null || viaDirect === null ? null : viaGateway - viaDirect;
}

/** The routes to test in order, alternating so that both face the same conditions. */
export function routesOf(rounds: number): readonly Route[] {
  return Array.from({ length: rounds }, () => ["gateway", "direct"] as const).flat();
}

/** The middle value, or the mean of the two middle values. Null for an empty list. */
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

function failureReason(result: Result<TestReport>): string | null {
  if (!result.success) return result.error.message;
  return result.data.ok ? null : (result.data.diagnosis?.title ?? null);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
