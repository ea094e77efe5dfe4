/** How a stand-in can be told to misbehave: data that says what, and the few lines that act it out. */
import { setTimeout as delay } from "node:timers/promises";
import { type Arrival, CutConnection } from "./arrival";
import { streamOf } from "./stream";

/** What both the gateway and a provider can be made to do. */
export type Behaviour =
  /** Answer as usual, only later. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** Take the request and fall silent: at once, or after the headers and a first piece. */
  | { readonly kind: "hang"; readonly after?: "nothing" | "headers" }
  /** Close the connection: at once, or after the headers and a first piece. */
  | { readonly kind: "cut"; readonly after?: "nothing" | "headers" }
  /** Answer with a stream that has one piece more for ever. */
  | { readonly kind: "endless" }
  /** Answer with exactly this. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** A queue of things to do once, over one thing to do always. */
export interface Script<B> {
  /** For the next request that nothing else is queued for. */
  readonly once: (behaviour: B) => void;
  /** For every request until told otherwise. */
  readonly always: (behaviour: B) => void;
  /** Back to normal; forgets what is queued. */
  readonly calm: () => void;
}

export interface PlayableScript<B> extends Script<B> {
  /** Takes what the request at hand is to get, or null for the usual. */
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

/** Acts out a behaviour in the place of `usual`, which may still be asked. */
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

/** Rejects when whoever asked has gone; until then, nothing. */
async function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const gone = () => reject(new CutConnection());
    if (signal.aborted) gone();
    else signal.addEventListener("abort", gone, { once: true });
  });
}

/** A stream of events with one piece in it; then `end` decides, and nothing if it does nothing. */
function openEnded(end: () => Promise<void>): Response {
  async function* pieces() {
    yield PIECE;
    await end();
  }
  return eventStream(pieces());
}

const PIECE = new TextEncoder().encode(": the first piece\n\n");

/** One piece after the other until whoever asked has gone. */
async function* forEver(signal: AbortSignal) {
  for (;;) {
    yield PIECE;
    await delay(20, undefined, { signal });
  }
}

function eventStream(pieces: AsyncIterable<Uint8Array>): Response {
  return new Response(streamOf(pieces), { headers: { "content-type": "text/event-stream" } });
}

/** Lets what was sent arrive first: a connection that is cut takes with it what is still on the way. */
async function cutSoon(): Promise<never> {
  await delay(30);
  throw new CutConnection();
}
