/** Scripted behaviour of Cloudflare's API, and its implementation. */
import type { Arrival } from "./arrival";
import { act, type Behaviour } from "./behaviour";
import { edgePage } from "./cloudflare-behaviour";
import { refused } from "./api-answers";

export type ApiBehaviour =
  | Behaviour
  /** One of the API's errors. */
  | {
      readonly kind: "error";
      readonly status: number;
      readonly code: number;
      readonly message: string;
      readonly path?: readonly string[];
    }
  /** Too many requests. `retryAfter` is in seconds. */
  | { readonly kind: "rate-limit"; readonly retryAfter: number }
  /** The page of Cloudflare's firewall. */
  | { readonly kind: "edge" }
  /** A correct answer with this many bytes of padding; 5 MB by default. */
  | { readonly kind: "huge"; readonly bytes?: number }
  /** An error with status 200. */
  | { readonly kind: "unsuccessful" }
  /** Half of a JSON text, announced as JSON. */
  | { readonly kind: "half-json" };

const FIVE_MEGABYTES = 5_000_000;

/** Performs a behaviour instead of `usual`, which it may call. */
export async function misbehave(
  behaviour: ApiBehaviour,
  arrival: Arrival,
  usual: () => Promise<Response>,
): Promise<Response> {
  switch (behaviour.kind) {
    case "error":
      return refused(behaviour);
    case "rate-limit": {
      const body = { success: false, errors: [{ code: 971, message: "Too many requests" }] };
      const headers = { "retry-after": String(behaviour.retryAfter) };
      return Response.json({ ...body, messages: [], result: null }, { status: 429, headers });
    }
    case "edge":
      return edgePage(1010, true);
    case "huge": {
      const answer = await usual();
      const padding = " ".repeat(behaviour.bytes ?? FIVE_MEGABYTES);
      return new Response(`${await answer.text()}${padding}`, answer);
    }
    case "unsuccessful":
      return new Response(
        await refused({ status: 200, code: 1105, message: "Internal failure" }).text(),
        { headers: { "content-type": "application/json" } },
      );
    case "half-json": {
      const whole = await (await usual()).text();
      const headers = { "content-type": "application/json" };
      return new Response(whole.slice(0, whole.length / 2), { headers });
    }
    case "delay":
    case "hang":
    case "cut":
    case "endless":
    case "answer":
      return act(behaviour, arrival, usual);
    default:
      return behaviour satisfies never;
  }
}

/** Behaviours, each for all requests or for those whose path matches. */
export interface ApiScript {
  /** Adds a behaviour for one request. */
  readonly once: (behaviour: ApiBehaviour, path?: RegExp) => void;
  /** Adds a behaviour for all matching requests; the last one counts. */
  readonly always: (behaviour: ApiBehaviour, path?: RegExp) => void;
  /** Returns to normal. */
  readonly calm: () => void;
}

export interface PlayableApiScript extends ApiScript {
  /** Takes the behaviour for a request; null for normal. */
  readonly next: (path: string) => ApiBehaviour | null;
}

export function createApiScript(): PlayableApiScript {
  let scripted: { behaviour: ApiBehaviour; path: RegExp; isOnce: boolean }[] = [];
  return {
    once: (behaviour, path = /^/) => {
      scripted.push({ behaviour, path, isOnce: true });
    },
    always: (behaviour, path = /^/) => {
      scripted = scripted.filter((one) => one.isOnce || one.path.source !== path.source);
      scripted.push({ behaviour, path, isOnce: false });
    },
    calm: () => {
      scripted = [];
    },
    next: (path) => {
      const matching = scripted.filter((one) => one.path.test(path));
      const chosen = matching.find(({ isOnce }) => isOnce) ?? matching.at(-1);
      if (chosen?.isOnce === true) scripted = scripted.filter((one) => one !== chosen);
      return chosen?.behaviour ?? null;
    },
  };
}
