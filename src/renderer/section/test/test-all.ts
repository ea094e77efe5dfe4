/** Computes "Test all": which providers to test or skip, a queue, and a summary of the results. */
import { goesElsewhere, isTestable } from "../../../shared/mux-route";
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { ProviderView } from "../../../shared/view";
import { words } from "../words/words";

export interface Skipped {
  readonly provider: string;
  readonly name: string;
  readonly reason: string;
}

export interface TestPlan {
  readonly providers: readonly ProviderView[];
  readonly skipped: readonly Skipped[];
}

/** Splits the providers into testable ones and skipped ones, each with the first reason. */
export function planTestAll(providers: readonly ProviderView[]): TestPlan {
  const skipped = providers.flatMap((provider): readonly Skipped[] => {
    const reason = reasonToSkip(provider);
    return reason === null ? [] : [{ provider: provider.id, name: provider.name, reason }];
  });
  return { providers: providers.filter((provider) => reasonToSkip(provider) === null), skipped };
}

function reasonToSkip(provider: ProviderView): string | null {
  if (!provider.enabled) return words.testAll.disabled;
  if (provider.leak !== null) return words.leak.skipped;
  if (provider.unroutable !== null && provider.route === "direct") return words.testAll.unroutable;
  if (provider.kind === "built-in" && provider.keySource === "none") return words.testAll.noKey;
  if (provider.baseUrl === null) return words.testAll.noAddress;
  if (goesElsewhere(provider.muxRoute) && !isTestable(provider.muxRoute)) {
    return words.testAll.login;
  }
  return null;
}

/**
 * Runs `work` on every item in order, at most `limit` at a time. Starts no further item once `signal`
 * is aborted. Resolves when all started items have finished.
 */
export async function runQueue<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (signal.aborted) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

export interface Outcome {
  readonly provider: string;
  readonly result: Result<TestReport>;
}

/** Each planned provider is in exactly one of these counts. */
export interface OutcomeCounts {
  readonly gateway: number;
  readonly direct: number;
  /** Successful, but the expected route is not proven. */
  readonly doubtful: number;
  readonly failed: number;
  /** Stopped, or never started. */
  readonly stopped: number;
}

/**
 * `planned` is the number of providers to test. A result counts under a route only if the response is
 * complete and the route is the expected one.
 */
export function countOutcomes(outcomes: readonly Outcome[], planned: number): OutcomeCounts {
  const kinds = outcomes.map(({ result }) => kindOf(result));
  const count = (kind: keyof OutcomeCounts) => kinds.filter((each) => each === kind).length;
  return {
    gateway: count("gateway"),
    direct: count("direct"),
    doubtful: count("doubtful"),
    failed: count("failed"),
    stopped: count("stopped") + planned - outcomes.length,
  };
}

export function failedOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes
    .filter(({ result }) => kindOf(result) === "failed")
    .map(({ provider }) => provider);
}

function kindOf(result: Result<TestReport>): keyof OutcomeCounts {
  if (!result.success) return result.error.code === "cancelled" ? "stopped" : "failed";
  const { ok, verdict, expected } = result.data;
  if (!ok) return "failed";
  return verdict === expected ? verdict : "doubtful";
}

/**
 * "5 through the gateway, 1 failed, 4 skipped". Counts of zero are left out. After a stop, it starts
 * with the number of providers that were not tested.
 */
export function summaryOf(outcomes: OutcomeCounts, skipped: number): string {
  const { counts, stopped, nothing } = words.testAll;
  const parts = [
    part(outcomes.gateway, counts.gateway),
    part(outcomes.direct, counts.direct),
    part(outcomes.doubtful, counts.doubtful),
    part(outcomes.failed, counts.failed),
    part(skipped, counts.skipped),
  ].flat();
  const sentences = [
    ...part(outcomes.stopped, stopped),
    ...(parts.length === 0 ? [] : [parts.join(", ")]),
  ];
  return sentences.length === 0 ? nothing : sentences.join(" ");
}

function part(count: number, sentence: (count: number) => string): readonly string[] {
  return count === 0 ? [] : [sentence(count)];
}
