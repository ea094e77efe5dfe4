/** Sums over requests, per provider and per step of time. */
import type { TrafficSums, TrafficView, TrafficWindow } from "../../shared/account";
import type { LogSpan } from "./log-list";

/** Some requests of one provider, as Cloudflare counts them. */
export interface Portion extends TrafficSums {
  readonly segment: string;
  /** When they were made, in milliseconds since 1970; null: not known. */
  readonly at: number | null;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const WINDOWS: {
  readonly [Window in TrafficWindow]: { readonly ms: number; readonly steps: number };
} = { hour: { ms: HOUR, steps: 12 }, day: { ms: DAY, steps: 24 }, week: { ms: 7 * DAY, steps: 7 } };

/** The window that ends at `now`. */
export function spanOf(window: TrafficWindow, now: number): LogSpan {
  return { from: now - WINDOWS[window].ms, to: now };
}

export const NO_SUMS: TrafficSums = {
  requests: 0,
  errors: 0,
  cached: 0,
  tokensIn: null,
  tokensOut: null,
  cost: null,
};

/** Sums of portions. A sum is null if no portion has the figure. */
export function summed(portions: readonly TrafficSums[]): TrafficSums {
  return portions.reduce(
    (sums, each) => ({
      requests: sums.requests + each.requests,
      errors: sums.errors + each.errors,
      cached: sums.cached + each.cached,
      tokensIn: plus(sums.tokensIn, each.tokensIn),
      tokensOut: plus(sums.tokensOut, each.tokensOut),
      cost: plus(sums.cost, each.cost),
    }),
    NO_SUMS,
  );
}

/** `all` minus `own`. Analytics are estimates, so a difference below 0 counts as 0. */
export function without(all: TrafficSums, own: TrafficSums): TrafficSums {
  const minus = (a: number, b: number) => Math.max(a - b, 0);
  const less = (a: number | null, b: number | null) => (a === null ? null : minus(a, b ?? 0));
  return {
    requests: minus(all.requests, own.requests),
    errors: minus(all.errors, own.errors),
    cached: minus(all.cached, own.cached),
    tokensIn: less(all.tokensIn, own.tokensIn),
    tokensOut: less(all.tokensOut, own.tokensOut),
    cost: less(all.cost, own.cost),
  };
}

export function bySegment(portions: readonly Portion[]): ReadonlyMap<string, TrafficSums> {
  const sums = new Map<string, TrafficSums>();
  for (const { segment, at: _, ...each } of portions) {
    sums.set(segment, summed([sums.get(segment) ?? NO_SUMS, each]));
  }
  return sums;
}

/** Equal steps of the window with the portions in them. */
export function stepsOf(
  window: TrafficWindow,
  { from, to }: LogSpan,
  portions: readonly Pick<Portion, "at" | "requests" | "errors">[],
): TrafficView["steps"] {
  const { steps } = WINDOWS[window];
  const size = (to - from) / steps;
  const sums = Array.from({ length: steps }, () => ({ requests: 0, errors: 0 }));
  for (const { at, requests, errors } of portions) {
    if (at === null) continue;
    // The first portion may start before the window, because analytics count whole hours.
    const step = sums[Math.min(Math.max(Math.floor((at - from) / size), 0), steps - 1)];
    if (step === undefined) continue;
    step.requests += requests;
    step.errors += errors;
  }
  return sums.map((sum, index) => ({
    start: new Date(from + index * size).toISOString(),
    requests: Math.max(sum.requests, 0),
    errors: Math.max(sum.errors, 0),
  }));
}

function plus(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
