/** "Test all": which providers are tested and which are not and why, a queue, and the sum of it. */
import type { TestReport } from "../../../shared/report";
import type { Result } from "../../../shared/result";
import type { ProviderView } from "../../../shared/view";
import { words } from "../words/words";

export interface Skipped {
  readonly provider: string;
  readonly name: string;
  readonly why: string;
}

export interface TestPlan {
  readonly providers: readonly ProviderView[];
  readonly skipped: readonly Skipped[];
}

/** Everybody who could answer; for the others the first reason that they could not. */
export function planTestAll(providers: readonly ProviderView[]): TestPlan {
  const skipped = providers.flatMap((provider): readonly Skipped[] => {
    const why = reasonToSkip(provider);
    return why === null ? [] : [{ provider: provider.id, name: provider.name, why }];
  });
  return { providers: providers.filter((provider) => reasonToSkip(provider) === null), skipped };
}

function reasonToSkip(provider: ProviderView): string | null {
  if (!provider.enabled) return words.testAll.disabled;
  if (provider.leak !== null) return words.leak.skipped;
  if (provider.unroutable !== null && provider.route === "direct") return words.testAll.unroutable;
  if (provider.kind === "built-in" && provider.keySource === "none") return words.testAll.noKey;
  if (provider.baseUrl === null) return words.testAll.noAddress;
  return null;
}

/**
 * Runs `work` on every item, at most `limit` at a time, in order; no further one is begun once
 * `signal` is aborted. Resolves when the last one that was begun has ended.
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

/** Each tested provider is in exactly one of these. */
export interface TestAllSum {
  readonly gateway: number;
  readonly direct: number;
  /** Answered, but not provably over the route that the file has. */
  readonly doubtful: number;
  readonly failed: number;
  /** Stopped, or never begun. */
  readonly stopped: number;
}

/** `planned`: how many were to be tested. Only a finished generation over the expected route counts as one. */
export function sumOf(outcomes: readonly Outcome[], planned: number): TestAllSum {
  const kinds = outcomes.map(({ result }) => kindOf(result));
  const count = (kind: keyof TestAllSum) => kinds.filter((each) => each === kind).length;
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

function kindOf(result: Result<TestReport>): keyof TestAllSum {
  if (!result.success) return result.error.code === "cancelled" ? "stopped" : "failed";
  const { ok, verdict, expected } = result.data;
  if (!ok) return "failed";
  return verdict === expected ? verdict : "doubtful";
}

/** "5 through the gateway, 1 direct, 1 failed, 4 skipped". */
export function sumSentence(sum: TestAllSum, skipped: number): string {
  const { counts } = words.testAll;
  const parts = [
    counts.gateway(sum.gateway),
    counts.direct(sum.direct),
    ...(sum.doubtful === 0 ? [] : [counts.doubtful(sum.doubtful)]),
    counts.failed(sum.failed),
    ...(sum.stopped === 0 ? [] : [counts.stopped(sum.stopped)]),
    ...(skipped === 0 ? [] : [counts.skipped(skipped)]),
  ];
  return parts.join(", ");
}
