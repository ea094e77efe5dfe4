/** Scripted misbehaviour of a stand-in, and its implementation. */
import { setTimeout as delay } from "node:timers/promises";
import { type Arrival, CutConnection } from "./arrival";
import { streamOf } from "./stream";

/** Behaviours of both the gateway and the providers. */
export type Behaviour =
  /** Respond normally after a delay. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** Accept the request and stop responding: immediately, or after the headers and a first chunk. */
  | { readonly kind: "hang"; readonly after?: "nothing" | "headers" }
  /** Close the connection: immediately, or after the headers and a first chunk. */
  | { readonly kind: "cut"; readonly after?: "nothing" | "headers" }
  /** Respond with an endless stream. */
  | { readonly kind: "endless" }
  /** Respond with exactly this. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** A queue of one-time behaviours, and one permanent behaviour. */
export interface Script<B> {
  /** Adds a behaviour for one request to the queue. */
  readonly once: (behaviour: B) => void;
  /** Sets the behaviour of all requests that are not covered by the queue. */
  readonly always: (behaviour: B) => void;
  /** Returns to normal and clears the queue. */
  readonly calm: () => void;
}

export interface PlayableScript<B> extends Script<B> {
  /** Takes the behaviour for the current request; null for normal. */
  readonly next: () => B | null;
}

export function createScript<B>(): PlayableScript<B> {
  let standing: B | null = null;
  const queue: B[] = [];
  return {
    once: (behaviour) => {
      queue.push(behaviour);
    },
    always: (behaviour) => {
      standing = behaviour;
    },
    calm: () => {
      standing = null;
      queue.length = 0;
    },
    next: () => queue.shift() ?? standing,
  };
}

/** Performs a behaviour instead of `usual`, which it may call. */
export async function act(
  behaviour: Behaviour,
  arrival: Arrival,
  usual: () => Promise<Response>,
): Promise<Response> {
  switch (behaviour.kind) {
    case "delay":
      await delay(behaviour.milliseconds, undefined, { signal: arrival.signal });
      return usual();
    case "hang":
      if (behaviour.after === "headers") return openEnded(async () => silence(arrival.signal));
      return silence(arrival.signal);
    case "cut":
      if (behaviour.after !== "headers") throw new CutConnection();
      return openEnded(cutSoon);
    case "endless":
      return eventStream(forEver(arrival.signal));
    case "answer":
      return new Response(behaviour.body ?? null, {
        status: behaviour.status,
        headers: behaviour.headers ?? {},
      });
    default:
      return behaviour satisfies never;
  }
}

/** Rejects when the client disconnects. */
async function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const gone = () => reject(new CutConnection());
    if (signal.aborted) gone();
    else signal.addEventListener("abort", gone, { once: true });
  });
}

/** A stream with one event, after which `end` decides; without an action it stays open. */
function openEnded(end: () => Promise<void>): Response {
  async function* pieces() {
    yield PIECE;
    await end();
  }
  return eventStream(pieces());
}

const PIECE = new TextEncoder().encode(": the first piece\n\n");

/** Sends chunks until the client disconnects. */
async function* forEver(signal: AbortSignal) {
  for (;;) {
    yield PIECE;
    await delay(20, undefined, { signal });
  }
}

function eventStream(pieces: AsyncIterable<Uint8Array>): Response {
  return new Response(streamOf(pieces), { headers: { "content-type": "text/event-stream" } });
}

/** Waits until the sent data has arrived, because closing a connection discards data in transit. */
async function cutSoon(): Promise<never> {
  await delay(30);
  throw new CutConnection();
}
