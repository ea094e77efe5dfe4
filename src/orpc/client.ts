/** The section's `api` over a host's oRPC client. */
import {
  everyCall,
  type GatewayApi,
  type GatewayApiCalls,
  type GatewayMethod,
} from "../shared/contract";
import type { Result } from "../shared/result";
import type { ProvidersView } from "../shared/view";

/** The part of oRPC's client that is used: the procedures of `gatewayRouter`. */
export type GatewayOrpcClient = {
  readonly [Name in GatewayMethod | "onChange"]: (input?: unknown) => Promise<unknown>;
};

/** Until the changes are asked for again after a lost connection, in milliseconds; doubled each time. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * The `api` of `CloudflareGatewaySection`. Create it once per client. A call that rejects is shown as a
 * lost connection, and the changes are asked for again until the listener stops.
 */
export function gatewayApiFromOrpc(client: GatewayOrpcClient): GatewayApi {
  return {
    ...everyCall<GatewayApiCalls>(async (method, input) => {
      const answer = await (input === undefined ? client[method]() : client[method](input));
      if (!isResult(answer)) throw new Error(`The procedure ${method} did not return a result.`);
      return answer;
    }),
    onChange: (listener) => {
      const stopped = new AbortController();
      void follow(client, listener, stopped.signal);
      return () => stopped.abort();
    },
  };
}

async function follow(
  client: GatewayOrpcClient,
  listener: (view: ProvidersView) => void,
  signal: AbortSignal,
): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      await readChanges(client, signal, (view) => {
        waitMs = FIRST_WAIT_MS;
        listener(view);
      });
    } catch {
      // Lost or refused. The next attempt starts with the current view.
    }
    await pause(waitMs, signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Resolves when the changes end or `signal` is aborted. */
async function readChanges(
  client: GatewayOrpcClient,
  signal: AbortSignal,
  listener: (view: ProvidersView) => void,
): Promise<void> {
  const changes = await client.onChange();
  if (!isIterable(changes)) throw new Error("onChange did not return an iterator.");
  const iterator = changes[Symbol.asyncIterator]();
  // Not oRPC's own signal: over a closed connection, it would leave an unhandled rejection.
  const stop = (): void => void endOf(iterator);
  signal.addEventListener("abort", stop);
  try {
    while (!signal.aborted) {
      const { done, value } = await iterator.next();
      if (done === true || signal.aborted) return;
      if (isView(value)) listener(value);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function endOf(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The connection is closed already.
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}

function isResult(value: unknown): value is Result<never> {
  return typeof value === "object" && value !== null && "success" in value;
}

function isView(value: unknown): value is ProvidersView {
  return typeof value === "object" && value !== null && "version" in value && "providers" in value;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
