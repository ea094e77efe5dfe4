/** Arranges a test's timings as steps on one scale, with their start and duration. */
import type { Timings } from "./report";

export type StepName = "dns" | "tcp" | "tunnel" | "tls" | "firstByte" | "firstToken" | "lastByte";

/** All in milliseconds from the start of the request. */
export interface TimeStep {
  readonly name: StepName;
  readonly startMs: number;
  readonly endMs: number;
  /** `silence`: the test timed out while it waited for this step. */
  readonly kind: "connect" | "wait" | "answer" | "silence";
}

export interface TimeLine {
  /** The steps that happened, in order; each starts at the end of the previous one. */
  readonly steps: readonly TimeStep[];
  /** End of the scale, at least 1. */
  readonly endMs: number;
  /** Whether a response arrived although no new connection was observed. */
  readonly reused: boolean;
  /** Connection steps that were not needed, because a later step happened. */
  readonly notNeeded: readonly StepName[];
}

export const STEP_LABELS: { readonly [Name in StepName]: string } = {
  dns: "DNS",
  tcp: "TCP",
  tunnel: "Proxy tunnel",
  tls: "TLS",
  firstByte: "Wait for first byte",
  firstToken: "First token",
  lastByte: "Last byte",
};

/** Shown when a response arrived but no connection step was observed. */
export const REUSED_SENTENCE = "No new connection was observed. An open one may have been reused.";

const CONNECTING = ["dns", "tcp", "tunnel", "tls"] as const;

/** The timeline of a test. Steps never overlap, even when two clocks differ by a millisecond. */
export function timeLineOf(timings: Timings): TimeLine {
  const { firstByteMs, firstTokenMs, lastByteMs = null, totalMs } = timings;
  const lengths = { ...timings, tunnelMs: timings.tunnelMs ?? null };
  const steps: TimeStep[] = [];
  let reached = 0;
  const reach = (name: StepName, kind: TimeStep["kind"], endMs: number) => {
    const end = Math.max(reached, endMs);
    steps.push({ name, kind, startMs: reached, endMs: end });
    reached = end;
  };
  for (const name of CONNECTING) {
    const ms = lengths[`${name}Ms`];
    if (ms !== null) reach(name, "connect", reached + ms);
  }
  const connected = steps.length > 0;
  if (firstByteMs !== null) reach("firstByte", "wait", firstByteMs);
  else if (lengths.tlsMs !== null) reach("firstByte", "silence", totalMs);
  if (firstTokenMs !== null) reach("firstToken", "answer", firstTokenMs);
  if (lastByteMs !== null && firstByteMs !== null) reach("lastByte", "answer", lastByteMs);
  return {
    steps,
    endMs: Math.max(1, reached),
    reused: !connected && firstByteMs !== null,
    notNeeded: connected ? notNeeded(steps) : [],
  };
}

/** A step that may be unnecessary: DNS for an IP address, or TLS for `http:`; a proxy tunnel never is. */
function notNeeded(steps: readonly TimeStep[]): readonly StepName[] {
  const happened = new Set(steps.map(({ name }) => name));
  const tcp = happened.has("tcp") || happened.has("tunnel") || happened.has("tls");
  return [
    ...(tcp && !happened.has("dns") ? (["dns"] as const) : []),
    ...(happened.has("firstByte") && !happened.has("tls") ? (["tls"] as const) : []),
  ];
}
