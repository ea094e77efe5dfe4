/** A test's time as steps on one scale: what each took, when it began, and which did not happen. */
import type { Timings } from "./report";

export type StepName = "dns" | "tcp" | "tunnel" | "tls" | "firstByte" | "firstToken" | "lastByte";

/** All in milliseconds from the start of the request. */
export interface TimeStep {
  readonly name: StepName;
  readonly startMs: number;
  readonly endMs: number;
  /** `silence`: waited for until the test gave up, without getting it. */
  readonly kind: "connect" | "wait" | "answer" | "silence";
}

export interface TimeLine {
  /** Those that happened, in order; each begins where the one before it ended. */
  readonly steps: readonly TimeStep[];
  /** Where the scale ends; at least 1. */
  readonly endMs: number;
  /** Whether an answer came although no connection was seen being made for it. */
  readonly reused: boolean;
  /** Steps of a new connection that were not needed, since a later one happened. */
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

/** Said where no step of a connection was seen, and yet an answer came. */
export const REUSED_SENTENCE =
  "No connection was seen being made: one that was open already may have been used again.";

const CONNECTING = ["dns", "tcp", "tunnel", "tls"] as const;

/** The time line of a test. Steps never overlap, even where two clocks disagree by a millisecond. */
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

/** A name that needs no looking up, or a connection that is not encrypted; a tunnel is never missed. */
function notNeeded(steps: readonly TimeStep[]): readonly StepName[] {
  const happened = new Set(steps.map(({ name }) => name));
  const tcp = happened.has("tcp") || happened.has("tunnel") || happened.has("tls");
  return [
    ...(tcp && !happened.has("dns") ? (["dns"] as const) : []),
    ...(happened.has("firstByte") && !happened.has("tls") ? (["tls"] as const) : []),
  ];
}
